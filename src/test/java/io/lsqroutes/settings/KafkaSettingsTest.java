package io.lsqroutes.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What only Kafka's own clients can judge is judged before the start, without a broker, and no password is told. */
class KafkaSettingsTest {
    private static final String PASSWORD = "hunter2";
    private static final String PLAIN = "org.apache.kafka.common.security.plain.PlainLoginModule required";
    private static final String SCRAM = "org.apache.kafka.common.security.scram.ScramLoginModule required";

    private final Map<String, String> environment = new HashMap<>(Map.of(
            "LSQ_HOST", "https://portalapi.leadsquared.com",
            "LSQ_PORTAL_ID", "portal-1",
            "LSQ_ACCESS_KEY", "access",
            "LSQ_SECRET_KEY", "secret",
            // Kafka, or the names of the network, may be away at the start.
            "LSQ_KAFKA_BOOTSTRAP_SERVERS", "no-such-host.invalid:9092"));

    private final Path directory;
    private final Path store;

    KafkaSettingsTest(@TempDir Path directory) throws Exception {
        this.directory = directory;
        store = directory.resolve("store.p12");
        KeyStore keys = KeyStore.getInstance("PKCS12");
        keys.load(null, null);
        try (OutputStream out = Files.newOutputStream(store)) {
            keys.store(out, PASSWORD.toCharArray());
        }
    }

    private List<String> problems() throws InvalidSettings {
        InvalidSettings invalid = catchThrowableOfType(
                InvalidSettings.class, () -> Settings.of(new SettingsSource(environment, directory.resolve("none"))));
        List<String> problems = invalid == null ? List.of() : invalid.problems();
        assertThat(problems)
                .allSatisfy(problem -> assertThat(problem).hasLineCount(1).doesNotContain(PASSWORD));
        return problems;
    }

    private void ssl(String name, String value) {
        environment.put("LSQ_KAFKA_SECURITY_PROTOCOL", "SSL");
        environment.put("LSQ_KAFKA_SSL_" + name, value);
    }

    private void login(String mechanism, String jaas) {
        environment.put("LSQ_KAFKA_SECURITY_PROTOCOL", "SASL_PLAINTEXT");
        environment.put("LSQ_KAFKA_SASL_MECHANISM", mechanism);
        environment.put("LSQ_KAFKA_SASL_JAAS_CONFIG", jaas);
    }

    @Test
    void aHostThatIsNotKnownYetIsNoWrongSetting() throws Exception {
        assertThat(problems()).isEmpty();
        ssl("ENABLED_PROTOCOLS", "TLSv1.3");
        assertThat(problems()).isEmpty();
        environment.put("LSQ_KAFKA_BOOTSTRAP_SERVERS", "[::1]:9092");
        assertThat(problems()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TRUSTSTORE", "KEYSTORE"})
    void aStoreHasToBeThere(String kind) throws Exception {
        ssl(kind + "_LOCATION", "/no/such/store.p12");
        ssl(kind + "_PASSWORD", PASSWORD);

        String key = "lsq.kafka.ssl." + kind.toLowerCase(Locale.ROOT) + ".location (LSQ_KAFKA_SSL_" + kind;
        assertThat(problems())
                .containsExactly(
                        key + "_LOCATION): is '/no/such/store.p12', which is not there; expected a file that can"
                                + " be read");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PKCS12", "JKS", "P12"})
    void aStoresPasswordHasToBeItsOwn(String type) throws Exception {
        ssl("TRUSTSTORE_LOCATION", store.toString());
        ssl("TRUSTSTORE_TYPE", type);
        ssl("TRUSTSTORE_PASSWORD", PASSWORD + "-wrong");

        assertThat(problems()).isNotEmpty().allMatch(problem -> problem.startsWith("lsq.kafka.ssl.truststore."));
    }

    @Test
    void aStoreIsTakenWithItsPassword() throws Exception {
        ssl("KEYSTORE_LOCATION", store.toString());
        ssl("KEYSTORE_TYPE", "PKCS12");
        ssl("KEYSTORE_PASSWORD", PASSWORD);

        assertThat(problems()).isEmpty();
    }

    @Test
    void twoWrongStoresAreTwoLines() throws Exception {
        ssl("TRUSTSTORE_LOCATION", "/no/such/trust");
        ssl("KEYSTORE_LOCATION", directory.toString());

        assertThat(problems())
                .hasSize(2)
                .anyMatch(problem -> problem.startsWith("lsq.kafka.ssl.truststore.location ("))
                .anyMatch(problem -> problem.contains("which cannot be read as a file"));
    }

    @ParameterizedTest
    @CsvSource({
        "PROTOCOL, TLSv9",
        "ENABLED_PROTOCOLS, TLSv9",
        "ENDPOINT_IDENTIFICATION_ALGORITHM, HTTP",
        "CIPHER_SUITES, TLS_NONE",
        "PROVIDER, Nobody",
        "TRUSTMANAGER_ALGORITHM, Nothing",
        "TRUSTSTORE_CERTIFICATES, nothing",
        "ENGINE_FACTORY_CLASS, no.such.Class"
    })
    void aValueThatNobodyKnowsIsNamedByItsKey(String name, String value) throws Exception {
        ssl(name, value);

        String key = "lsq.kafka.ssl." + name.toLowerCase(Locale.ROOT).replace('_', '.');
        assertThat(problems()).singleElement().asString().startsWith(key + " (LSQ_KAFKA_SSL_" + name + "): ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "username=hunter2",
                PLAIN + " username=\"u\" password=\"hunter2\"",
                PLAIN + " username=\"u\" password=\"hunter2;",
                PLAIN + ";",
                PLAIN + " user=\"u\" password=\"hunter2\";",
                SCRAM + " username=\"u\" password=\"hunter2\";",
                "no.such.PlainModule required username=\"u\" password=\"hunter2\";"
            })
    void aLineOfJaasHasToParseAndToFit(String jaas) throws Exception {
        login("PLAIN", jaas);

        assertThat(problems())
                .singleElement()
                .asString()
                .startsWith("lsq.kafka.sasl.jaas.config (LSQ_KAFKA_SASL_JAAS_CONFIG): ");
    }

    @Test
    void aLoginNeedsAMechanismAndALineOfJaas() throws Exception {
        environment.put("LSQ_KAFKA_SECURITY_PROTOCOL", "SASL_SSL");

        assertThat(problems())
                .satisfiesExactly(
                        problem -> assertThat(problem)
                                .startsWith("lsq.kafka.sasl.jaas.config (")
                                .contains("is missing"),
                        problem -> assertThat(problem)
                                .startsWith("lsq.kafka.sasl.mechanism (")
                                .contains("is missing"));

        login("SCRAM-SHA-1", SCRAM + " username=\"u\" password=\"hunter2\";");
        assertThat(problems())
                .containsExactly(
                        "lsq.kafka.sasl.mechanism (LSQ_KAFKA_SASL_MECHANISM): is 'SCRAM-SHA-1'; expected one of"
                                + " GSSAPI, OAUTHBEARER, PLAIN, SCRAM-SHA-256, SCRAM-SHA-512");
        login("SCRAM-SHA-512", SCRAM + " username=\"u\" password=\"hunter2\";");
        assertThat(problems()).isEmpty();
    }

    /** To build a client with one of these is to ask a server for a token, which may be away. */
    @Test
    void nobodyIsAskedForAToken() throws Exception {
        login("OAUTHBEARER", "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required;");
        environment.put("LSQ_KAFKA_SASL_OAUTHBEARER_TOKEN_ENDPOINT_URL", "https://no-such-host.invalid/token");
        assertThat(problems()).isEmpty();

        login("GSSAPI", "com.sun.security.auth.module.Krb5LoginModule required useKeyTab=true;");
        environment.put("LSQ_KAFKA_SASL_KERBEROS_SERVICE_NAME", "kafka");
        assertThat(problems()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "REQUEST_TIMEOUT_MS, soon, request.timeout.ms, a whole number",
        "DELIVERY_TIMEOUT_MS, 100, delivery.timeout.ms, a whole number",
        "COMPRESSION_TYPE, zip, compression.type, a value",
        "CLIENT_DNS_LOOKUP, never, client.dns.lookup, a value",
        "METRIC_REPORTERS, no.such.Reporter, metric.reporters, names",
        "METADATA_MAX_AGE_MS, -1, metadata.max.age.ms, a whole number",
        "CHECK_CRCS, perhaps, check.crcs, true or false"
    })
    void anySettingOfAClientIsJudgedByThatClient(String variable, String value, String name, String expected)
            throws Exception {
        environment.put("LSQ_KAFKA_CLIENT_" + variable, value);

        assertThat(problems())
                .singleElement()
                .asString()
                .startsWith("lsq.kafka.client." + name + " (LSQ_KAFKA_CLIENT_" + variable + "): is '" + value + "'")
                .contains("expected " + expected);
    }

    @ParameterizedTest
    @CsvSource({
        "ISOLATION_LEVEL, isolation.level, one outcome for each event hangs on it",
        "ENABLE_IDEMPOTENCE, enable.idempotence, one outcome for each event hangs on it",
        "ACKS, acks, one outcome for each event hangs on it",
        "TRANSACTIONAL_ID, transactional.id, one writer for each journal",
        "PARTITION_ASSIGNMENT_STRATEGY, partition.assignment.strategy, a single owner",
        "GROUP_PROTOCOL, group.protocol, a single owner",
        "GROUP_INSTANCE_ID, group.instance.id, a single owner",
        "ENABLE_AUTO_COMMIT, enable.auto.commit, committed together",
        "GROUP_ID, group.id, lsq.kafka.group says it",
        "SSL_PROTOCOL, ssl.protocol, lsq.kafka.ssl.protocol says it",
        "SASL_JAAS_CONFIG, sasl.jaas.config, lsq.kafka.sasl.jaas.config says it",
        "INTERCEPTOR_CLASSES, interceptor.classes, sees passwords",
        "VALUE_DESERIALIZER, value.deserializer, as bytes"
    })
    void whatThePromisesHangOnMayNotBeSet(String variable, String name, String why) throws Exception {
        environment.put("LSQ_KAFKA_CLIENT_" + variable, PASSWORD);

        assertThat(problems())
                .singleElement()
                .asString()
                .startsWith("lsq.kafka.client." + name + " (LSQ_KAFKA_CLIENT_" + variable + "): may not be set: ")
                .contains(why);
    }
}
