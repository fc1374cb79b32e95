package io.lsqroutes.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.entry;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsSourceTest {
    private static final Map<String, String> MINIMUM = Map.of(
            "LSQ_HOST", "https://portalapi.leadsquared.com",
            "LSQ_PORTAL_ID", "portal-1",
            "LSQ_ACCESS_KEY", "access",
            "LSQ_SECRET_KEY", "secret");
    private static final String PLAIN =
            "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"u\" password=\"p\";";

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
    void anEmptyFileSetsNothing() throws IOException {
        Files.writeString(secrets.resolve("lsq.limit.calls"), "\n");

        assertThat(source.settings()).containsEntry("lsq.limit.calls", "25");
        assertThat(source.unreadable()).isEmpty();
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
    void kafkasOwnSettingsGetToKafka() throws InvalidSettings {
        environment.putAll(MINIMUM);
        environment.putAll(Map.of(
                "LSQ_KAFKA_SECURITY_PROTOCOL",
                "SASL_SSL",
                "LSQ_KAFKA_SASL_MECHANISM",
                "PLAIN",
                "LSQ_KAFKA_SASL_JAAS_CONFIG",
                PLAIN,
                "LSQ_KAFKA_CLIENT_CLIENT_RACK",
                "eu-west-1a",
                "LSQ_KAFKA_CLIENT_CLIENT_DNS_LOOKUP",
                "use_all_dns_ips"));

        assertThat(Settings.of(source).kafka().own())
                .isEqualTo(Map.of(
                        "security.protocol", "SASL_SSL",
                        "sasl.mechanism", "PLAIN",
                        "sasl.jaas.config", PLAIN,
                        "client.rack", "eu-west-1a",
                        "client.dns.lookup", "use_all_dns_ips"));
    }

    @Test
    void variablesThatLookLikeSettingsAndAreNoneAreNamedWithTheNearest() {
        environment.putAll(Map.of(
                "LSQ_HOSTS", "x",
                "LSQ_LIMIT_CALL", "x",
                "LSQ_KAFKA_CLIENT_CLIENT_RAK", "x",
                "LSQ_HOST", "x",
                "LSQ_PUBLIC_AUTH_KEY", "x",
                "LSQ_KAFKA_SSL_PROTOCOL", "x",
                "lsq.portal-id", "x",
                "LSQ_SOMETHING_ELSE_ALTOGETHER", "x",
                "LSQ_PROXY_PORT", "8080",
                "PATH", "x"));

        assertThat(source.unknownVariables())
                .containsExactly(
                        "LSQ_HOSTS: is no setting of this bundle; the nearest is LSQ_HOST",
                        "LSQ_KAFKA_CLIENT_CLIENT_RAK: is no setting of this bundle; the nearest is LSQ_KAFKA_CLIENT_CLIENT_RACK",
                        "LSQ_LIMIT_CALL: is no setting of this bundle; the nearest is LSQ_LIMIT_CALLS",
                        "LSQ_PROXY_PORT: is no setting of this bundle; the nearest is LSQ_PROXY_USER",
                        "LSQ_SOMETHING_ELSE_ALTOGETHER: is no setting of this bundle",
                        "lsq.portal-id: is no setting of this bundle; the nearest is LSQ_PORTAL_ID");
    }

    @Test
    void whatKubernetesAddsForServicesAndWhatIsEmptyIsNoMistake() {
        environment.putAll(Map.of(
                "LSQ_KAFKA_SERVICE_HOST", "10.0.0.7",
                "LSQ_KAFKA_SERVICE_PORT", "9092",
                "LSQ_KAFKA_SERVICE_PORT_TCP_CLIENT", "9092",
                "LSQ_KAFKA_PORT", "tcp://10.0.0.7:9092",
                "LSQ_KAFKA_PORT_9092_TCP", "tcp://10.0.0.7:9092",
                "LSQ_KAFKA_PORT_9092_TCP_ADDR", "10.0.0.7",
                "LSQ_SERVICE_HOST", "10.0.0.8",
                "LSQ_PORT", "tcp://10.0.0.8:80",
                "LSQ_OF_A_COMPOSE_FILE", " "));

        assertThat(source.unknownVariables()).isEmpty();
    }

    @Test
    void aPrefixStandsBeforeDefaultNamesAlone() throws InvalidSettings {
        environment.putAll(MINIMUM);
        environment.putAll(Map.of("LSQ_TOPIC_PREFIX", "acme.", "LSQ_TOPIC_RESULTS", "all-results"));

        Settings settings = Settings.of(source);

        assertThat(settings.topics().all())
                .containsExactlyInAnyOrder(
                        "acme.reset-requested",
                        "acme.reset-campaign",
                        "acme.change-requested",
                        "all-results",
                        "acme.password-dead-letters",
                        "acme.password-journal");
        assertThat(settings.kafka().group()).isEqualTo("acme.leadsquared-password-routes");
        assertThat(source.settings()).containsEntry("lsq.topics.create", "true");

        environment.put("LSQ_KAFKA_GROUP", "ours");
        assertThat(Settings.of(source).kafka().group()).isEqualTo("ours");
    }

    private List<String> problems() {
        InvalidSettings invalid = catchThrowableOfType(InvalidSettings.class, () -> Settings.of(source));
        assertThat(invalid).as("a refusal").isNotNull();
        return invalid.problems();
    }

    private void secretIs(String problem) {
        environment.putAll(MINIMUM);
        environment.remove("LSQ_ACCESS_KEY");
        assertThat(problems())
                .containsExactly("lsq.access-key (LSQ_ACCESS_KEY): its file " + secrets.resolve("lsq.access-key") + " "
                        + problem);
    }

    @ParameterizedTest
    @CsvSource({
        "14-secret-bom.bin, begins with a byte order mark; expected UTF-8 without one",
        "14-secret-latin1.bin, is not UTF-8; expected the value as UTF-8 text",
        "14-secret-utf16.bin, is not UTF-8; expected the value as UTF-8 text"
    })
    void case14AFileThatIsNoUtf8IsRefusedByItsKey(String file, String problem) throws IOException {
        Files.copy(Path.of("src/test/resources/cases", file), secrets.resolve("lsq.access-key"));

        secretIs(problem);
    }

    @Test
    void case14ADirectoryInThePlaceOfAFileIsRefused() throws IOException {
        Files.createDirectory(secrets.resolve("lsq.access-key"));

        secretIs("is a directory; expected a file that holds the value");
    }

    @Test
    void case14ALinkToNothingIsRefused() throws IOException {
        Files.createSymbolicLink(secrets.resolve("lsq.access-key"), secrets.resolve("gone"));

        secretIs("is a link to nothing; expected a file that holds the value");
    }

    @Test
    void case14AFileThatMayNotBeReadIsRefused() throws IOException {
        Path file = Files.writeString(secrets.resolve("lsq.access-key"), "access");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("-w-------"));
        // Whoever may do everything may read it all the same.
        assumeFalse(Files.isReadable(file));

        secretIs("may not be read by this process; expected leave to read it");
    }

    @Test
    void aDeviceIsRefusedAndNotReadWithoutEnd() throws IOException {
        Files.createSymbolicLink(secrets.resolve("lsq.access-key"), Path.of("/dev/zero"));

        secretIs("is a device or a pipe; expected a file that holds the value");
    }

    @Test
    void aFileThatIsNamedForNoKeyIsToldWithTheNearest() throws IOException {
        for (String name : List.of("lsq.secret-kee", "LSQ_ACCESS_KEY", "tls.crt", ".hidden", "lsq.secret-key")) {
            Files.writeString(secrets.resolve(name), "x");
        }
        // As Kubernetes mounts secrets.
        Files.createDirectory(secrets.resolve("..2026_11_27"));
        Files.createSymbolicLink(secrets.resolve("..data"), Path.of("..2026_11_27"));
        Files.writeString(secrets.resolve("..data/lsq.portal-id"), "portal-1");
        Files.createSymbolicLink(secrets.resolve("lsq.portal-id"), Path.of("..data/lsq.portal-id"));
        Files.createDirectory(secrets.resolve("kubernetes.io"));

        assertThat(source.unknownFiles())
                .containsExactly(
                        "LSQ_ACCESS_KEY: this file of secrets is named for no setting; the nearest is lsq.access-key",
                        "lsq.secret-kee: this file of secrets is named for no setting; the nearest is lsq.secret-key",
                        "tls.crt: this file of secrets is named for no setting");
        assertThat(source.settings()).containsEntry("lsq.portal-id", "portal-1");
    }

    @Test
    void theDirectoryOfSecretsIsASetting() throws Exception {
        Files.writeString(secrets.resolve("lsq.portal-id"), "portal-7");

        assertThat(SettingsSource.of(Map.of("LSQ_SECRETS_DIR", secrets.toString()))
                        .settings())
                .containsEntry("lsq.portal-id", "portal-7");
        assertThatExceptionOfType(InvalidSettings.class)
                .isThrownBy(() -> SettingsSource.of(Map.of("LSQ_SECRETS_DIR", "/no/such")))
                .withMessageStartingWith("lsq.secrets-dir (LSQ_SECRETS_DIR): is '/no/such', which is no directory");
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
