package io.lsqroutes.leadsquared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.lsqroutes.leadsquared.Verdict.Kind;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is known of a call that failed before its request went out, and of one that failed after. */
class BoundedCallsTest {
    private final BoundedCalls boundedCalls = new BoundedCalls(Duration.ofSeconds(1));

    @AfterEach
    void close() {
        boundedCalls.close();
    }

    /** What the server does with the first bytes that come. */
    private interface Server {
        void serve(Socket caller) throws IOException;
    }

    private Verdict verdictOnCall(String scheme, Server behaviour) throws IOException {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread thread = new Thread(() -> {
                try (Socket caller = server.accept()) {
                    behaviour.serve(caller);
                } catch (IOException e) {
                    // It is the caller that is watched.
                }
            });
            thread.start();
            return verdictOnCall(scheme + "://127.0.0.1:" + server.getLocalPort() + "/");
        }
    }

    private Verdict verdictOnCall(String url) throws IOException {
        HttpClientBuilder builder = HttpClientBuilder.create().disableAutomaticRetries();
        boundedCalls.configureHttpClient(builder);
        try (CloseableHttpClient client = builder.build()) {
            return Verdicts.of(
                    catchThrowableOfType(IOException.class, () -> client.execute(new HttpGet(url), response -> null)));
        }
    }

    private static void assertNothingWasDone(Verdict verdict) {
        assertThat(verdict)
                .isEqualTo(new Verdict(Kind.NOT_DONE, null, "no-connection", null, null, Trouble.NO_CONNECTION));
    }

    @Test
    void nobodyListens() throws IOException {
        int port;
        try (ServerSocket closed = new ServerSocket(0)) {
            port = closed.getLocalPort();
        }
        assertNothingWasDone(verdictOnCall("http://127.0.0.1:" + port + "/"));
    }

    @Test
    void theHostIsUnknown() throws IOException {
        assertNothingWasDone(verdictOnCall("http://portal.invalid/"));
    }

    @Test
    void theHandshakeIsAnsweredWithSomethingElse() throws IOException {
        assertNothingWasDone(verdictOnCall("https", caller -> {
            caller.getInputStream().read();
            caller.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        }));
    }

    @Test
    void theHandshakeIsClosed() throws IOException {
        assertNothingWasDone(
                verdictOnCall("https", caller -> caller.getInputStream().read()));
    }

    @Test
    void theHandshakeIsReset() throws IOException {
        assertNothingWasDone(verdictOnCall("https", caller -> {
            caller.getInputStream().read();
            caller.setSoLinger(true, 0);
        }));
    }

    @Test
    void theHandshakeHangsUntilTheDeadline() throws IOException {
        assertNothingWasDone(verdictOnCall("https", BoundedCallsTest::readToTheEnd));
    }

    @Test
    void aRequestThatWentOutMayHaveBeenCarriedOut() throws IOException {
        assertInDoubt(verdictOnCall("http", caller -> caller.getInputStream().read()), "answer-lost");
        assertInDoubt(verdictOnCall("http", BoundedCallsTest::readToTheEnd), "no-answer");
    }

    private static void assertInDoubt(Verdict verdict, String code) {
        assertThat(verdict).isEqualTo(new Verdict(Kind.IN_DOUBT, null, code, null, null, Trouble.NOT_UNDERSTOOD));
    }

    private static void readToTheEnd(Socket caller) throws IOException {
        caller.getInputStream().transferTo(OutputStream.nullOutputStream());
    }
}
