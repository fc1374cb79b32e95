package io.lsqroutes.it.persons;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.lsqroutes.it.scene.RunningBundle;
import io.lsqroutes.sandbox.Portal;
import io.lsqroutes.sandbox.PortalCall;
import io.lsqroutes.sandbox.PortalOptions;
import io.lsqroutes.sandbox.Quirk;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** One person's events go one after the other; different persons' go side by side. */
class OrderIT {
    private static final Duration SOON = Duration.ofSeconds(90);
    private static final String ADA = "ada@example.com";

    private static RunningBundle bundle(Duration answerTime) throws Exception {
        return new RunningBundle(
                new PortalOptions().limit(0, Duration.ofSeconds(5)).answerTime(answerTime),
                Map.of("LSQ_LIMIT_CALLS", "0", "LSQ_LIMIT_WINDOW", "1s"));
    }

    private static String change(String id, String from, String to) {
        return "{\"eventId\":\"%s\",\"emailAddress\":\"%s\",\"currentPassword\":\"%s\",\"newPassword\":\"%s\"}"
                .formatted(id, ADA, from, to);
    }

    @Test
    void twoChangesOfOnePerson_underDifferentKeys_keepTheirOrder_alsoWhenTheFirstIsTriedAgain() throws Exception {
        try (RunningBundle running = bundle(Duration.ZERO)) {
            String old = running.portal.password(ADA);
            running.portal.quirk(ADA, Quirk.SERVER_ERROR_ENVELOPE, 2);

            running.topics.sent("change-requested", "one-key", change("first", old, "Second-password@123"));
            running.topics.sent(
                    "change-requested", "another-key", change("second", "Second-password@123", "Third-password@123"));

            JsonNode outcomes = running.topics.awaitOutcomes(2, SOON);
            assertThat(outcomes.path("first").path("status").asText()).isEqualTo("SUCCEEDED");
            assertThat(outcomes.path("first").path("calls").asInt()).isEqualTo(3);
            assertThat(outcomes.path("second").path("status").asText()).isEqualTo("SUCCEEDED");
            assertThat(running.portal.password(ADA)).isEqualTo("Third-password@123");
            List<String> wished = running.portal.callsTo(ADA).stream()
                    .filter(call -> call.endpoint().equals(Portal.CHANGE_PASSWORD))
                    .map(PortalCall::body)
                    .map(body -> body.contains("Third") ? "second" : "first")
                    .toList();
            assertThat(wished).containsExactly("first", "first", "first", "second");
        }
    }

    @Test
    void manyEventsOfOnePerson_thatFailAndAreTriedAgain_holdUpNobodyElse() throws Exception {
        try (RunningBundle running = bundle(Duration.ZERO)) {
            running.portal.quirk(ADA, Quirk.SERVER_ERROR_ENVELOPE, 1_000);
            for (int i = 0; i < 30; i++) {
                running.topics.send(
                        "reset-requested", "k" + i, "{\"eventId\":\"a-%d\",\"emailAddress\":\"%s\"}".formatted(i, ADA));
            }
            running.topics.sent("reset-requested", "k", "{\"eventId\":\"b\",\"emailAddress\":\"bob@example.com\"}");

            await().atMost(SOON)
                    .until(() -> !running.topics.records().isEmpty()
                            && running.topics.statuses("b").contains("SUCCEEDED"));
            // Each of hers takes some seconds.
            assertThat(running.topics.records()).as("outcomes until then").hasSizeLessThan(5);
        }
    }

    @Test
    void aThousandEventsWithoutAKey_goSideBySide() throws Exception {
        Duration answer = Duration.ofMillis(200);
        try (RunningBundle running = bundle(answer)) {
            long started = System.nanoTime();
            for (int i = 0; i < 1_000; i++) {
                running.topics.send(
                        "reset-requested",
                        null,
                        "{\"eventId\":\"n-%d\",\"emailAddress\":\"n-%d@example.com\"}".formatted(i, i));
            }

            running.topics.awaitOutcomes(1_000, Duration.ofMinutes(3));

            Duration took = Duration.ofNanos(System.nanoTime() - started);
            System.out.printf("1,000 events without a key, answered after 200 ms: %.1f s%n", took.toMillis() / 1000.0);
            assertThat(besideThreeOthers(running, answer))
                    .as("calls beside three others")
                    .isGreaterThan(100);
            assertThat(running.topics.records()).hasSize(1_000);
            assertThat(running.portal.calls()).hasSize(1_000);
        }
    }

    /** A call is out for as long as its answer takes, at least. */
    private static long besideThreeOthers(RunningBundle running, Duration answer) {
        long[] arrivals = running.portal.calls().stream()
                .mapToLong(PortalCall::arrivalNanos)
                .sorted()
                .toArray();
        return IntStream.range(3, arrivals.length)
                .filter(i -> arrivals[i] - arrivals[i - 3] < answer.toNanos())
                .count();
    }
}
