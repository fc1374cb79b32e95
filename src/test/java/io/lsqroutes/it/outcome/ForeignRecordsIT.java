package io.lsqroutes.it.outcome;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lsqroutes.it.scene.ExpelledOwner;
import io.lsqroutes.it.scene.JavaProcess;
import io.lsqroutes.it.scene.Topics;
import io.lsqroutes.sandbox.Broker;
import io.lsqroutes.sandbox.Portal;
import io.lsqroutes.sandbox.PortalOptions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Somebody else writes to the journal: that is said once and skipped, and what the journal knows stays protected. */
class ForeignRecordsIT {
    private static final Duration SOON = Duration.ofSeconds(90);
    private static final String JOURNAL = "password-journal";

    private Broker broker;
    private Portal portal;
    private Topics topics;
    private Admin admin;

    @BeforeEach
    void start() throws Exception {
        broker = Broker.start();
        portal = Portal.start(new PortalOptions().limit(0, Duration.ofSeconds(5)));
        topics = new Topics(broker.bootstrapServers());
        admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
        // A compacted topic takes no record without a key; one that was not always compacted may hold some.
        NewTopic journal = new NewTopic(JOURNAL, Optional.of(1), Optional.empty());
        admin.createTopics(List.of(
                        journal.configs(Map.of("cleanup.policy", "delete", "message.timestamp.type", "LogAppendTime"))))
                .all()
                .get();
        broker.awaitTopics(JOURNAL);
        topics.sent(JOURNAL, null, "no key");
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, JOURNAL);
        admin.incrementalAlterConfigs(Map.of(
                        resource,
                        List.of(new AlterConfigOp(
                                new ConfigEntry("cleanup.policy", "compact,delete"), AlterConfigOp.OpType.SET))))
                .all()
                .get();
    }

    @AfterEach
    void stop() {
        topics.close();
        admin.close();
        portal.close();
        broker.close();
    }

    private JavaProcess bundle() throws Exception {
        Map<String, String> environment = new HashMap<>(portal.environment());
        environment.put("LSQ_KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers());
        environment.put("LSQ_KAFKA_SESSION_TIMEOUT", "2s");
        environment.put("LSQ_LIMIT_CALLS", "0");
        return JavaProcess.ofJar(environment);
    }

    private void publish(String... ids) throws Exception {
        for (String id : ids) {
            topics.sent(
                    "reset-requested",
                    id,
                    "{\"eventId\":\"%1$s\",\"emailAddress\":\"%1$s@example.com\"}".formatted(id));
        }
    }

    private static long told(JavaProcess bundle) {
        return bundle.lines().stream()
                .filter(line -> line.contains("which is skipped"))
                .count();
    }

    private @Nullable String lastWordOn(String key) {
        return topics.awaitRecords(JOURNAL, 1, SOON).stream()
                .filter(record -> record.key() != null && new String(record.key(), UTF_8).equals(key))
                .reduce((before, after) -> after)
                .map(ConsumerRecord::value)
                .map(value -> new String(value, UTF_8))
                .orElse(null);
    }

    @Test
    void case26_foreignRecordsAreToldOnceAndSkipped_andWhatTheJournalKnowsStaysProtected() throws Exception {
        topics.sent(JOURNAL, "a-word", "hello");
        topics.sent(JOURNAL, "an-object", "{\"version\":2}");
        topics.sent(JOURNAL, "a-tombstone", null);
        topics.sent(JOURNAL, "/account", "hello");
        topics.sent(JOURNAL, "/count", "{\"day\":1}");
        topics.sent(JOURNAL, "reset/f-9", "\u0000\u0001\u0002");
        try (JavaProcess first = bundle()) {
            first.awaitLine(ExpelledOwner::isOwner);
            publish("f-1", "f-2", "f-3", "f-9");
            topics.awaitOutcomes(4, SOON);

            topics.sent(JOURNAL, "reset/f-1", null);
            topics.sent(JOURNAL, "reset/f-2", "{\"eventId\":\"f-2\"}");
            topics.sent(JOURNAL, "reset/f-3", "1 DONE");
            for (int i = 0; i < 1_000; i++) {
                topics.send(JOURNAL, "flood-" + i, "hello");
            }
            publish("f-1", "f-2", "f-3", "f-9", "f-4");
            topics.awaitOutcomes(9, SOON);
            // Compaction leaves the last record of a key: that is an entry again.
            for (String id : List.of("f-1", "f-2", "f-3")) {
                await().atMost(SOON).untilAsserted(() -> assertThat(lastWordOn("reset/" + id))
                        .startsWith("1 DONE SUCCEEDED 1"));
            }
            assertThat(told(first)).isBetween(4L, 6L);
            first.kill();
            first.awaitExit(Duration.ofSeconds(10));
        }
        try (JavaProcess second = bundle()) {
            second.awaitLine(ExpelledOwner::isOwner);
            publish("f-1", "f-2", "f-3", "f-9");
            topics.awaitOutcomes(13, SOON);

            assertThat(told(second)).isBetween(4L, 6L);
        }
        for (String id : List.of("f-1", "f-2", "f-3", "f-9")) {
            assertThat(topics.statuses(id)).containsExactly("SUCCEEDED", "DUPLICATE", "DUPLICATE");
            assertThat(portal.callsTo(id + "@example.com")).hasSize(1);
        }
        assertThat(topics.records()).allSatisfy(outcome -> {
            if (Topics.json(outcome).path("status").asText().equals("DUPLICATE")) {
                assertThat(Topics.json(outcome).path("original").path("status").asText())
                        .isEqualTo("SUCCEEDED");
            }
        });
        // Without a quota nobody counts the calls of a day.
        assertThat(lastWordOn("/count")).isEqualTo("{\"day\":1}");
    }
}
