package io.lsqroutes.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsReaderTest {
    private static final Duration LEAST = Duration.ofMillis(100);
    private static final Duration MOST = Duration.ofDays(7);

    /** A reader of settings that all have this value. */
    private static SettingsReader reader(String value) {
        return new SettingsReader(key -> value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://portalapi.leadsquared.com",
                "https://portalapi.leadsquared.com/",
                "https://gateway:8443/lsq//",
                "http://localhost:8081",
                "http://127.0.0.1",
                "http://127.1.2.3:80",
                "http://[::1]:8081"
            })
    void aBaseUrlLosesItsLastSlash(String url) {
        SettingsReader reader = reader(" " + url + " ");

        assertThat(reader.baseUrl("lsq.host")).isEqualTo(url.replaceAll("/+$", ""));
        assertThat(reader.problems()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://portalapi.leadsquared.com",
                "http://localhost.example.com",
                "http://127.0.0.1.example.com",
                "http://128.0.0.1",
                "http://0.0.0.0",
                "http://[::2]",
                "ftp://localhost",
                "file://localhost/etc"
            })
    void keysDoNotTravelWithoutTls(String url) {
        SettingsReader reader = reader(url);

        reader.baseUrl("lsq.host");

        assertThat(reader.problems())
                .containsExactly("lsq.host (LSQ_HOST): is not https; expected an https URL (http is for loopback"
                        + " addresses alone)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "portalapi.leadsquared.com",
                "https:portalapi.leadsquared.com",
                "https://",
                "https:///api",
                "https://a b",
                "https://portal_api",
                "HTTPS://portalapi.leadsquared.com",
                "https://host:99999",
                "https://host?hunter2",
                "https://host?",
                "https://host#hunter2",
                "https://hunter2@host",
                "https://user:hunter2@host"
            })
    void whatIsNoBaseUrlIsAProblemAndIsNotRepeated(String url) {
        SettingsReader reader = reader(url);

        reader.baseUrl("lsq.host");

        assertThat(reader.problems()).singleElement().asString().startsWith("lsq.host (LSQ_HOST): ");
        assertThat(reader.problems().toString()).contains("expected").doesNotContain("hunter2");
    }

    @ParameterizedTest
    @CsvSource({"500ms, PT0.5S", "5s, PT5S", "1h30m, PT1H30M", "7d, P7D"})
    void aDurationIsReadAsWritten(String value, Duration duration) {
        SettingsReader reader = reader(value);

        assertThat(reader.duration("lsq.limit.window", LEAST, MOST)).isEqualTo(duration);
        assertThat(reader.problems()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0",
                "5",
                "2500",
                "0s",
                "-5s",
                "s",
                "soon",
                "5x",
                "5 parrots",
                "24 parrots",
                "1.5s",
                "99ms",
                "8d",
                "PT5S",
                "99999999999999999999d",
                "106751991168d"
            })
    void whatIsNoDurationIsAProblem(String value) {
        SettingsReader reader = reader(value);

        reader.duration("lsq.limit.window", LEAST, MOST);

        assertThat(reader.problems())
                .containsExactly("lsq.limit.window (LSQ_LIMIT_WINDOW): "
                        + (value.isEmpty() ? "is missing" : "is '" + value + "'")
                        + "; expected a time from 100ms to 7d, with its unit (ms, s, m, h, d)");
    }

    /** Case 20 is the first. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[::1]:9092                     | [::1]:9092",
                "[fe80::1%eth0]:9092            | [fe80::1%eth0]:9092",
                "[2001:db8::192.0.2.1]:65535    | [2001:db8::192.0.2.1]:65535",
                "kafka_1.internal:9092          | kafka_1.internal:9092",
                "10.0.0.1:1 , [::1]:9092,b-2:19 | 10.0.0.1:1,[::1]:9092,b-2:19"
            })
    void case20BrokersMayHaveAnyKindOfAddress(String given, String read) {
        SettingsReader reader = reader(given);

        assertThat(reader.servers("lsq.kafka.bootstrap-servers")).isEqualTo(read);
        assertThat(reader.problems()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "::1:9092",
                "[::1]",
                "[::1]:",
                "[::1:9092",
                "[::g]:9092",
                "[1.2.3.4]:9092",
                "[]:9092",
                "localhost:0",
                "localhost:65536",
                "localhost:99999",
                "localhost:4294976388",
                "localhost:9092,",
                ",localhost:9092",
                "localhost:9092,,other:9092",
                "local host:9092",
                "localhost :9092",
                "localhost:9092;other:9092",
                "PLAINTEXT://localhost:9092",
                "kafk\u00e4:9092",
                "localhost:\u0669\u0660\u0669\u0662"
            })
    void whatIsNoAddressOfABrokerIsToldWithWhatIsExpected(String value) {
        SettingsReader reader = reader(value);

        reader.servers("lsq.kafka.bootstrap-servers");

        assertThat(reader.problems())
                .containsExactly("lsq.kafka.bootstrap-servers (LSQ_KAFKA_BOOTSTRAP_SERVERS): is '" + value
                        + "'; expected " + BrokerAddresses.EXPECTED);
    }

    @Test
    void aListIsReadWithoutItsBlanks() {
        assertThat(reader(" EmailAddress , Phone,, ").list("lsq.recipient-fields", "names"))
                .containsExactly("EmailAddress", "Phone");
    }
}
