package io.lsqroutes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsSourceTest {
    private final Path secrets;
    private final Map<String, String> environment = new HashMap<>();
    private final SettingsSource source;

    SettingsSourceTest(@TempDir Path secrets) {
        this.secrets = secrets;
        this.source = new SettingsSource(environment, secrets);
    }

    @Test
    void theDefaultsAreThoseOfTheShippedProperties() {
        assertThat(source.settings())
                .contains(entry("lsq.limit.calls", "25"), entry("lsq.routes", "classpath:routes"))
                .containsEntry("lsq.host", "");
    }

    @Test
    void nothingButTheBundlesOwnSettingsIsGivenToCamel() {
        environment.put("CAMEL_MAIN_NAME", "planted");

        assertThat(source.settings().keySet()).isNotEmpty().allMatch(key -> key.startsWith("lsq."));
    }

    @Test
    void theEnvironmentIsOverTheFilesAndTheFilesAreOverTheDefaults() throws IOException {
        Files.writeString(secrets.resolve("lsq.limit.calls"), "15");
        Files.writeString(secrets.resolve("lsq.max-in-flight"), "4");
        environment.put("LSQ_LIMIT_CALLS", "10");

        assertThat(source.settings())
                .containsEntry("lsq.limit.calls", "10")
                .containsEntry("lsq.max-in-flight", "4")
                .containsEntry("lsq.retry.attempts", "4");
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3cret", "s3cret\n", "s3cret\r\n", "s3cret\n\n"})
    void theLineBreakAtTheEndOfAFileIsNoPartOfTheSecret(String content) throws IOException {
        Files.writeString(secrets.resolve("lsq.secret-key"), content);

        assertThat(source.settings()).containsEntry("lsq.secret-key", "s3cret");
    }

    @Test
    void anyOtherBlankOfAFileStays() throws IOException {
        Files.writeString(secrets.resolve("lsq.kafka.ssl.key.password"), " a\nb \n");

        assertThat(source.settings()).containsEntry("lsq.kafka.ssl.key.password", " a\nb ");
    }

    @Test
    void aDirectoryWithTheNameOfAKeyIsLeftAlone() throws IOException {
        Files.createDirectory(secrets.resolve("lsq.secret-key"));

        assertThat(source.settings()).containsEntry("lsq.secret-key", "");
    }

    @Test
    void theDirectoryOfFilesNeedNotBeThere() {
        assertThat(new SettingsSource(environment, secrets.resolve("missing")).settings())
                .containsEntry("lsq.limit.calls", "25");
    }

    @ParameterizedTest
    @CsvSource({
        "LSQ_KAFKA_SASL_MECHANISM, lsq.kafka.sasl.mechanism",
        "LSQ_KAFKA_SASL_JAAS_CONFIG, lsq.kafka.sasl.jaas.config",
        "LSQ_KAFKA_SSL_TRUSTSTORE_LOCATION, lsq.kafka.ssl.truststore.location",
        "LSQ_KAFKA_SSL_KEYSTORE_PASSWORD, lsq.kafka.ssl.keystore.password"
    })
    void kafkasSecuritySettingsKeepKafkasNames(String variable, String key) {
        environment.put(variable, "some-value");

        assertThat(source.settings()).containsEntry(key, "some-value");
        assertThat(source.unknownVariables()).isEmpty();
    }

    @Test
    void kafkasSecuritySettingsGetToKafka() throws InvalidSettings {
        environment.putAll(Map.of(
                "LSQ_HOST", "https://portalapi.leadsquared.com",
                "LSQ_PORTAL_ID", "portal-1",
                "LSQ_ACCESS_KEY", "access",
                "LSQ_SECRET_KEY", "secret",
                "LSQ_KAFKA_SECURITY_PROTOCOL", "SASL_SSL",
                "LSQ_KAFKA_SASL_MECHANISM", "PLAIN"));
        Map<String, String> settings = source.settings();

        assertThat(Settings.read(key -> settings.getOrDefault(key, "")).kafka().security())
                .isEqualTo(Map.of("security.protocol", "SASL_SSL", "sasl.mechanism", "PLAIN"));
    }

    @Test
    void variablesThatLookLikeSettingsAndAreNoneAreNamed() {
        environment.putAll(Map.of(
                "LSQ_HOSTS", "x",
                "LSQ_LIMIT_CALL", "x",
                "LSQ_KAFKA_ACKS", "x",
                "LSQ_HOST", "x",
                "LSQ_PUBLIC_AUTH_KEY", "x",
                "LSQ_KAFKA_SSL_PROTOCOL", "x",
                "LSQ_ROUTES", "x",
                "PATH", "x"));

        assertThat(source.unknownVariables()).containsExactly("LSQ_HOSTS", "LSQ_KAFKA_ACKS", "LSQ_LIMIT_CALL");
    }

    @ParameterizedTest
    @CsvSource({
        "routes, file:routes",
        "/opt/lsq/routes, file:/opt/lsq/routes",
        "file:routes, file:routes",
        "classpath:routes, classpath:routes"
    })
    void aPlainPathToTheRoutesIsAFile(String given, String location) {
        environment.put("LSQ_ROUTES", given);

        assertThat(source.settings()).containsEntry("lsq.routes", location);
    }
}
