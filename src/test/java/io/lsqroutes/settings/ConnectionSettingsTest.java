package io.lsqroutes.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.lsqroutes.Certificates;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A CA file or a proxy that cannot be used refuses the start, by its key and without its value. */
class ConnectionSettingsTest {

    private static Settings read(Map<String, String> others) throws InvalidSettings {
        Map<String, String> settings = new HashMap<>(new SettingsSource(Map.of(), Path.of("no-secrets")).settings());
        settings.put("lsq.host", "https://portal.example");
        settings.put("lsq.portal-id", "1");
        settings.put("lsq.access-key", "key");
        settings.put("lsq.secret-key", "secret");
        settings.putAll(others);
        return Settings.read(key -> settings.getOrDefault(key, ""));
    }

    private static String problem(Map<String, String> settings) {
        InvalidSettings refused = catchThrowableOfType(InvalidSettings.class, () -> read(settings));
        assertThat(refused).isNotNull();
        assertThat(refused.problems()).hasSize(1);
        return refused.problems().get(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no certificate", "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n"})
    void aFileWithoutCertificates(String content, @TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("ca.pem"), content);

        assertThat(problem(Map.of("lsq.ca-file", file.toString())))
                .startsWith("lsq.ca-file (LSQ_CA_FILE): the file holds");
    }

    @Test
    void aFileThatCannotBeRead(@TempDir Path directory) {
        for (Path file : new Path[] {directory, directory.resolve("none.pem")}) {
            assertThat(problem(Map.of("lsq.ca-file", file.toString())))
                    .isEqualTo("lsq.ca-file (LSQ_CA_FILE): the file cannot be read; expected certificates in PEM");
        }
    }

    @Test
    void aFileOfTheTestsOwnCa(@TempDir Path directory) throws Exception {
        Path file = new Certificates(directory).authority();

        assertThat(read(Map.of("lsq.ca-file", file.toString())).connection().authorities())
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "proxy:3128",
                "https://proxy:3128",
                "http://proxy",
                "http://proxy:0",
                "http://proxy:70000",
                "http://svc:hunter2@proxy:3128",
                "http://proxy:3128/path",
                "socks://proxy:1080"
            })
    void anAddressThatIsNone(String proxy) {
        assertThat(problem(Map.of("lsq.proxy", proxy)))
                .isEqualTo("lsq.proxy (LSQ_PROXY): is not the address of a proxy; expected http://host:port");
    }

    @ParameterizedTest
    @CsvSource({"lsq.proxy.user, lsq.proxy.password", "lsq.proxy.password, lsq.proxy.user"})
    void halfALogin(String given, String missing) {
        assertThat(problem(Map.of("lsq.proxy", "http://proxy:3128", given, "hunter2")))
                .startsWith(missing + " (")
                .doesNotContain("hunter2");
    }

    @Test
    void aLoginWithoutAProxy() {
        assertThat(problem(Map.of("lsq.proxy.user", "svc", "lsq.proxy.password", "hunter2")))
                .startsWith("lsq.proxy (LSQ_PROXY): is missing")
                .doesNotContain("hunter2");
    }

    @Test
    void aProxyWithItsLogin() throws Exception {
        Settings settings = read(
                Map.of("lsq.proxy", "http://[::1]:3128/", "lsq.proxy.user", "svc", "lsq.proxy.password", "hunter2"));

        assertThat(settings.connection().way("https://portal.example"))
                .isEqualTo("https://portal.example through the proxy [::1]:3128");
        assertThat(settings.toString()).doesNotContain("hunter2");
    }
}
