package io.lsqroutes;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** An https portal that does not come to a TLS connection: nothing is sent, and nothing is told of the events. */
class HandshakeRouteTest extends TlsGateTestSupport {

    @Test
    void noTls() throws Exception {
        byte[] plain = "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n".getBytes(US_ASCII);
        nothingIsSentWhile(TlsGate.says(plain), "no TLS connection can be made");
    }

    @Test
    void tlsThatIsTooOld() throws Exception {
        byte[] versionRefused = HexFormat.of().parseHex("15030100020246");
        nothingIsSentWhile(
                TlsGate.says(versionRefused), "no TLS connection can be made: Received fatal alert: protocol_version");
    }

    @Test
    void aHandshakeThatIsCut() throws Exception {
        nothingIsSentWhile(TlsGate.says(new byte[0]), "no TLS connection can be made");
    }
}
