package io.lsqroutes.leadsquared.answer;

import io.lsqroutes.attempt.Trouble;
import io.lsqroutes.http.ProxyRejection;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;

/**
 * Why no request went out.
 *
 * @param trouble what the account suffers from
 * @param cause the same for people, in half a sentence
 */
record UnsentRequest(Trouble trouble, String cause) {
    private static final int LONGEST = 200;
    /** A chain of causes may lead back to where it began. */
    private static final int DEEPEST = 20;

    static UnsentRequest because(Throwable failure) {
        if (has(failure, ConnectionRequestTimeoutException.class)) {
            return new UnsentRequest(
                    Trouble.NO_FREE_CONNECTION, "all connections are taken, and none came back in time");
        }
        if (has(failure, CertificateExpiredException.class)) {
            return ofCertificate("its certificate has expired");
        }
        if (has(failure, CertificateNotYetValidException.class)) {
            return ofCertificate("its certificate is not valid yet");
        }
        if (has(failure, CertPathBuilderException.class)) {
            return ofCertificate("its certificate is signed by nobody who is known here (lsq.ca-file adds a CA)");
        }
        if (has(failure, SSLPeerUnverifiedException.class)) {
            return ofCertificate("its certificate is for another host");
        }
        if (has(failure, CertificateException.class)) {
            return ofCertificate("its certificate is not accepted: " + words(failure));
        }
        return new UnsentRequest(Trouble.NO_CONNECTION, connection(failure));
    }

    private static UnsentRequest ofCertificate(String cause) {
        return new UnsentRequest(Trouble.CERTIFICATE, cause);
    }

    private static String connection(Throwable failure) {
        if (failure instanceof ProxyRejection refusal) {
            return refusal.cause();
        }
        if (has(failure, UnknownHostException.class)) {
            return "the name of the host is unknown";
        }
        if (has(failure, SSLException.class)) {
            return "no TLS connection can be made: " + words(failure);
        }
        if (has(failure, ConnectTimeoutException.class) || has(failure, SocketTimeoutException.class)) {
            return "it did not answer in time";
        }
        return has(failure, ConnectException.class)
                ? "the connection is refused"
                : "the connection failed: " + failure.getClass().getSimpleName();
    }

    private static boolean has(Throwable failure, Class<? extends Throwable> type) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(DEEPEST)
                .anyMatch(type::isInstance);
    }

    /** What a TLS library says, in one line. It speaks before there is a request whose secrets it could quote. */
    private static String words(Throwable failure) {
        String line = String.valueOf(failure.getMessage()).replaceAll("\\p{Cntrl}+", " ");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST);
    }
}
