package io.lsqroutes.it.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.lsqroutes.it.scene.RunningBundle;
import io.lsqroutes.it.scene.Topics;
import io.lsqroutes.sandbox.PortalOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Kafka refuses some records for good: the others of their group stand, each once, and nothing is lost. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RefusedRecordsIT {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String CAMPAIGN = ",\"campaignId\":\"spring\"";

    private static final String HUGE = "{\"eventId\":\"huge\",\"campaignId\":\"c\",\"emailAddress\":\"huge@a.com\"}";

    private RunningBundle running;
    private Admin admin;
    private KafkaProducer<byte[], byte[]> producer;

    @BeforeAll
    void start() throws Exception {
        running = new RunningBundle(
                new PortalOptions().limit(0, Duration.ofSeconds(5)).answerTime(Duration.ofMillis(5)),
                Map.of("LSQ_IN_DOUBT_INTERACTIVE", "park", "LSQ_LANE_SPILL", "0", "LSQ_LIMIT_CALLS", "0"));
        admin = Admin.create(Map.of("bootstrap.servers", running.broker.bootstrapServers()));
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", running.broker.bootstrapServers(), "max.request.size", 2 << 20),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        running.topics.send("reset-requested", "k", event("first", ""));
        awaitOutcomes("first");
    }

    @AfterAll
    void stop() {
        producer.close();
        admin.close();
        running.close();
    }

    private static String event(String id, String more) {
        return "{\"eventId\":\"%s\",\"emailAddress\":\"%s@example.com\"%s}".formatted(id, id, more);
    }

    private void configure(String topic, String key, String value) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        AlterConfigOp set = new AlterConfigOp(new ConfigEntry(key, value), AlterConfigOp.OpType.SET);
        admin.incrementalAlterConfigs(Map.of(resource, List.of(set))).all().get();
        await().atMost(SOON).until(() -> value.equals(configured(resource, key)));
    }

    private String configured(ConfigResource topic, String key) throws Exception {
        Config settings = Objects.requireNonNull(
                admin.describeConfigs(List.of(topic)).all().get().get(topic));
        return Objects.requireNonNull(settings.get(key)).value();
    }

    private void reset(String topic, String key) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        AlterConfigOp delete = new AlterConfigOp(new ConfigEntry(key, null), AlterConfigOp.OpType.DELETE);
        admin.incrementalAlterConfigs(Map.of(resource, List.of(delete))).all().get();
    }

    /** The outcomes of these events, once each has one; no event has two. */
    private JsonNode awaitOutcomes(String... ids) {
        await().atMost(SOON).untilAsserted(() -> {
            running.topics.records();
            for (String id : ids) {
                assertThat(running.topics.statuses(id)).as(id).isNotEmpty();
            }
        });
        JsonNode outcomes = running.topics.awaitOutcomes(0, SOON);
        for (String id : ids) {
            assertThat(running.topics.statuses(id)).as(id).hasSize(1);
        }
        return outcomes;
    }

    private void assertCalledOnce(JsonNode outcomes, String id) {
        assertThat(outcomes.path(id).path("status").asText()).as(id).isEqualTo("SUCCEEDED");
        assertThat(running.portal.callsTo(id + "@example.com")).as(id).hasSize(1);
    }

    private static String source(JsonNode outcomes, String id) {
        return outcomes.path(id).path("source").path("topic").asText();
    }

    private List<String> onTopic(String topic) {
        return running.topics.awaitRecords(topic, 0, SOON).stream()
                .map(ConsumerRecord::value)
                .map(value -> value == null ? "" : new String(value, StandardCharsets.UTF_8))
                .toList();
    }

    @Test
    void case07_aForwardThatIsTooLarge_isHandledWhereItStands_andOthersGoOn() throws Exception {
        String[] ids = Stream.concat(
                        Stream.of("huge"),
                        IntStream.range(0, 40).mapToObj(i -> i % 2 == 0 ? "single-" + i : "many-" + i))
                .toArray(String[]::new);
        for (int i = 0; i < 20; i++) {
            sendPlain(ids[i + 1], "k".getBytes(StandardCharsets.UTF_8));
        }
        // 63 bytes that become more when they are written anew.
        producer.send(new ProducerRecord<>(
                        "reset-requested", new byte[1_048_430], HUGE.getBytes(StandardCharsets.UTF_8)))
                .get();
        for (int i = 20; i < 40; i++) {
            sendPlain(ids[i + 1], "k".getBytes(StandardCharsets.UTF_8));
        }

        JsonNode outcomes = awaitOutcomes(ids);

        for (String id : ids) {
            assertThat(outcomes.path(id).path("status").asText()).as(id).isEqualTo("SUCCEEDED");
            assertThat(running.portal.callsTo(id.equals("huge") ? "huge@a.com" : id + "@example.com"))
                    .as(id)
                    .hasSize(1);
        }
        assertThat(source(outcomes, "huge")).isEqualTo("reset-requested");
        assertThat(onTopic("reset-campaign"))
                .filteredOn(value -> value.contains("\"eventId\":\"many-"))
                .hasSize(20);
        assertThat(onTopic("reset-campaign")).noneMatch(value -> value.contains("huge"));
        assertThat(running.trouble()).isEmpty();
    }

    private void sendPlain(String id, byte[] key) throws Exception {
        String more = id.startsWith("single") ? "" : CAMPAIGN;
        producer.send(new ProducerRecord<>(
                        "reset-requested", key, event(id, more).getBytes(StandardCharsets.UTF_8)))
                .get();
    }

    @Test
    void case07_resultsThatTakeNoOutcome_suspendCallsByTheirName_untilTheyDo() throws Exception {
        configure("password-results", "max.message.bytes", "420");
        String[] ids = IntStream.range(0, 60).mapToObj(i -> "r-" + i).toArray(String[]::new);
        for (String id : ids) {
            running.topics.send("reset-requested", id, event(id, ""));
        }
        running.topics.send("reset-requested", "broken", "{\"eventId\":\"broken\"}");

        awaitTrouble("password-results", "max.message.bytes");
        int calls = running.portal.calls().size();
        await().during(Duration.ofSeconds(8))
                .atMost(SOON)
                .until(() -> running.portal.calls().size() == calls
                        && running.trouble().size() == 1);
        reset("password-results", "max.message.bytes");

        JsonNode outcomes =
                awaitOutcomes(Stream.concat(Stream.of(ids), Stream.of("broken")).toArray(String[]::new));
        for (String id : ids) {
            assertCalledOnce(outcomes, id);
        }
        await().atMost(SOON).until(() -> running.trouble().isEmpty());
    }

    private void awaitTrouble(String... parts) {
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(running.trouble()).singleElement().asString().contains(parts));
    }

    /** The journal's own words are refused: no call is made, and nothing that was called is forgotten. */
    @Test
    void aJournalThatTakesNoWord_suspendsCallsByItsName_untilItDoes() throws Exception {
        configure("password-journal", "max.message.bytes", "100");
        for (int i = 0; i < 10; i++) {
            running.topics.send("reset-requested", "j" + i, event("j-" + i, ""));
        }
        awaitTrouble("password-journal", "max.message.bytes");
        assertThat(running.portal.callsTo("j-0@example.com")).isEmpty();
        reset("password-journal", "max.message.bytes");

        String[] ids = IntStream.range(0, 10).mapToObj(i -> "j-" + i).toArray(String[]::new);
        JsonNode outcomes = awaitOutcomes(ids);
        for (String id : ids) {
            assertCalledOnce(outcomes, id);
        }
    }

    @Test
    void aDeadLetterThatIsTooLarge_standsWithoutItsValue() throws Exception {
        configure("password-dead-letters", "max.message.bytes", "2000");
        String person = "p".repeat(12_000);
        running.topics.send(
                "reset-campaign",
                "long",
                "{\"eventId\":\"long\",\"expiresAt\":\"2020-01-01T00:00:00Z\",\"searchKey\":{\"schemaName\":\"Phone\",\"value\":\""
                        + person + "\"}}");
        running.topics.send("reset-campaign", "short", event("short", ",\"expiresAt\":\"2020-01-01T00:00:00Z\""));

        JsonNode outcomes = awaitOutcomes("long", "short");

        assertThat(outcomes.path("long").path("status").asText()).isEqualTo("EXPIRED");
        assertThat(letter("long"))
                .satisfies(record -> assertThat(record.value()).isNull())
                .satisfies(record -> assertThat(Topics.headers(record))
                        .containsEntry("__connect.errors.topic", "reset-campaign")
                        .containsEntry("lsq.status", "EXPIRED"));
        assertThat(letter("short").value()).isNotNull();
        assertThat(running.trouble()).isEmpty();
        reset("password-dead-letters", "max.message.bytes");
    }

    private ConsumerRecord<byte[], byte[]> letter(String id) {
        return running.topics.awaitRecords("password-dead-letters", 1, SOON).stream()
                .filter(record -> new String(record.key(), StandardCharsets.UTF_8).equals(id))
                .reduce((first, second) -> {
                    throw new AssertionError("two dead letters of " + id);
                })
                .orElseThrow();
    }

    @Test
    void deadLettersThatTakeNone_suspendCallsByTheirName_untilTheyDo() throws Exception {
        configure("password-dead-letters", "max.message.bytes", "100");
        running.topics.send("reset-campaign", "dead", event("dead", ",\"expiresAt\":\"2020-01-01T00:00:00Z\""));
        awaitTrouble("password-dead-letters", "max.message.bytes");
        running.topics.send("reset-requested", "alive", event("alive", ""));
        reset("password-dead-letters", "max.message.bytes");

        JsonNode outcomes = awaitOutcomes("dead", "alive");

        assertThat(outcomes.path("dead").path("status").asText()).isEqualTo("EXPIRED");
        assertCalledOnce(outcomes, "alive");
        assertThat(letter("dead").value()).isNull();
    }

    @Test
    void aForwardWithoutAKey_ontoACampaignTopicThatIsCompacted_isHandledWhereItStands() throws Exception {
        configure("reset-campaign", "cleanup.policy", "compact");
        running.topics.send("reset-requested", "with-key", event("keyed", CAMPAIGN));
        running.topics.send("reset-requested", null, event("keyless", CAMPAIGN));
        running.topics.send("reset-requested", null, event("keyless-too", CAMPAIGN));
        running.topics.send("reset-requested", "with-key", event("keyed-too", CAMPAIGN));

        JsonNode outcomes = awaitOutcomes("keyed", "keyless", "keyless-too", "keyed-too");

        for (String id : List.of("keyed", "keyless", "keyless-too", "keyed-too")) {
            assertCalledOnce(outcomes, id);
        }
        assertThat(onTopic("reset-campaign"))
                .anyMatch(value -> value.contains("\"keyed\""))
                .noneMatch(value -> value.contains("keyless"));
        reset("reset-campaign", "cleanup.policy");
    }

    /** What an event brings is bounded before it is copied, or one event could make its outcome unwritable. */
    @Test
    void aTraceOfAMegabyte_isNotCopied() throws Exception {
        configure("password-results", "max.message.bytes", "8192");
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>("reset-requested", null, event("trace", "").getBytes(StandardCharsets.UTF_8));
        record.headers().add("traceparent", new byte[1_000_000]);
        producer.send(record).get();

        JsonNode outcomes = awaitOutcomes("trace");

        assertCalledOnce(outcomes, "trace");
        assertThat(running.trouble()).isEmpty();
        reset("password-results", "max.message.bytes");
    }
}
