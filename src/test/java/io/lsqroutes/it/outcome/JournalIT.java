package io.lsqroutes.it.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.lsqroutes.Application;
import io.lsqroutes.it.scene.RunningBundle;
import io.lsqroutes.it.scene.Topics;
import io.lsqroutes.sandbox.Broker;
import io.lsqroutes.sandbox.Portal;
import io.lsqroutes.sandbox.PortalOptions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.main.Main;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;

/** What the journal remembers when offsets do not. */
class JournalIT {
    private static final Duration SOON = Duration.ofSeconds(90);

    @Test
    void anEventIsActedOnOnce_whateverHappensToOffsetsAndHoweverOftenItIsPublished() throws Exception {
        PortalOptions options =
                new PortalOptions().limit(0, Duration.ofSeconds(5)).answerTime(Duration.ZERO);
        try (Broker broker = Broker.start();
                Portal portal = Portal.start(options);
                Topics topics = new Topics(broker.bootstrapServers())) {
            Map<String, String> environment = new HashMap<>(portal.environment());
            environment.put("LSQ_KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers());
            environment.put("LSQ_LIMIT_CALLS", "0");
            Main bundle = Application.bundle(environment);
            bundle.configure().setJmxEnabled(false);
            bundle.start();
            broker.awaitTopics("reset-requested", "password-results");
            for (int i = 0; i < 3_000; i++) {
                topics.send("reset-requested", "k" + i, event("j-" + i, "p" + i));
            }
            topics.awaitOutcomes(3_000, SOON);
            long twice = topics.sent("reset-requested", "k", event("j-7", "p7"));
            topics.send("reset-requested", "k", event("j-8", "somebody-else"));
            topics.send("reset-requested", "one-key", event("j-at-once", "at-once"));
            topics.send("reset-requested", "another-key", event("j-at-once", "at-once"));
            topics.awaitOutcomes(3_004, SOON);
            bundle.stop();

            // Under a new group id every record is read once more, and nothing comes of it.
            environment.put("LSQ_KAFKA_GROUP", "another-group");
            Main again = Application.bundle(environment);
            again.configure().setJmxEnabled(false);
            again.start();
            topics.send("reset-requested", "k", event("j-last", "last"));
            JsonNode outcomes = topics.awaitOutcomes(3_005, SOON);
            again.stop();

            assertThat(outcomes.path("j-last").path("status").asText()).isEqualTo("SUCCEEDED");
            assertThat(topics.records()).hasSize(3_005);
            assertThat(portal.calls()).hasSize(3_002);
            assertThat(portal.callsTo("p7@example.com")).hasSize(1);
            assertThat(portal.callsTo("at-once@example.com")).hasSize(1);
            assertThat(topics.statuses("j-at-once")).containsExactlyInAnyOrder("SUCCEEDED", "DUPLICATE");
            assertThat(portal.callsTo("somebody-else@example.com")).isEmpty();
            JsonNode duplicate = outcomes.path("j-7");
            assertThat(duplicate.path("status").asText()).isEqualTo("DUPLICATE");
            assertThat(duplicate.path("source").path("offset").asLong()).isEqualTo(twice);
            assertThat(duplicate.path("original").path("status").asText()).isEqualTo("SUCCEEDED");
            assertThat(outcomes.path("j-8").path("code").asText()).isEqualTo("id-reused");
        }
    }

    @Test
    void whoComesAfterALongSilence_callsAtOnce() throws Exception {
        try (Broker broker = Broker.start();
                Portal portal = Portal.start(new PortalOptions());
                Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
                Topics topics = new Topics(broker.bootstrapServers())) {
            NewTopic journal = new NewTopic("password-journal", Optional.of(1), Optional.empty());
            admin.createTopics(List.of(journal.configs(Map.of("cleanup.policy", "compact,delete"))))
                    .all()
                    .get();
            broker.awaitTopics("password-journal");
            long anHourAgo = System.currentTimeMillis() - Duration.ofHours(1).toMillis();
            topics.sentAt(anHourAgo, "password-journal", "/call", "1 CALLING - 0 0 no no - reset-requested 0 0 0");
            // What is written from now on has the broker's time; what stands there keeps its own.
            AlterConfigOp brokersTime = new AlterConfigOp(
                    new ConfigEntry("message.timestamp.type", "LogAppendTime"), AlterConfigOp.OpType.SET);
            admin.incrementalAlterConfigs(Map.of(
                            new ConfigResource(ConfigResource.Type.TOPIC, "password-journal"), List.of(brokersTime)))
                    .all()
                    .get();
            Map<String, String> environment = new HashMap<>(portal.environment());
            environment.put("LSQ_KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers());
            // Were it held for a window, the test would not live to see the call.
            environment.put("LSQ_LIMIT_WINDOW", "10m");
            Main bundle = Application.bundle(environment);
            bundle.configure().setJmxEnabled(false);
            bundle.start();
            broker.awaitTopics("reset-requested", "password-results");
            topics.send("reset-requested", "k", event("j-1", "p1"));

            JsonNode outcomes = topics.awaitOutcomes(1, SOON);
            bundle.stop();

            assertThat(outcomes.path("j-1").path("status").asText()).isEqualTo("SUCCEEDED");
        }
    }

    @Test
    void anIdThatTheJournalHasDeleted_mayBeUsedAgain() throws Exception {
        PortalOptions options =
                new PortalOptions().limit(0, Duration.ofSeconds(5)).answerTime(Duration.ZERO);
        try (RunningBundle running = new RunningBundle(options, Map.of("LSQ_LIMIT_CALLS", "0"));
                Admin admin = Admin.create(Map.of("bootstrap.servers", running.broker.bootstrapServers()))) {
            for (String id : List.of("j-1", "j-2", "j-3")) {
                running.topics.sent("reset-requested", id, event(id, id));
            }
            running.topics.awaitOutcomes(3, SOON);
            // Its age is up; what does it in Kafka comes by every five minutes.
            TopicPartition journal = new TopicPartition("password-journal", 0);
            admin.deleteRecords(Map.of(journal, RecordsToDelete.beforeOffset(-1)))
                    .all()
                    .get();

            for (String id : List.of("j-1", "j-2", "j-4")) {
                running.topics.sent("reset-requested", id, event(id, id));
            }
            running.topics.awaitOutcomes(6, SOON);

            assertThat(running.topics.statuses("j-1")).containsExactly("SUCCEEDED", "SUCCEEDED");
            assertThat(running.topics.statuses("j-2")).containsExactly("SUCCEEDED", "SUCCEEDED");
            assertThat(running.portal.calls()).hasSize(6);
        }
    }

    private static String event(String id, String person) {
        return "{\"eventId\":\"" + id + "\",\"emailAddress\":\"" + person + "@example.com\"}";
    }
}
