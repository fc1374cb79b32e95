package io.lsqroutes.it.trouble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lsqroutes.it.scene.JavaProcess;
import io.lsqroutes.it.scene.Topics;
import io.lsqroutes.sandbox.Broker;
import io.lsqroutes.sandbox.Portal;
import io.lsqroutes.sandbox.PortalOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The bundle with exactly the rights that docs/operations.md gives to its user, and without each of them. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AclIT {
    private static final Duration SOON = Duration.ofSeconds(90);
    private static final int PORT = Broker.freePort();
    private static final Pattern ROW =
            Pattern.compile("\\| (Topic|Group|TransactionalId) \\| `([^`]+)` \\| ([A-Za-z, ]+) \\|");

    private static Broker broker;
    private static Admin admin;
    private static Portal portal;

    @BeforeAll
    static void start() {
        Map<String, String> settings = new HashMap<>(Broker.accessByAclAlone());
        settings.put("sasl.enabled.mechanisms", "PLAIN");
        broker = Broker.startWithListeners(
                List.of(
                        new Broker.Listener(
                                PORT,
                                "SASL_PLAINTEXT",
                                Map.of(
                                        "plain." + Broker.JAAS,
                                        "org.apache.kafka.common.security.plain.PlainLoginModule required user_bundle=\"bundle-secret\";"))),
                settings);
        admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
        portal = Portal.start(new PortalOptions());
    }

    @AfterAll
    static void stop() {
        portal.close();
        admin.close();
        broker.close();
    }

    /** The rows of the table in the documents, as rights of the bundle's user. */
    private static List<AclBinding> documented(boolean create) throws Exception {
        List<AclBinding> rights = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of("docs", "operations.md"))) {
            Matcher row = ROW.matcher(line);
            if (row.find()) {
                for (String operation : row.group(3).split(",", -1)) {
                    rights.add(right(
                            row.group(1).equals("TransactionalId")
                                    ? ResourceType.TRANSACTIONAL_ID
                                    : ResourceType.fromString(row.group(1)),
                            row.group(2),
                            AclOperation.fromString(operation.strip().replaceAll("(?<=[a-z])(?=[A-Z])", "_"))));
                }
            }
        }
        assertThat(rights).hasSizeGreaterThan(10);
        rights.removeIf(right -> !create && right.entry().operation() == AclOperation.CREATE);
        return rights;
    }

    private static AclBinding right(ResourceType type, String name, AclOperation operation) {
        return new AclBinding(
                new ResourcePattern(type, name, PatternType.LITERAL),
                new AccessControlEntry("User:bundle", "*", operation, AclPermissionType.ALLOW));
    }

    private static void allowOnly(List<AclBinding> rights) throws Exception {
        admin.deleteAcls(List.of(AclBindingFilter.ANY)).all().get();
        admin.createAcls(rights).all().get();
    }

    private static Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(portal.environment());
        environment.put("LSQ_KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:" + PORT);
        environment.put("LSQ_KAFKA_SECURITY_PROTOCOL", "SASL_PLAINTEXT");
        environment.put("LSQ_KAFKA_SASL_MECHANISM", "PLAIN");
        environment.put("LSQ_LIMIT_WINDOW", "1s");
        environment.put(
                "LSQ_KAFKA_SASL_JAAS_CONFIG",
                "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"bundle\" password=\"bundle-secret\";");
        return environment;
    }

    private static void assertAnOutcomeOfEachKind(Topics topics, String prefix) throws Exception {
        String person = "\"emailAddress\":\"" + prefix + "@example.com\"}";
        topics.sent("reset-requested", prefix, "{\"eventId\":\"" + prefix + "-reset\"," + person);
        topics.sent(
                "reset-requested", prefix, "{\"eventId\":\"" + prefix + "-forward\",\"campaignId\":\"c\"," + person);
        topics.sent("reset-requested", prefix, "{\"eventId\":\"" + prefix + "-dead\"}");
        topics.sent(
                "change-requested",
                prefix,
                "{\"eventId\":\"" + prefix + "-change\",\"currentPassword\":\"OldSamplepassword@123\","
                        + "\"newPassword\":\"PlantedSamplepassword@777\"," + person);
        await().atMost(SOON).untilAsserted(() -> {
            topics.records();
            assertThat(topics.statuses(prefix + "-reset")).containsExactly("SUCCEEDED");
            assertThat(topics.statuses(prefix + "-forward")).containsExactly("SUCCEEDED");
            assertThat(topics.statuses(prefix + "-dead")).containsExactly("INVALID");
            assertThat(topics.statuses(prefix + "-change")).hasSize(1);
        });
    }

    private static void assertNoTrouble(JavaProcess process) {
        // Kafka's client warns of a transaction that its coordinator still ends, and sends once more by itself.
        assertThat(process.lines())
                .filteredOn(line -> !line.contains("Error: CONCURRENT_TRANSACTIONS"))
                .noneMatch(line -> line.contains(" WARN ") || line.contains(" ERROR "));
    }

    @Test
    @Order(1)
    void withTheseRights_topicsAreCreated_andEachKindOfEventHasItsOutcome() throws Exception {
        allowOnly(documented(true));
        try (JavaProcess process = JavaProcess.ofJar(environment())) {
            process.awaitLine(line -> line.contains("The first call may go"));
            try (Topics topics = new Topics(broker.bootstrapServers())) {
                assertAnOutcomeOfEachKind(topics, "a");
                topics.awaitRecords("password-dead-letters", 1, SOON);
            }
            assertNoTrouble(process);
        }
    }

    @Test
    @Order(2)
    void withoutTheRightToCreate_theTopicsThatAreThereAreEnough() throws Exception {
        allowOnly(documented(false));
        Map<String, String> environment = environment();
        environment.put("LSQ_TOPICS_CREATE", "false");
        try (JavaProcess process = JavaProcess.ofJar(environment)) {
            process.awaitLine(line -> line.contains("The first call may go"));
            try (Topics topics = new Topics(broker.bootstrapServers())) {
                assertAnOutcomeOfEachKind(topics, "b");
            }
            assertNoTrouble(process);
        }
    }

    static Stream<Arguments> rights() {
        return Stream.of(
                Arguments.of(
                        right(ResourceType.TOPIC, "password-results", AclOperation.WRITE),
                        "password-results may not be written to"),
                Arguments.of(
                        right(ResourceType.TOPIC, "password-journal", AclOperation.READ),
                        "The journal password-journal cannot be read"),
                Arguments.of(
                        right(ResourceType.TOPIC, "password-journal", AclOperation.WRITE),
                        "password-journal may not be written to"),
                Arguments.of(
                        right(ResourceType.GROUP, "leadsquared-password-routes", AclOperation.READ),
                        "The consumer group leadsquared-password-routes may not be used"),
                Arguments.of(
                        right(ResourceType.TRANSACTIONAL_ID, "leadsquared-ledger-password-journal", AclOperation.WRITE),
                        "he transactional id leadsquared-ledger-password-journal may not be used"));
    }

    @ParameterizedTest
    @MethodSource("rights")
    @Order(3)
    void withoutOneOfThem_oneSentenceNamesIt_andWorkGoesOnWhenItIsGiven(AclBinding missing, String sentence)
            throws Exception {
        List<AclBinding> others = documented(true);
        assertThat(others.remove(missing)).isTrue();
        allowOnly(others);
        try (JavaProcess process = JavaProcess.ofJar(environment());
                Topics topics = new Topics(broker.bootstrapServers())) {
            process.awaitLine(
                    line -> line.contains(" WARN ") && line.contains("TroubleLog") && line.contains(sentence));

            admin.createAcls(List.of(missing)).all().get();

            assertAnOutcomeOfEachKind(
                    topics,
                    "c-" + missing.pattern().name() + '-'
                            + missing.entry().operation().name().toLowerCase(Locale.ROOT));
            process.awaitLine(line -> line.contains("Over after") && line.contains(sentence));
        }
    }
}
