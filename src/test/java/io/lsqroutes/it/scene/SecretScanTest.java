package io.lsqroutes.it.scene;

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
    void findsNothingWhereThereIsNone() {
        SecretScan scan = new SecretScan(List.of(SECRET));
        scan.lines("log", List.of("Planted", "", "value=" + Arrays.toString(new byte[] {80, 108})));
        assertThat(scan.found()).isEmpty();
    }
}
