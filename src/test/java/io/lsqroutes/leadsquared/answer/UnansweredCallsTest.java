package io.lsqroutes.leadsquared.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.lsqroutes.attempt.CallFailed;
import io.lsqroutes.attempt.Trouble;
import io.lsqroutes.attempt.Verdict;
import io.lsqroutes.attempt.Verdict.Kind;
import io.lsqroutes.http.ProxyRejection;
import io.lsqroutes.http.SentRequests;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.UnsupportedCharsetException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.HttpHostConnectException;
import org.apache.hc.client5.http.impl.classic.RequestAbortedException;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is thrown: it means the same for every class and cause, and what counts is whether a request went out. */
class UnansweredCallsTest {
    private final UnansweredCalls unansweredCalls = new UnansweredCalls("https://portal.example");
    private final Exchange exchange = new DefaultExchange(new DefaultCamelContext());

    private Verdict verdict(Throwable failure) {
        exchange.setProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, failure);
        return catchThrowableOfType(CallFailed.class, () -> unansweredCalls.judge(exchange))
                .verdict();
    }

    private void requestGoesOut() {
        HttpContext context = HttpClientContext.create();
        context.setAttribute("org.apache.camel.Exchange", exchange);
        SentRequests.note(context);
    }

    private static IOException handshake(Throwable cause) {
        return (IOException) new SSLHandshakeException("PKIX path validation failed").initCause(cause);
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(new ConnectException("refused"), "NO_CONNECTION", "the connection is refused"),
                Arguments.of(new HttpHostConnectException("refused"), "NO_CONNECTION", "the connection is refused"),
                Arguments.of(
                        new NoRouteToHostException("no route"),
                        "NO_CONNECTION",
                        "the connection failed: NoRouteToHostException"),
                Arguments.of(new UnknownHostException("portal"), "NO_CONNECTION", "the name of the host is unknown"),
                Arguments.of(new ConnectTimeoutException("connect"), "NO_CONNECTION", "it did not answer in time"),
                Arguments.of(new SocketTimeoutException("deadline"), "NO_CONNECTION", "it did not answer in time"),
                Arguments.of(
                        new RequestAbortedException("x"),
                        "NO_CONNECTION",
                        "the connection failed: RequestAbortedException"),
                Arguments.of(
                        new ConnectionRequestTimeoutException("pool"),
                        "NO_FREE_CONNECTION",
                        "all connections are taken, and none came back in time"),
                Arguments.of(
                        new SSLException("Unsupported or unrecognized\r\nSSL message"),
                        "NO_CONNECTION",
                        "no TLS connection can be made: Unsupported or unrecognized SSL message"),
                Arguments.of(
                        new SSLPeerUnverifiedException("another"),
                        "CERTIFICATE",
                        "its certificate is for another host"),
                Arguments.of(
                        handshake(new CertPathValidatorException("validity", new CertificateExpiredException("x"))),
                        "CERTIFICATE",
                        "its certificate has expired"),
                Arguments.of(
                        handshake(new CertificateNotYetValidException("x")),
                        "CERTIFICATE",
                        "its certificate is not valid yet"),
                Arguments.of(
                        handshake(new CertPathBuilderException("x")),
                        "CERTIFICATE",
                        "its certificate is signed by nobody who is known here (lsq.ca-file adds a CA)"),
                Arguments.of(
                        handshake(new CertificateException("weak key")),
                        "CERTIFICATE",
                        "its certificate is not accepted: PKIX path validation failed"),
                Arguments.of(
                        new IllegalStateException("Connection pool shut down"),
                        "NO_CONNECTION",
                        "the connection failed: IllegalStateException"),
                Arguments.of(
                        new UnsupportedCharsetException("utf8mb4"),
                        "NO_CONNECTION",
                        "the connection failed: UnsupportedCharsetException"),
                Arguments.of(new StackOverflowError(), "NO_CONNECTION", "the connection failed: StackOverflowError"),
                Arguments.of(
                        new ProxyRejection(502), "NO_CONNECTION", "the proxy lets no call through, it answers 502"),
                Arguments.of(
                        new ProxyRejection(407),
                        "NO_CONNECTION",
                        "the proxy lets no call through, it answers 407"
                                + " (lsq.proxy.user and lsq.proxy.password are missing or wrong)"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void whereNoRequestWentOutNothingWasDone(Throwable failure, Trouble trouble, String cause) {
        assertThat(verdict(failure))
                .isEqualTo(new Verdict(
                        Kind.NOT_EXECUTED, null, "no-connection", "https://portal.example: " + cause, null, trouble));
    }

    static Stream<Arguments> failuresOfSentRequests() {
        return Stream.concat(
                failures()
                        .map(failure -> failure.get()[0])
                        .filter(failure -> !(failure instanceof ProxyRejection))
                        .map(Arguments::of),
                Stream.of(
                                new SocketException("Connection reset"),
                                new NoHttpResponseException("closed"),
                                new ConnectionClosedException("closed"),
                                new ProtocolException("not HTTP"),
                                new HttpException("Unsupported Content-Encoding: br"),
                                new CertificateExpiredException("at its top"),
                                new OutOfMemoryError())
                        .map(Arguments::of));
    }

    @ParameterizedTest
    @MethodSource("failuresOfSentRequests")
    void whereItMayHaveGoneOutItIsInDoubt(Throwable failure) {
        requestGoesOut();

        String code = failure instanceof SocketTimeoutException ? "no-answer" : "answer-lost";
        assertThat(verdict(failure))
                .isEqualTo(new Verdict(Kind.IN_DOUBT, null, code, null, null, Trouble.NOT_UNDERSTOOD));
    }
}
