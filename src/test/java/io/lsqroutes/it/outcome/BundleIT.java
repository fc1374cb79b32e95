package io.lsqroutes.it.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.lsqroutes.it.scene.RunningBundle;
import io.lsqroutes.it.scene.Topics;
import io.lsqroutes.sandbox.PortalOptions;
import io.lsqroutes.sandbox.Quirk;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BundleIT {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String SECRET = "PlantedSamplepassword@777";

    private RunningBundle bundle;
    private int outcomes;

    @BeforeAll
    void start() throws Exception {
        bundle = new RunningBundle(
                new PortalOptions()
                        .limit(0, Duration.ofSeconds(5))
                        .answerTime(Duration.ZERO)
                        .slowAnswer(Duration.ofSeconds(8)),
                Map.of("LSQ_LIMIT_CALLS", "0"));
    }

    @AfterAll
    void stop() {
        bundle.close();
    }

    private JsonNode outcomes(int more) {
        outcomes += more;
        return bundle.topics.awaitOutcomes(outcomes, SOON);
    }

    @Test
    void everyEventGetsItsOutcome_keyedByItsId_withNothingElseInTheHeaders() {
        bundle.topics.send("reset-requested", "ada", "{\"eventId\":\"b-1\",\"emailAddress\":\"ada@example.com\"}");
        bundle.topics.send(
                "reset-campaign",
                "bob",
                "{\"eventId\":\"b-2\",\"campaignId\":\"spring\",\"emailAddress\":\"bob@example.com\"}");
        bundle.topics.send(
                "change-requested",
                "cy",
                "{\"eventId\":\"b-3\",\"emailAddress\":\"cy@example.com\",\"currentPassword\":\"OldSamplepassword@123\",\"newPassword\":\""
                        + SECRET + "\"}");

        JsonNode byEvent = outcomes(3);

        for (String id : new String[] {"b-1", "b-2", "b-3"}) {
            assertThat(byEvent.path(id).path("status").asText()).isEqualTo("SUCCEEDED");
        }
        assertThat(byEvent.path("b-2").path("campaignId").asText()).isEqualTo("spring");
        assertThat(byEvent.path("b-3").path("type").asText()).isEqualTo("change");
        for (ConsumerRecord<byte[], byte[]> outcome : bundle.topics.records()) {
            assertThat(Arrays.stream(outcome.headers().toArray()).map(header -> header.key()))
                    .containsExactlyInAnyOrder(
                            "ce_specversion",
                            "ce_id",
                            "ce_source",
                            "ce_type",
                            "ce_time",
                            "content-type",
                            "traceparent");
        }
    }

    @Test
    void case16_ofTwoTraceparents_oneIsPassedOn() throws Exception {
        String first = "00-11111111111111111111111111111111-1111111111111111-01";
        String second = "00-22222222222222222222222222222222-2222222222222222-01";
        ProducerRecord<String, String> event = new ProducerRecord<>(
                "reset-requested", "{\"eventId\":\"t-1\",\"emailAddress\":\"traced@example.com\"}");
        event.headers().add("traceparent", first.getBytes(StandardCharsets.UTF_8));
        event.headers().add("traceparent", second.getBytes(StandardCharsets.UTF_8));
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bundle.broker.bootstrapServers()),
                new StringSerializer(),
                new StringSerializer())) {
            producer.send(event).get();
        }

        outcomes(1);

        assertThat(bundle.topics.records())
                .filteredOn(outcome -> "t-1".equals(new String(outcome.key(), StandardCharsets.UTF_8)))
                .singleElement()
                .satisfies(outcome ->
                        assertThat(Topics.headers(outcome).get("traceparent")).isIn(first, second));
    }

    @Test
    void badInputIsAnsweredAndLosesNothing() throws Exception {
        long tombstone = bundle.topics.sent("reset-requested", "k", null);
        bundle.topics.send("reset-requested", null, "hunter2 is no JSON");
        bundle.topics.send("reset-requested", "k", "[]");
        bundle.topics.send("reset-requested", "k", "{\"eventId\":\"i-1\"}");
        bundle.topics.send(
                "change-requested", "k", "{\"eventId\":\"i-2\",\"authKey\":\"x\",\"newPassword\":\"" + SECRET + "\"}");
        bundle.topics.send("reset-requested", "k", "{\"eventId\":\"i-3\",\"emailAddress\":\"after@example.com\"}");

        JsonNode byEvent = outcomes(6);

        assertThat(byEvent.path("i-1").path("code").asText()).isEqualTo("no-person");
        assertThat(byEvent.path("i-2").path("code").asText()).isEqualTo("no-password");
        assertThat(byEvent.path("i-3").path("status").asText()).isEqualTo("SUCCEEDED");
        assertThat(byEvent).anySatisfy(outcome -> {
            assertThat(outcome.path("code").asText()).isEqualTo("no-value");
            assertThat(outcome.path("source").path("offset").asLong()).isEqualTo(tombstone);
            assertThat(outcome.path("eventId").asText()).startsWith("reset-requested-0-" + tombstone + "-");
        });
    }

    @Test
    void noOffsetIsCommittedBeforeItsOutcomeIsThere_andOthersAreNotHeldUp() throws Exception {
        bundle.portal.quirk("slow@example.com", Quirk.SLOW, 1);
        long slow = bundle.topics.sent(
                "reset-requested", "k-slow", "{\"eventId\":\"o-slow\",\"emailAddress\":\"slow@example.com\"}");
        for (int i = 0; i < 10; i++) {
            bundle.topics.send(
                    "reset-requested",
                    "k-" + i,
                    "{\"eventId\":\"o-" + i + "\",\"emailAddress\":\"quick-" + i + "@example.com\"}");
        }

        JsonNode meanwhile = outcomes(10);

        assertThat(meanwhile.has("o-slow")).isFalse();
        assertThat(meanwhile.has("o-9")).isTrue();
        assertThat(committed()).isLessThanOrEqualTo(slow);
        assertThat(outcomes(1).path("o-slow").path("status").asText()).isEqualTo("SUCCEEDED");
        await().atMost(SOON).untilAsserted(() -> assertThat(committed()).isGreaterThan(slow + 10));
    }

    @Test
    void eventsOfOnePersonKeepTheirOrder_underDifferentKeysToo() {
        for (int i = 0; i < 5; i++) {
            bundle.portal.quirk("order@example.com", i == 0 ? Quirk.SERVER_ERROR : Quirk.TOO_MANY_REQUESTS, 1);
        }
        for (int i = 0; i < 5; i++) {
            bundle.topics.send(
                    "reset-requested",
                    "any-" + i,
                    "{\"eventId\":\"p-" + i + "\",\"emailAddress\":\"Order@example.com\"}");
        }

        outcomes(5);

        assertThat(bundle.topics.records().stream()
                        .map(outcome -> new String(outcome.key(), StandardCharsets.UTF_8))
                        .filter(id -> id.startsWith("p-")))
                .containsExactly("p-0", "p-1", "p-2", "p-3", "p-4");
    }

    @Test
    void nothingThatWasPublishedHoldsASecret() {
        bundle.topics.send(
                "change-requested",
                "s",
                "{\"eventId\":\"s-1\",\"emailAddress\":\"sid@example.com\",\"currentPassword\":\"" + SECRET
                        + "\",\"newPassword\":\"" + SECRET + "2\"}");

        assertThat(outcomes(1).path("s-1").path("status").asText()).isEqualTo("REJECTED");
        for (ConsumerRecord<byte[], byte[]> outcome : bundle.topics.records()) {
            String whole = new String(outcome.value(), StandardCharsets.UTF_8)
                    + Arrays.toString(Arrays.stream(outcome.headers().toArray())
                            .map(header -> header.key() + '=' + new String(header.value(), StandardCharsets.UTF_8))
                            .toArray());
            assertThat(whole)
                    .doesNotContain(SECRET, "hunter2", "planted-header-value", "@example.com", "OldSamplepassword")
                    .doesNotContain(
                            PortalOptions.PUBLIC_AUTH_KEY,
                            PortalOptions.REGISTER_TOKEN,
                            PortalOptions.ACCESS_KEY,
                            PortalOptions.SECRET_KEY);
        }
    }

    private long committed() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bundle.broker.bootstrapServers()))) {
            OffsetAndMetadata offset = admin.listConsumerGroupOffsets("leadsquared-password-routes")
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .get(new TopicPartition("reset-requested", 0));
            return offset == null ? 0 : offset.offset();
        }
    }
}
