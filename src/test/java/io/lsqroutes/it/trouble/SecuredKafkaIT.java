package io.lsqroutes.it.trouble;

import static org.assertj.core.api.Assertions.assertThat;

import io.lsqroutes.it.scene.JavaProcess;
import io.lsqroutes.it.scene.Keystores;
import io.lsqroutes.it.scene.Scene;
import io.lsqroutes.it.scene.Topics;
import io.lsqroutes.sandbox.Broker;
import io.lsqroutes.sandbox.Portal;
import io.lsqroutes.sandbox.PortalOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Brokers with TLS and with logins: each lets the bundle in, and each refusal is one sentence. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecuredKafkaIT {
    private static final Duration SOON = Duration.ofSeconds(90);
    private static final String PASSWORD = "Kafka-samplepassword@123";
    private static final int TLS = Broker.freePort();
    private static final int TLS_LOGIN = Broker.freePort();
    private static final int LOGIN = Broker.freePort();

    private static Broker broker;
    private static Portal portal;
    private static Keystores known;
    private static Keystores other;

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        known = new Keystores(directory, "known");
        other = new Keystores(directory, "other");
        Map<String, String> certificate = Map.of(
                "ssl.keystore.location",
                known.server.toString(),
                "ssl.keystore.type",
                "PKCS12",
                "ssl.keystore.password",
                Keystores.PASSWORD,
                "ssl.key.password",
                Keystores.PASSWORD);
        Map<String, String> login = new HashMap<>(certificate);
        login.put("scram-sha-512." + Broker.JAAS, Broker.SCRAM);
        login.put("sasl.enabled.mechanisms", "SCRAM-SHA-512");
        broker = Broker.startWithListeners(
                List.of(
                        new Broker.Listener(TLS, "SSL", certificate),
                        new Broker.Listener(TLS_LOGIN, "SASL_SSL", login),
                        new Broker.Listener(
                                LOGIN,
                                "SASL_PLAINTEXT",
                                Map.of(
                                        "sasl.enabled.mechanisms",
                                        "SCRAM-SHA-256,PLAIN",
                                        "scram-sha-256." + Broker.JAAS,
                                        Broker.SCRAM,
                                        "plain." + Broker.JAAS,
                                        plainLogin() + " user_bundle=\"" + PASSWORD + "\";"))),
                Map.of());
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            for (ScramMechanism mechanism : List.of(ScramMechanism.SCRAM_SHA_256, ScramMechanism.SCRAM_SHA_512)) {
                admin.alterUserScramCredentials(List.of(new UserScramCredentialUpsertion(
                                "bundle", new ScramCredentialInfo(mechanism, 4096), PASSWORD)))
                        .all()
                        .get();
            }
        }
        portal = Portal.start(new PortalOptions());
    }

    @AfterAll
    static void stop() {
        portal.close();
        broker.close();
    }

    private static String plainLogin() {
        return "org.apache.kafka.common.security.plain.PlainLoginModule required";
    }

    private static Map<String, String> environment(int port, String protocol) {
        Map<String, String> environment = new HashMap<>(portal.environment());
        environment.put("LSQ_KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:" + port);
        environment.put("LSQ_KAFKA_SECURITY_PROTOCOL", protocol);
        environment.put("LSQ_LIMIT_WINDOW", "1s");
        return environment;
    }

    private static Map<String, String> trusting(Keystores stores, Map<String, String> environment) {
        environment.put("LSQ_KAFKA_SSL_TRUSTSTORE_LOCATION", stores.trusting.toString());
        environment.put("LSQ_KAFKA_SSL_TRUSTSTORE_TYPE", "PKCS12");
        environment.put("LSQ_KAFKA_SSL_TRUSTSTORE_PASSWORD", Keystores.PASSWORD);
        return environment;
    }

    private static Map<String, String> loggingIn(String mechanism, String password, Map<String, String> environment) {
        String module = mechanism.equals("PLAIN") ? plainLogin() : Broker.SCRAM.replace(";", "");
        environment.put("LSQ_KAFKA_SASL_MECHANISM", mechanism);
        environment.put("LSQ_KAFKA_SASL_JAAS_CONFIG", module + " username=\"bundle\" password=\"" + password + "\";");
        return environment;
    }

    private static void assertLetIn(String id, Map<String, String> environment) throws Exception {
        try (JavaProcess process = JavaProcess.ofJar(environment)) {
            process.awaitLine(line -> line.contains("The first call may go"));
            try (Topics topics = new Topics(broker.bootstrapServers())) {
                topics.sent(
                        "reset-requested",
                        id,
                        "{\"eventId\":\"" + id + "\",\"emailAddress\":\"" + id + "@example.com\"}");
                process.awaitLine(line -> line.contains("reset " + id + " SUCCEEDED"), SOON);
            }
            assertThat(process.lines())
                    // A machine that is busy with something else answers late.
                    .filteredOn(line -> !line.contains("does not answer (since "))
                    .noneMatch(line -> line.contains(" WARN ") || line.contains("samplepassword"));
        }
    }

    /** One warning with that sentence, and little beside it. */
    private static void assertRefused(String sentence, Map<String, String> environment) throws Exception {
        try (JavaProcess process = JavaProcess.ofJar(environment)) {
            process.awaitLine(line -> line.contains(" WARN ") && line.contains(sentence));
            Scene.pass(Duration.ofSeconds(5));
            process.lines().forEach(System.out::println);
            assertThat(process.lines())
                    .noneMatch(line -> line.contains("samplepassword"))
                    .hasSizeLessThanOrEqualTo(15);
            assertThat(process.lines().stream().filter(line -> line.contains(sentence)))
                    .hasSize(1);
        }
    }

    @Test
    void tls() throws Exception {
        assertLetIn("tls", trusting(known, environment(TLS, "SSL")));
        assertRefused(
                "Kafka at 127.0.0.1:" + TLS + " cannot be trusted, or does not trust this client: TLS fails"
                        + " (unable to find valid certification path to requested target);"
                        + " lsq.kafka.ssl.truststore.* must hold the CA of the brokers",
                trusting(other, environment(TLS, "SSL")));
    }

    @Test
    void scram512OverTls() throws Exception {
        assertLetIn(
                "scram512", loggingIn("SCRAM-SHA-512", PASSWORD, trusting(known, environment(TLS_LOGIN, "SASL_SSL"))));
        assertRefused(
                refusal(TLS_LOGIN),
                loggingIn("SCRAM-SHA-512", "wrong", trusting(known, environment(TLS_LOGIN, "SASL_SSL"))));
    }

    @Test
    void scram256() throws Exception {
        assertLetIn("scram256", loggingIn("SCRAM-SHA-256", PASSWORD, environment(LOGIN, "SASL_PLAINTEXT")));
        assertRefused(refusal(LOGIN), loggingIn("SCRAM-SHA-256", "wrong", environment(LOGIN, "SASL_PLAINTEXT")));
    }

    @Test
    void plain() throws Exception {
        assertLetIn("plain", loggingIn("PLAIN", PASSWORD, environment(LOGIN, "SASL_PLAINTEXT")));
        assertRefused(refusal(LOGIN), loggingIn("PLAIN", "wrong", environment(LOGIN, "SASL_PLAINTEXT")));
    }

    private static String refusal(int port) {
        return "Kafka at 127.0.0.1:" + port + " refuses the login: ";
    }
}
