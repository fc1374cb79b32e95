package io.lsqroutes.it.outcome;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.lsqroutes.it.scene.ExpelledOwner;
import io.lsqroutes.it.scene.JavaProcess;
import io.lsqroutes.it.scene.Topics;
import io.lsqroutes.sandbox.Broker;
import io.lsqroutes.sandbox.Portal;
import io.lsqroutes.sandbox.PortalOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The journal keeps its promise only under conditions; they are held to, whoever made the topic. */
class JournalConditionsIT {
    private static final Duration SOON = Duration.ofSeconds(90);
    private static final String COMPACTED = "compact,delete";
    private static final String BROKERS_TIME = "LogAppendTime";

    private final Map<String, JavaProcess> bundles = new LinkedHashMap<>();
    private Broker broker;
    private Portal portal;
    private Admin admin;

    @BeforeEach
    void start() {
        broker = Broker.start();
        portal = Portal.start(new PortalOptions().limit(0, Duration.ofSeconds(5)));
        admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
    }

    @AfterEach
    void stop() {
        bundles.values().forEach(JavaProcess::close);
        admin.close();
        portal.close();
        broker.close();
    }

    private void journal(String name, int partitions, String cleanup, String time) throws Exception {
        NewTopic journal = new NewTopic(name, Optional.of(partitions), Optional.empty());
        admin.createTopics(List.of(journal.configs(Map.of("cleanup.policy", cleanup, "message.timestamp.type", time))))
                .all()
                .get();
        broker.awaitTopics(name);
    }

    /** Each with topics and a group of its own; the journal's name is that of the bundle. */
    private JavaProcess bundle(String name) throws IOException {
        Map<String, String> environment = new HashMap<>(portal.environment());
        environment.put("LSQ_KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers());
        environment.put("LSQ_KAFKA_GROUP", name + "-group");
        environment.put("LSQ_KAFKA_SESSION_TIMEOUT", "2s");
        environment.put("LSQ_LIMIT_CALLS", "0");
        environment.put("LSQ_TOPIC_RESET", name + "-reset");
        environment.put("LSQ_TOPIC_CAMPAIGN", name + "-campaign");
        environment.put("LSQ_TOPIC_CHANGE", name + "-change");
        environment.put("LSQ_TOPIC_RESULTS", name + "-results");
        environment.put("LSQ_TOPIC_DEAD_LETTERS", name + "-dead");
        environment.put("LSQ_TOPIC_JOURNAL", name);
        JavaProcess bundle = JavaProcess.ofJar(environment);
        bundles.put(name, bundle);
        return bundle;
    }

    private JavaProcess running(String name) {
        return requireNonNull(bundles.get(name));
    }

    /** It ends with exit code 2, and one line tells all of this. */
    private static void assertEnds(JavaProcess bundle, String... told) throws InterruptedException {
        assertThat(bundle.awaitExit(SOON)).as("exit code; %s", bundle.lines()).isEqualTo(2);
        assertThat(bundle.lines().stream().filter(line -> line.contains("This process stops")))
                .singleElement()
                .asString()
                .contains(told);
    }

    @Test
    void case06_aJournalThatBreaksAConditionRefusesTheStart() throws Exception {
        journal("three", 3, COMPACTED, BROKERS_TIME);
        journal("deleted", 1, "delete", BROKERS_TIME);
        journal("own-time", 1, COMPACTED, "CreateTime");
        journal("all-wrong", 2, "delete", "CreateTime");
        for (String name : List.of("three", "deleted", "own-time", "all-wrong")) {
            admin.createTopics(List.of(new NewTopic(name + "-reset", Optional.of(1), Optional.empty())))
                    .all()
                    .get();
            broker.awaitTopics(name + "-reset");
            bundle(name);
            try (Topics topics = new Topics(broker.bootstrapServers())) {
                topics.sent(name + "-reset", "k", "{\"eventId\":\"e\",\"emailAddress\":\"p@example.com\"}");
            }
        }

        assertEnds(running("three"), "three is rejected: it has 3 partitions", "1 is needed", "kafka-topics.sh");
        assertEnds(running("deleted"), "deleted", "cleanup.policy=delete", "kafka-configs.sh", COMPACTED);
        assertEnds(running("own-time"), "own-time", "CreateTime", "kafka-configs.sh", BROKERS_TIME);
        assertEnds(running("all-wrong"), "2 partitions", "cleanup.policy=delete", "CreateTime");
        assertThat(portal.calls()).isEmpty();
    }

    @Test
    void case06_aJournalThatChangesWhileTheBundleRunsEndsIt() throws Exception {
        for (String name : List.of("grown", "loosened", "retimed", "lost", "anew")) {
            journal(name, 1, COMPACTED, BROKERS_TIME);
            bundle(name);
        }
        for (JavaProcess bundle : bundles.values()) {
            bundle.awaitLine(ExpelledOwner::isOwner);
        }

        admin.createPartitions(Map.of("grown", NewPartitions.increaseTo(3)))
                .all()
                .get();
        set("loosened", "cleanup.policy", "delete");
        set("retimed", "message.timestamp.type", "CreateTime");
        admin.deleteTopics(List.of("lost", "anew")).all().get();
        journal("anew", 1, COMPACTED, BROKERS_TIME);

        assertEnds(running("grown"), "grown is rejected: it has 3 partitions", "1 is needed", "kafka-topics.sh");
        assertEnds(running("loosened"), "loosened", "cleanup.policy=delete", "kafka-configs.sh");
        assertEnds(running("retimed"), "retimed", "CreateTime", "kafka-configs.sh");
        assertEnds(running("lost"), "lost is rejected: it was deleted", "called again");
        assertEnds(running("anew"), "anew", "was deleted", "called again");
        // Nobody makes a journal anew behind a process that still knows the old one.
        assertThat(admin.listTopics().names().get()).doesNotContain("lost");
    }

    private void set(String topic, String name, String value) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        AlterConfigOp set = new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET);
        admin.incrementalAlterConfigs(Map.of(resource, List.of(set))).all().get();
    }

    @Test
    void case06_killedWithAJournalThatSomebodyElseMade_nobodyIsCalledTwice_andThreePartitionsEndTheNextLife()
            throws Exception {
        journal("password-journal", 1, COMPACTED, BROKERS_TIME);
        Map<String, String> environment = new HashMap<>(portal.environment());
        environment.put("LSQ_KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers());
        environment.put("LSQ_KAFKA_SESSION_TIMEOUT", "2s");
        environment.put("LSQ_LIMIT_CALLS", "0");
        environment.put("LSQ_LANE_SPILL", "0");
        environment.put("LSQ_IN_DOUBT_INTERACTIVE", "park");
        try (Topics topics = new Topics(broker.bootstrapServers())) {
            JavaProcess first = JavaProcess.ofJar(environment);
            bundles.put("first", first);
            first.awaitLine(ExpelledOwner::isOwner);
            for (int i = 0; i < 200; i++) {
                topics.send("reset-requested", "k-" + i, event(i));
            }
            topics.awaitOutcomes(40, SOON);
            first.kill();
            first.awaitExit(Duration.ofSeconds(10));
            JavaProcess second = JavaProcess.ofJar(environment);
            bundles.put("second", second);
            JsonNode outcomes = topics.awaitOutcomes(200, SOON);

            assertThat(outcomes).hasSize(200);
            assertThat(topics.records()).hasSize(200);
            for (int i = 0; i < 200; i++) {
                assertThat(portal.callsTo("p-" + i + "@example.com")).hasSizeLessThanOrEqualTo(1);
                assertThat(outcomes.path("e-" + i).path("status").asText()).isIn("SUCCEEDED", "IN_DOUBT");
            }

            second.kill();
            second.awaitExit(Duration.ofSeconds(10));
            int calls = portal.calls().size();
            admin.createPartitions(Map.of("password-journal", NewPartitions.increaseTo(3)))
                    .all()
                    .get();
            for (int i = 0; i < 50; i++) {
                topics.send("reset-requested", "again-" + i, event(i));
            }
            JavaProcess third = JavaProcess.ofJar(environment);
            bundles.put("third", third);
            assertEnds(third, "password-journal is rejected: it has 3 partitions", "1 is needed");
            assertThat(portal.calls()).hasSize(calls);
            try (JavaProcess replay = JavaProcess.ofJar(environment, "replay", "--status", "IN_DOUBT")) {
                assertThat(replay.awaitExit(SOON)).isEqualTo(2);
                assertThat(replay.lines())
                        .anyMatch(line -> line.contains("password-journal is rejected: it has 3 partitions"));
            }
        }
    }

    private static String event(int i) {
        return "{\"eventId\":\"e-%1$d\",\"emailAddress\":\"p-%1$d@example.com\"}".formatted(i);
    }
}
