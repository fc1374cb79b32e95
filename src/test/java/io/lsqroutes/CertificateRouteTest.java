package io.lsqroutes;

import org.junit.jupiter.api.Test;

/** An https portal whose certificate cannot be trusted: nothing is sent, and nothing is told of the events. */
class CertificateRouteTest extends TlsGateTestSupport {

    @Test
    void case21_expired() throws Exception {
        nothingIsSentWhile(TlsGate.tls(certificates.expired()), "its certificate has expired");
    }

    @Test
    void case21_ofAnotherHost() throws Exception {
        nothingIsSentWhile(TlsGate.tls(certificates.ofAnotherHost()), "its certificate is for another host");
    }

    @Test
    void case21_signedByNobodyKnown() throws Exception {
        nothingIsSentWhile(TlsGate.tls(certificates.ofNobodyKnown()), "signed by nobody who is known here");
    }

    @Test
    void notYetValid() throws Exception {
        nothingIsSentWhile(TlsGate.tls(certificates.notYetValid()), "its certificate is not valid yet");
    }
}
