package io.lsqroutes.it.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.lsqroutes.Application;
import io.lsqroutes.it.scene.JavaProcess;
import io.lsqroutes.it.scene.Topics;
import io.lsqroutes.replay.ReplayCommand;
import io.lsqroutes.sandbox.Broker;
import io.lsqroutes.sandbox.Portal;
import io.lsqroutes.sandbox.PortalOptions;
import io.lsqroutes.sandbox.Quirk;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.camel.main.Main;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Events that died are put back by the command, each once, while the portal counts. */
class ReplayIT {
    private static final Duration SOON = Duration.ofSeconds(90);
    private static final String SECRET = "PlantedSamplepassword@777";
    private static final List<String> TOPICS = List.of(
            "reset-requested",
            "reset-campaign",
            "change-requested",
            "password-results",
            "password-dead-letters",
            "password-journal");

    private final List<String> said = new ArrayList<>();
    private Broker broker;
    private Portal portal;
    private Topics topics;
    private Map<String, String> environment;
    private @Nullable Main bundle;

    @BeforeEach
    void start() {
        broker = Broker.start();
        portal =
                Portal.start(new PortalOptions().limit(0, Duration.ofSeconds(5)).answerTime(Duration.ZERO));
        topics = new Topics(broker.bootstrapServers());
        environment = new HashMap<>(portal.environment());
        environment.put("LSQ_KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers());
        environment.put("LSQ_LIMIT_CALLS", "0");
        environment.put("LSQ_RETRY_ATTEMPTS", "1");
    }

    @AfterEach
    void stop() {
        stopBundle();
        topics.close();
        portal.close();
        broker.close();
    }

    private void startBundle() throws Exception {
        bundle = Application.bundle(environment);
        bundle.configure().setJmxEnabled(false);
        bundle.start();
        broker.awaitTopics(TOPICS.toArray(String[]::new));
    }

    private void stopBundle() {
        if (bundle != null) {
            bundle.stop();
            bundle = null;
        }
    }

    /** The command in this JVM; its last line. */
    private String replay(int exitCode, String... arguments) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        int code = new ReplayCommand(out, out).run(List.of(arguments), environment);
        said.clear();
        bytes.toString(StandardCharsets.UTF_8).lines().forEach(said::add);
        assertThat(code).as("exit code; it said %s", said).isEqualTo(exitCode);
        assertThat(String.join("\n", said)).doesNotContain("@example.com", SECRET, "\tat ");
        return said.get(said.size() - 1);
    }

    /** The documents' command, as the jar that ships; its last line. */
    private String byTheReadme(boolean dryRun) throws Exception {
        String command = "java -jar target/leadsquared-password-routes.jar ";
        String line = Files.readAllLines(Path.of("docs", "outcomes.md")).stream()
                .filter(text -> text.startsWith(command + "replay ") && text.endsWith("--dry-run") == dryRun)
                .findFirst()
                .orElseThrow();
        try (JavaProcess process =
                JavaProcess.ofJar(environment, line.substring(command.length()).split(" "))) {
            assertThat(process.awaitExit(SOON)).isZero();
            String verb = dryRun ? "would put back  " : "put back        ";
            // Nothing but its own lines.
            assertThat(process.lines())
                    .hasSize(51)
                    .contains(verb + "reset r-0 FAILED MXUnhandledException reset-requested-0@0");
            return process.lines().get(50);
        }
    }

    private static String summary(int back, int gone, int invalid, int done, int onTheirWay) {
        return "replay: %d events put back, %d no longer there, %d still invalid, %d done since, %d on their way"
                .formatted(back, gone, invalid, done, onTheirWay);
    }

    private static String reset(String id, String more) {
        return "{\"eventId\":\"" + id + "\",\"emailAddress\":\"" + id + "@example.com\"" + more + "}";
    }

    private static String change(String id, String next) {
        return reset(
                id, ",\"currentPassword\":\"" + PortalOptions.INITIAL_PASSWORD + "\",\"newPassword\":\"" + next + "\"");
    }

    private List<String> failed(int count) {
        portal.failAll(Quirk.SERVER_ERROR_ENVELOPE);
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ids.add("r-" + i);
            if (i % 5 < 3) {
                topics.send("reset-requested", "k" + i, reset("r-" + i, ""));
            } else {
                topics.send("reset-campaign", "k" + i, reset("r-" + i, ",\"campaignId\":\"spring\""));
            }
        }
        assertThat(topics.awaitOutcomes(count, SOON))
                .hasSize(count)
                .allMatch(outcome -> outcome.path("status").asText().equals("FAILED"));
        topics.awaitRecords("password-dead-letters", count, SOON);
        portal.recover();
        return ids;
    }

    private void assertEachSucceededWithOneMoreCall(List<String> ids, JsonNode outcomes) {
        for (String id : ids) {
            JsonNode outcome = outcomes.path(id);
            assertThat(outcome.path("status").asText()).as(id).isEqualTo("SUCCEEDED");
            assertThat(outcome.path("possibleDuplicate").asBoolean()).as(id).isTrue();
            assertThat(outcome.path("calls").asInt()).as(id).isEqualTo(2);
            assertThat(portal.callsTo(id + "@example.com")).as(id).hasSize(2);
            assertThat(portal.mailsTo(id + "@example.com")).as(id).isEqualTo(1);
        }
    }

    private SortedMap<String, Long> ends() throws Exception {
        SortedMap<String, Long> ends = new TreeMap<>();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            for (String topic : TOPICS) {
                TopicPartition partition = new TopicPartition(topic, 0);
                ends.put(
                        topic,
                        admin.listOffsets(Map.of(partition, OffsetSpec.latest()))
                                .partitionResult(partition)
                                .get()
                                .offset());
            }
        }
        return ends;
    }

    @Test
    void fiftyFailedEventsArePutBackOnce() throws Exception {
        assertThat(replay(1, "--status", "FAILED"))
                .isEqualTo("replay: run it again when it can be; no event is put back twice");
        assertThat(said.get(0))
                .endsWith(
                        "Topics are missing: [change-requested, password-dead-letters, password-journal, reset-campaign]");

        startBundle();
        List<String> ids = failed(50);
        stopBundle();

        SortedMap<String, Long> before = ends();
        assertThat(replay(0, "--status", "FAILED,IN_DOUBT", "--dry-run"))
                .isEqualTo(summary(50, 0, 0, 0, 0).replace("put back", "would be put back"));
        assertThat(said)
                .hasSize(51)
                .contains("would put back  reset r-0 FAILED MXUnhandledException reset-requested-0@0");
        assertThat(ends()).isEqualTo(before);
        assertThat(replay(0, "--status", "FAILED", "--reason", "http-502")).isEqualTo(summary(0, 0, 0, 0, 0));
        assertThat(replay(0, "--status", "INVALID,EXPIRED,IN_DOUBT")).isEqualTo(summary(0, 0, 0, 0, 0));

        assertThat(byTheReadme(true)).isEqualTo(summary(50, 0, 0, 0, 0).replace("put back", "would be put back"));
        assertThat(byTheReadme(false)).isEqualTo(summary(50, 0, 0, 0, 0));
        assertThat(replay(0, "--status", "FAILED")).isEqualTo(summary(0, 0, 0, 0, 50));
        topics.send("reset-requested", "k", reset("r-7", ""));

        startBundle();
        JsonNode outcomes = topics.awaitOutcomes(101, SOON);
        assertThat(topics.records().stream()
                        .map(Topics::json)
                        .filter(outcome -> outcome.path("status").asText().equals("DUPLICATE"))
                        .map(outcome -> outcome.path("eventId").asText()))
                .containsExactly("r-7");
        ids.remove("r-7");
        assertEachSucceededWithOneMoreCall(ids, outcomes);
        assertThat(portal.callsTo("r-7@example.com")).hasSize(2);
        stopBundle();
        assertThat(replay(0, "--status", "FAILED")).isEqualTo(summary(0, 0, 0, 50, 0));
        // Calls have succeeded with this account: no other one may work with its journal.
        Map<String, String> itsOwn = Map.copyOf(environment);
        environment.put("LSQ_PORTAL_ID", "another-account");
        assertThat(replay(2, "--status", "FAILED"))
                .contains("password-journal is rejected: it belongs to another account");
        environment.putAll(itsOwn);

        // Read from the beginning, neither the old nor the new records come to anything.
        environment.put("LSQ_KAFKA_GROUP", "another-group");
        startBundle();
        topics.send("reset-requested", "k", reset("r-last", ""));
        assertThat(topics.awaitOutcomes(102, SOON).path("r-last").path("status").asText())
                .isEqualTo("SUCCEEDED");
        await().during(Duration.ofSeconds(2))
                .atMost(SOON)
                .until(() -> topics.records().size() == 102);
        assertThat(portal.calls()).hasSize(50 + 50 + 1);
    }

    @Test
    void killedInTheMiddleAndRunAgain_itPutsEveryEventBackOnce() throws Exception {
        startBundle();
        List<String> ids = failed(200);
        stopBundle();

        try (JavaProcess command = JavaProcess.ofJar(environment, "replay", "--status", "FAILED")) {
            await().atMost(SOON)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> command.lines().size() >= 50);
            command.kill();
        }
        replay(0, "--status", "FAILED");
        assertThat(said).hasSize(201);
        assertThat(said.stream().filter(line -> line.startsWith("on its way"))).hasSizeBetween(50, 175);

        startBundle();
        assertEachSucceededWithOneMoreCall(ids, topics.awaitOutcomes(400, SOON));
        await().during(Duration.ofSeconds(2))
                .atMost(SOON)
                .until(() -> topics.records().size() == 400);
    }

    @Test
    void aChangeIsReadFromItsTopic_andItsSecretStaysThere() throws Exception {
        startBundle();
        portal.quirk("c-1@example.com", Quirk.SERVER_ERROR_ENVELOPE, 1);
        topics.send("change-requested", "c-1", change("c-1", SECRET));
        portal.quirk("c-2@example.com", Quirk.SERVER_ERROR_ENVELOPE, 1);
        topics.send(
                "change-requested",
                "c-2",
                "{\"eventId\":\"c-2\",\"authKey\":\"" + portal.signInKeyFor("c-2@example.com")
                        + "\",\"currentPassword\":\"" + PortalOptions.INITIAL_PASSWORD + "\",\"newPassword\":\""
                        + SECRET
                        + "\"}");
        assertThat(topics.awaitOutcomes(2, SOON))
                .allMatch(outcome -> outcome.path("status").asText().equals("FAILED"));
        stopBundle();

        assertThat(replay(0, "--status", "FAILED", "--expires-in", "1h")).isEqualTo(summary(2, 0, 0, 0, 0));
        startBundle();
        JsonNode outcomes = topics.awaitOutcomes(4, SOON);
        JsonNode outcome = outcomes.path("c-1");

        assertThat(outcome.path("status").asText()).isEqualTo("SUCCEEDED");
        assertThat(outcome.path("type").asText()).isEqualTo("change");
        assertThat(outcome.path("possibleDuplicate").asBoolean()).isTrue();
        assertThat(outcome.path("calls").asInt()).isEqualTo(2);
        assertThat(portal.password("c-1@example.com")).isEqualTo(SECRET);
        // Nobody to sign in: no call is made twice that may have been made.
        assertThat(outcomes.path("c-2").path("status").asText()).isEqualTo("FAILED");
        assertThat(portal.callsTo("c-2@example.com")).hasSize(1);
        List<ConsumerRecord<byte[], byte[]>> changes = topics.awaitRecords("change-requested", 4, SOON);
        assertThat(changes.subList(2, 4))
                .allMatch(ReplayIT::holdsTheSecret)
                .allMatch(record -> new String(record.value(), StandardCharsets.UTF_8).contains("\"expiresAt\""))
                .extracting(record -> new String(record.key(), StandardCharsets.UTF_8))
                .containsExactlyInAnyOrder("c-1", "c-2");
        for (String topic : TOPICS) {
            if (!topic.equals("change-requested")) {
                int least = topic.startsWith("reset-") ? 0 : 1;
                assertThat(topics.awaitRecords(topic, least, SOON)).as(topic).noneMatch(ReplayIT::holdsTheSecret);
            }
        }
    }

    private static boolean holdsTheSecret(ConsumerRecord<byte[], byte[]> record) {
        StringBuilder whole = new StringBuilder(Topics.headers(record).toString());
        for (byte[] part : new byte[][] {record.key(), record.value()}) {
            whole.append(part == null ? "" : new String(part, StandardCharsets.UTF_8));
        }
        return whole.toString().contains(SECRET) || whole.toString().contains(PortalOptions.INITIAL_PASSWORD);
    }

    @Test
    void whatBrokeTheContractIsReadAgainUnderTodaysSettings() throws Exception {
        startBundle();
        String toOtherField = "\",\"searchKey\":{\"schemaName\":\"Phone\",\"value\":\"+1\"},"
                + "\"recipientField\":{\"schemaName\":\"mx_Mail\"}}";
        topics.send("reset-requested", "k", "{\"eventId\":\"i-allowed" + toOtherField);
        topics.send("reset-requested", "k", "{\"eventId\":\"i-taken" + toOtherField);
        topics.send("reset-requested", "k", "{\"eventId\":\"i-still\"}");
        topics.send("change-requested", "k", "{\"eventId\":\"i-gone\",\"newPassword\":\"" + SECRET + "\"}");
        topics.awaitOutcomes(4, SOON);
        topics.send("reset-requested", "k", reset("i-taken", ""));
        topics.awaitOutcomes(5, SOON);
        stopBundle();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            TopicPartition changes = new TopicPartition("change-requested", 0);
            admin.deleteRecords(Map.of(changes, RecordsToDelete.beforeOffset(1)))
                    .all()
                    .get();
        }

        environment.put("LSQ_RECIPIENT_FIELDS", "EmailAddress,Phone,mx_Mail");
        assertThat(replay(0, "--status", "INVALID")).isEqualTo(summary(1, 1, 1, 1, 0));
        assertThat(said)
                .contains(
                        "put back        reset i-allowed INVALID recipient-field-not-allowed reset-requested-0@0",
                        "done since      reset i-taken INVALID recipient-field-not-allowed reset-requested-0@1",
                        "still invalid   reset i-still INVALID no-person reset-requested-0@2",
                        "no longer there change i-gone INVALID no-person change-requested-0@0");
        assertThat(replay(0, "--status", "INVALID")).isEqualTo(summary(0, 1, 1, 1, 1));

        startBundle();
        JsonNode outcome = topics.awaitOutcomes(6, SOON).path("i-allowed");
        assertThat(outcome.path("status").asText()).isEqualTo("SUCCEEDED");
        assertThat(outcome.path("possibleDuplicate").asBoolean()).isFalse();
        stopBundle();
        assertThat(replay(0, "--status", "INVALID")).isEqualTo(summary(0, 1, 1, 2, 0));
    }

    @Test
    void whatTheApiRefusedIsTakenFromTheOutcomes() throws Exception {
        startBundle();
        portal.failAll(Quirk.BAD_REQUEST);
        topics.send("reset-requested", "k", reset("j-single", ""));
        topics.send("reset-requested", "k", reset("j-forwarded", ",\"campaignId\":\"spring\""));
        topics.send("reset-campaign", "k", reset("j-campaign", ",\"campaignId\":\"spring\""));
        topics.send("change-requested", "j-change", change("j-change", SECRET));
        topics.send("reset-requested", "k", reset("j-late", ",\"expiresAt\":\"2026-01-01T00:00:00Z\""));
        JsonNode before = topics.awaitOutcomes(5, SOON);
        assertThat(before.path("j-single").path("status").asText()).isEqualTo("REJECTED");
        assertThat(before.path("j-late").path("status").asText()).isEqualTo("EXPIRED");
        String code = before.path("j-single").path("code").asText();
        portal.recover();
        topics.send("reset-requested", "k", reset("j-fine", ""));
        topics.send("reset-requested", "k", reset("j-fine", ""));
        topics.awaitOutcomes(7, SOON);
        stopBundle();

        SortedMap<String, Long> ends = ends();
        assertThat(replay(0, "--status", "REJECTED", "--reason", "no-such-reason"))
                .isEqualTo(summary(0, 0, 0, 0, 0));
        assertThat(replay(0, "--status", "REJECTED", "--reason", code, "--dry-run"))
                .isEqualTo(summary(3, 0, 0, 0, 0).replace("put back", "would be put back"));
        assertThat(ends()).isEqualTo(ends);
        assertThat(replay(0, "--status", "REJECTED,EXPIRED")).isEqualTo(summary(5, 0, 0, 0, 0));
        assertThat(said).contains("put back        reset j-single REJECTED " + code + " reset-requested-0@0");
        assertThat(replay(0, "--status", "REJECTED,EXPIRED")).isEqualTo(summary(0, 0, 0, 0, 5));

        startBundle();
        JsonNode outcomes = topics.awaitOutcomes(12, SOON);
        for (String id : List.of("j-single", "j-forwarded", "j-campaign", "j-change", "j-late")) {
            assertThat(outcomes.path(id).path("status").asText()).as(id).isEqualTo("SUCCEEDED");
            // A refusal is an answer, so nothing was done twice.
            assertThat(outcomes.path(id).path("possibleDuplicate").asBoolean())
                    .as(id)
                    .isFalse();
        }
        stopBundle();
        assertThat(replay(0, "--status", "REJECTED,EXPIRED")).isEqualTo(summary(0, 0, 0, 5, 0));

        // Read from the beginning, neither the old records nor their copies come to anything.
        int calls = portal.calls().size();
        environment.put("LSQ_KAFKA_GROUP", "another-group");
        startBundle();
        topics.send("reset-requested", "k", reset("j-last", ""));
        assertThat(topics.awaitOutcomes(13, SOON).path("j-last").path("status").asText())
                .isEqualTo("SUCCEEDED");
        assertThat(topics.records()).hasSize(13);
        assertThat(portal.calls()).hasSize(calls + 1);
    }

    @Test
    void theBundleMayRunMeanwhile() throws Exception {
        startBundle();
        List<String> ids = failed(50);

        assertThat(replay(0, "--status", "FAILED")).isEqualTo(summary(50, 0, 0, 0, 0));
        assertEachSucceededWithOneMoreCall(ids, topics.awaitOutcomes(100, SOON));

        assertThat(replay(0, "--status", "FAILED")).isEqualTo(summary(0, 0, 0, 50, 0));
        topics.send("reset-requested", "k", reset("r-last", ""));
        topics.awaitOutcomes(101, SOON);
        assertThat(topics.records()).hasSize(101);
        assertThat(portal.calls()).hasSize(50 + 50 + 1);
    }

    /** One event that its topic refuses for good keeps no other from going back. */
    @Test
    void anEventThatItsTopicDoesNotTake_isTold_andTheOthersGoBack() throws Exception {
        startBundle();
        for (String person : List.of("a", "p".repeat(900), "b")) {
            topics.send(
                    "reset-requested",
                    person,
                    "{\"eventId\":\"n-%s\",\"emailAddress\":\"%s+500-always@example.com\"}"
                            .formatted(person.substring(0, 1), person));
        }
        topics.awaitOutcomes(3, SOON);
        stopBundle();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.incrementalAlterConfigs(Map.of(
                            new ConfigResource(ConfigResource.Type.TOPIC, "reset-campaign"),
                            List.of(new AlterConfigOp(
                                    new ConfigEntry("max.message.bytes", "800"), AlterConfigOp.OpType.SET))))
                    .all()
                    .get();
        }

        assertThat(replay(0, "--status", "FAILED"))
                .startsWith("replay: 2 events put back, ")
                .endsWith(", 1 not taken by their topic: raise its max.message.bytes, and run it again");
        assertThat(said).anyMatch(line -> line.startsWith("not taken       reset n-p FAILED"));
        assertThat(topics.awaitRecords("reset-campaign", 2, SOON)).hasSize(2);
    }
}
