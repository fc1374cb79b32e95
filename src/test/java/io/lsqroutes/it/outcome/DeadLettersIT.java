package io.lsqroutes.it.outcome;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.lsqroutes.it.scene.RunningBundle;
import io.lsqroutes.it.scene.Topics;
import io.lsqroutes.sandbox.PortalOptions;
import io.lsqroutes.sandbox.Quirk;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** What needs a person stands on the dead-letter topic, together with its outcome, and without a secret. */
class DeadLettersIT {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String SECRET = "PlantedSamplepassword@777";
    private static final String PASSWORDS =
            "\"authKey\":\"" + SECRET + "\",\"currentPassword\":\"" + SECRET + "\",\"newPassword\":\"" + SECRET + "\"}";

    @Test
    void whatNeedsAPersonIsADeadLetter_withoutASecret() throws Exception {
        PortalOptions options =
                new PortalOptions().limit(0, Duration.ofSeconds(5)).answerTime(Duration.ZERO);
        try (RunningBundle bundle =
                new RunningBundle(options, Map.of("LSQ_LIMIT_CALLS", "0", "LSQ_RETRY_ATTEMPTS", "1"))) {
            bundle.portal.quirk("failed@example.com", Quirk.SERVER_ERROR, Integer.MAX_VALUE);
            bundle.portal.quirk("doubt@example.com", Quirk.CUT, 1);
            Topics topics = bundle.topics;
            long failed = topics.sent("reset-requested", SECRET, reset("d-failed", "failed", ""));
            // The first of an id has to be known as such: events of different persons overtake each other.
            topics.awaitOutcomes(1, SOON);
            topics.send("reset-campaign", SECRET, reset("d-doubt", "doubt", ",\"campaignId\":\"spring\""));
            topics.send("reset-campaign", SECRET, reset("d-late", "late", ",\"expiresAt\":\"2020-01-01T00:00:00Z\""));
            topics.send("reset-requested", SECRET, reset("fine-late", "l", ",\"expiresAt\":\"2020-01-01T00:00:00Z\""));
            topics.send("reset-requested", SECRET, reset("fine", "fine", ""));
            topics.send(
                    "reset-requested", SECRET, "{\"eventId\":\"d-invalid\",\"emailAddress\":\"a@b.c\"," + PASSWORDS);
            topics.send("reset-requested", SECRET, SECRET);
            topics.send("reset-requested", SECRET, reset("d-failed", "somebody-else", ""));
            topics.send(
                    "change-requested",
                    SECRET,
                    "{\"eventId\":\"d-change\",\"emailAddress\":\"failed@example.com\",\"currentPassword\":\""
                            + PortalOptions.INITIAL_PASSWORD + "\",\"newPassword\":\"" + SECRET + "\"}");

            topics.awaitOutcomes(9, SOON);
            Map<String, ConsumerRecord<byte[], byte[]>> byOutcome = new HashMap<>();
            for (ConsumerRecord<byte[], byte[]> record : topics.awaitRecords("password-dead-letters", 7, SOON)) {
                Map<String, String> headers = Topics.headers(record);
                assertThat(headers.keySet())
                        .containsExactlyInAnyOrder(
                                "__connect.errors.topic",
                                "__connect.errors.partition",
                                "__connect.errors.offset",
                                "__connect.errors.exception.class.name",
                                "__connect.errors.exception.message",
                                "lsq.event-id",
                                "lsq.status");
                assertThat(text(record.key())).isEqualTo(headers.get("lsq.event-id"));
                String outcome = text(record.key()).replaceAll("^reset-requested-.*", "no-id")
                        + ' '
                        + headers.get("lsq.status")
                        + ' '
                        + headers.get("__connect.errors.exception.message");
                assertThat(byOutcome.put(outcome, record)).isNull();

                assertThat(headers + text(record.key()) + text(record.value()))
                        .doesNotContain(SECRET, PortalOptions.INITIAL_PASSWORD, "planted-header-value")
                        .doesNotContain(Base64.getEncoder()
                                .withoutPadding()
                                .encodeToString(SECRET.getBytes(StandardCharsets.UTF_8)))
                        .doesNotContain(PortalOptions.PUBLIC_AUTH_KEY, PortalOptions.REGISTER_TOKEN)
                        .doesNotContain(PortalOptions.ACCESS_KEY, PortalOptions.SECRET_KEY);
            }
            assertThat(byOutcome)
                    .containsOnlyKeys(
                            "d-failed FAILED http-500",
                            "d-doubt IN_DOUBT answer-lost",
                            "d-late EXPIRED expired-on-arrival",
                            "d-invalid INVALID wrong-topic",
                            "no-id INVALID not-json",
                            "d-failed INVALID id-reused",
                            "d-change FAILED http-500");
            ConsumerRecord<byte[], byte[]> ofFailed = requireNonNull(byOutcome.get("d-failed FAILED http-500"));
            assertThat(Topics.json(ofFailed).path("emailAddress").asText()).isEqualTo("failed@example.com");
            assertThat(Topics.headers(ofFailed))
                    .containsEntry("__connect.errors.topic", "reset-requested")
                    .containsEntry("__connect.errors.partition", "0")
                    .containsEntry("__connect.errors.offset", Long.toString(failed));
            assertThat(Topics.json(requireNonNull(byOutcome.get("d-doubt IN_DOUBT answer-lost")))
                            .path("campaignId")
                            .asText())
                    .isEqualTo("spring");
            assertThat(byOutcome.entrySet())
                    .filteredOn(outcome -> outcome.getValue().value() == null)
                    .extracting(Map.Entry::getKey)
                    .containsExactlyInAnyOrder(
                            "d-invalid INVALID wrong-topic",
                            "no-id INVALID not-json",
                            "d-failed INVALID id-reused",
                            "d-change FAILED http-500");
        }
    }

    private static String reset(String id, String person, String more) {
        return "{\"eventId\":\"" + id + "\",\"emailAddress\":\"" + person + "@example.com\"" + more + "}";
    }

    private static String text(byte[] bytes) {
        return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
    }
}
