package io.lsqroutes.it.trouble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.lsqroutes.it.scene.JavaProcess;
import io.lsqroutes.it.scene.RunningBundle;
import io.lsqroutes.it.scene.Scene;
import io.lsqroutes.it.scene.Topics;
import io.lsqroutes.sandbox.PortalOptions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Topics are forbidden, deleted and made anew while the bundle works. */
class TopicTroubleIT {
    private static final Duration SOON = Duration.ofSeconds(90);

    private RunningBundle running;
    private Admin admin;

    @BeforeEach
    void start() throws Exception {
        // What is called a second time is seen at once, and nothing is a flood.
        running = new RunningBundle(
                new PortalOptions(), Map.of("LSQ_IN_DOUBT_INTERACTIVE", "park", "LSQ_LANE_SPILL", "0"));
        admin = Admin.create(Map.of("bootstrap.servers", running.broker.bootstrapServers()));
    }

    @AfterEach
    void stop() {
        admin.close();
        running.close();
    }

    private void send(String prefix, int from, int to) throws Exception {
        for (int i = from; i < to; i++) {
            String id = prefix + i;
            running.topics.sent(
                    "reset-requested", id, "{\"eventId\":\"" + id + "\",\"emailAddress\":\"" + id + "@example.com\"}");
        }
    }

    private void assertNoCallIsMadeFor(Duration time) {
        int calls = running.portal.calls().size();
        await().during(time)
                .atMost(time.plusSeconds(10))
                .until(() -> running.portal.calls().size() == calls);
    }

    private void assertOneCallEach(JsonNode outcomes, String prefix, int to) {
        for (int i = 0; i < to; i++) {
            assertThat(outcomes.path(prefix + i).path("status").asText())
                    .as("outcome of %s", prefix + i)
                    .isEqualTo("SUCCEEDED");
            assertThat(running.portal.callsTo(prefix + i + "@example.com")).hasSize(1);
        }
    }

    @Test
    void resultsThatMayNotBeWritten_stopTheLine_untilTheyMay() throws Exception {
        send("a-", 0, 20);
        running.topics.awaitOutcomes(20, SOON);
        AclBinding denied = deny(AclOperation.WRITE, "password-results");
        send("a-", 20, 40);
        await().atMost(SOON).untilAsserted(() -> assertThat(running.trouble())
                .containsExactly("password-results may not be written to"));
        send("a-", 40, 60);
        assertNoCallIsMadeFor(Duration.ofSeconds(3));

        admin.deleteAcls(List.of(denied.toFilter())).all().get();

        JsonNode outcomes = running.topics.awaitOutcomes(60, SOON);
        assertOneCallEach(outcomes, "a-", 60);
        assertThat(running.topics.records()).hasSize(60);
        assertThat(running.trouble()).isEmpty();
    }

    private AclBinding deny(AclOperation operation, String topic) throws Exception {
        AclBinding denied = new AclBinding(
                new ResourcePattern(ResourceType.TOPIC, topic, PatternType.LITERAL),
                new AccessControlEntry("User:ANONYMOUS", "*", operation, AclPermissionType.DENY));
        admin.createAcls(List.of(denied)).all().get();
        return denied;
    }

    @Test
    void aJournalThatMayNotBeRead_isToldOnce_andItsEndToo() throws Exception {
        Map<String, String> environment = new HashMap<>(running.portal.environment());
        environment.put("LSQ_KAFKA_BOOTSTRAP_SERVERS", running.broker.bootstrapServers());
        try (JavaProcess standby = JavaProcess.ofJar(environment)) {
            standby.awaitLine(line -> line.contains("stands by"));
            Predicate<String> isTrouble = line -> line.contains("The journal password-journal cannot be read");
            AclBinding denied = deny(AclOperation.READ, "password-journal");
            standby.awaitLine(isTrouble);

            Scene.pass(Duration.ofSeconds(5));

            assertThat(standby.lines().stream().filter(isTrouble)).hasSize(1);
            admin.deleteAcls(List.of(denied.toFilter())).all().get();
            standby.awaitLine(line -> line.contains("INFO") && line.contains("Over after") && isTrouble.test(line));
        }
    }

    @Test
    void resultsThatAreDeleted_stopTheLine_untilTheyAreBack() throws Exception {
        send("d-", 0, 20);
        running.topics.awaitOutcomes(20, SOON);
        admin.deleteTopics(List.of("password-results")).all().get();
        send("d-", 20, 40);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(running.trouble()).containsExactly("password-results is missing"));
        assertNoCallIsMadeFor(Duration.ofSeconds(3));

        admin.createTopics(List.of(new NewTopic("password-results", Optional.of(1), Optional.empty())))
                .all()
                .get();

        try (Topics anew = new Topics(running.broker.bootstrapServers())) {
            JsonNode outcomes = anew.awaitOutcomes(20, SOON);
            assertThat(anew.records()).hasSize(20);
            assertThat(outcomes.path("d-20").path("status").asText()).isEqualTo("SUCCEEDED");
            assertThat(running.portal.calls()).hasSize(40);
        }
    }

    @Test
    void eventsOfATopicThatIsMadeAnew_areHandledOnce() throws Exception {
        send("old-", 0, 20);
        running.topics.awaitOutcomes(20, SOON);
        admin.deleteTopics(List.of("reset-requested")).all().get();
        await().atMost(SOON).until(() -> !admin.listTopics().names().get().contains("reset-requested"));
        admin.createTopics(List.of(new NewTopic("reset-requested", Optional.of(1), Optional.empty())))
                .all()
                .get();
        running.broker.awaitTopics("reset-requested");

        // More than the old topic had: its position is a valid one here. And work for 15 s, while the topics are looked
        // at every 10.
        send("new-", 0, 100);

        JsonNode outcomes = running.topics.awaitOutcomes(120, SOON);
        assertOneCallEach(outcomes, "new-", 100);
        assertThat(running.topics.records()).hasSize(120);
    }
}
