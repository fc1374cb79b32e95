package io.lsqroutes.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class SecretScanTest {
    private static final String SECRET = "Planted-7f3a";

    @Test
    void findsASecretInEveryForm_whateverStandsAroundIt() {
        for (String around : new String[] {"", "x", "xy", "xyz"}) {
            String text = around + SECRET + around;
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            for (String written : new String[] {
                text,
                Arrays.toString(bytes),
                HexFormat.of().formatHex(bytes),
                Base64.getEncoder().encodeToString(bytes)
            }) {
                SecretScan scan = new SecretScan(List.of(SECRET));
                scan.lines("log", List.of("value=" + written));
                assertThat(scan.found()).as(written).hasSize(1);
            }
        }
    }

    @Test
    void findsASecretInEscapes() {
        for (String written : new String[] {
            "it&#39;s&#43;&#60;a&#233;&#62;-7f3a",
            "it&#x27;s&#x2b;&#x3C;a&#xe9;&#x3e;-7f3a".replace("3C", "3c"),
            "it's+&lt;a\u00e9&gt;-7f3a",
            "it%27s%2B%3Ca%C3%A9%3E-7f3a",
            "it%2527s%252B%253Ca%25C3%25A9%253E-7f3a",
            "it\\u0027s\\u002b\\u003ca\\u00e9\\u003e-7f3a",
            "\\u0069\\u0074\\u0027\\u0073\\u002B\\u003C\\u0061\\u00E9\\u003E\\u002D\\u0037\\u0066\\u0033\\u0061",
            "it's+<a\\u00e9>-7f3a",
            "69742773" + "2B3C61C3A93E2D37663361"
        }) {
            SecretScan scan = new SecretScan(List.of("it's+<a\u00e9>-7f3a"));
            scan.lines("log", List.of("value=" + written + " x"));
            assertThat(scan.found()).as(written).isNotEmpty();
        }
    }

    @Test
    void findsNothingWhereThereIsNone() {
        SecretScan scan = new SecretScan(List.of(SECRET));
        scan.lines("log", List.of("Planted", "", "value=" + Arrays.toString(new byte[] {80, 108})));
        assertThat(scan.found()).isEmpty();
    }
}
