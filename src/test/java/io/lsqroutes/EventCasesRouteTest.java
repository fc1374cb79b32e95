package io.lsqroutes;

import static org.assertj.core.api.Assertions.assertThat;

import io.lsqroutes.event.Outcome;
import io.lsqroutes.event.Status;
import io.lsqroutes.sandbox.Portal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.component.kafka.KafkaConstants;
import org.junit.jupiter.api.Test;

/** Events that others write in their own way; the cases stand in {@code cases/}. */
class EventCasesRouteTest extends RouteTestSupport {
    private static final Path CASES = Path.of("src/test/resources/cases");

    private Outcome reset(String event) throws InterruptedException {
        send("reset-requested", event);
        return outcome();
    }

    private List<Outcome> resets(String file) throws IOException, InterruptedException {
        List<Outcome> outcomes = new ArrayList<>();
        for (String event : Files.readAllLines(CASES.resolve(file))) {
            outcomes.add(reset(event));
        }
        return outcomes;
    }

    private static String nested(int levels) {
        return "{\"eventId\":\"deep-" + levels + "\",\"emailAddress\":\"deep@example.com\",\"meta\":"
                + "[".repeat(levels - 1) + "]".repeat(levels - 1) + "}";
    }

    @Test
    void case10_anUnknownFieldMayHoldWhatItLikes() throws Exception {
        Outcome outcome = reset(Files.readString(CASES.resolve("10-nested-nine-deep.event.json")));

        assertThat(outcome.status()).isEqualTo(Status.SUCCEEDED);
        assertThat(outcome.event().eventId()).isEqualTo("c10");
        assertThat(reset(nested(200))).satisfies(deepest -> {
            assertThat(deepest.status()).isEqualTo(Status.SUCCEEDED);
            assertThat(deepest.event().eventId()).isEqualTo("deep-200");
        });
        assertThat(reset(nested(201)))
                .extracting(Outcome::status, Outcome::code)
                .containsExactly(Status.INVALID, "not-json");
    }

    @Test
    void case11_aTimeThatCannotBeReadDoesNotCostTheEvent() throws Exception {
        List<Outcome> outcomes = resets("11-times.events.jsonl");

        assertThat(outcomes).extracting(Outcome::status).containsOnly(Status.SUCCEEDED);
        assertThat(outcomes)
                .extracting(outcome -> outcome.event().requestedAt() == null
                        ? null
                        : outcome.event().requestedAt().toString())
                .containsExactly(
                        "2026-11-22T04:30:00Z",
                        "2026-11-22T10:00:00Z",
                        "2026-11-22T09:00:00Z",
                        "2026-11-22T10:00:00Z",
                        "2026-11-22T10:00:00.123Z",
                        "2026-11-22T10:00:00Z",
                        "2026-11-22T10:00:00Z",
                        "2026-11-22T10:00:00Z",
                        null,
                        null);
        for (String unread :
                List.of("1795341600", "true", "{\"at\":1}", "[\"\"]", "\"\"", "\"\\u0000\"", "\"\\ud800\"")) {
            assertThat(reset("{\"emailAddress\":\"ada@example.com\",\"requestedAt\":" + unread + "}")
                            .status())
                    .as(unread)
                    .isEqualTo(Status.SUCCEEDED);
        }
        assertThat(reset("{\"emailAddress\":\"ada@example.com\",\"expiresAt\":\"2126-11-22 10:00+0530\"}")
                        .status())
                .isEqualTo(Status.SUCCEEDED);
        assertThat(reset("{\"emailAddress\":\"ada@example.com\",\"expiresAt\":\"2126-W47-7T10:00:00Z\"}"))
                .extracting(Outcome::status, Outcome::code)
                .containsExactly(Status.INVALID, "bad-time");
    }

    @Test
    void case12_anAddressIsTrimmedAndHoldsNothingInvisible() throws Exception {
        List<Outcome> outcomes = resets("12-addresses.events.jsonl");

        assertThat(outcomes)
                .extracting(outcome -> outcome.status() + " " + outcome.code())
                .containsExactly(
                        "SUCCEEDED null",
                        "INVALID bad-text",
                        "INVALID bad-text",
                        "INVALID bad-text",
                        "INVALID bad-text",
                        "INVALID bad-text",
                        "SUCCEEDED null",
                        "SUCCEEDED null");
        assertThat(calls(Portal.FORGOT_PASSWORD))
                .extracting(call -> call.body())
                .containsExactly(
                        "{\"EmailAddress\":\"c12@x.test\"}",
                        "{\"EmailAddress\":\"mailto:c12@x.test\"}",
                        "{\"EmailAddress\":\"\u7528\u6237@\u4f8b\u3048.jp\"}");
        assertThat(reset("{\"searchKey\":{\"schemaName\":\"Phone\",\"value\":\"\\u202d+14-157415569\"}}")
                        .code())
                .isEqualTo("bad-text");
        assertThat(reset("{\"searchKey\":{\"schemaName\":\"Phone\",\"value\":\"+14\\u2060157415569\"}}")
                        .code())
                .isEqualTo("bad-text");
    }

    @Test
    void aRecordWithoutAUsableTimeExpiresByTheTimeItWasRead() throws Exception {
        Instant before = Instant.now();
        for (long unusable : new long[] {
            -1,
            0,
            before.getEpochSecond(),
            before.plusSeconds(40L * 365 * 86_400).toEpochMilli(),
            Long.MAX_VALUE
        }) {
            send(
                    "reset-requested",
                    "{\"emailAddress\":\"ada@example.com\"}",
                    Map.of(KafkaConstants.TIMESTAMP, unusable));
            Outcome outcome = outcome();
            assertThat(outcome.status()).as("%s", unusable).isEqualTo(Status.SUCCEEDED);
            assertThat(outcome.event().expiresAt())
                    .as("%s", unusable)
                    .isBetween(before.plusSeconds(86_400), Instant.now().plusSeconds(86_400));
        }
        send(
                "reset-requested",
                "{\"emailAddress\":\"ada@example.com\"}",
                Map.of(KafkaConstants.TIMESTAMP, before.minusSeconds(2 * 86_400).toEpochMilli()));
        assertThat(outcome().status()).isEqualTo(Status.EXPIRED);
    }
}
