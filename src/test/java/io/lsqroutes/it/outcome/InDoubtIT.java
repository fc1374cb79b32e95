package io.lsqroutes.it.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.lsqroutes.it.scene.RunningBundle;
import io.lsqroutes.sandbox.PortalOptions;
import io.lsqroutes.sandbox.Quirk;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Many answers are lost at once: what waits to be resent or verified must not hold up what else is to be called. */
class InDoubtIT {
    private static final int EVENTS = 20;

    @Test
    void moreEventsThanMayBeInFlightLoseTheirAnswers_andAllAreSettled() throws Exception {
        PortalOptions options =
                new PortalOptions().limit(0, Duration.ofSeconds(5)).answerTime(Duration.ofMillis(20));
        Map<String, String> settings = Map.of("LSQ_LIMIT_CALLS", "0", "LSQ_CALL_DEADLINE", "3s");
        try (RunningBundle bundle = new RunningBundle(options, settings)) {
            for (int i = 0; i < EVENTS; i++) {
                bundle.portal.quirk("reset-" + i + "@example.com", Quirk.CUT, 1);
                bundle.portal.quirk("change-" + i + "@example.com", i % 2 == 0 ? Quirk.CUT : Quirk.DROPPED, 1);
                bundle.topics.send("reset-requested", "r" + i, event("reset-" + i, ""));
                bundle.topics.send(
                        "change-requested",
                        "c" + i,
                        event(
                                "change-" + i,
                                ",\"currentPassword\":\"OldSamplepassword@123\",\"newPassword\":\"NewSamplepassword@123\""));
            }

            JsonNode byEvent = bundle.topics.awaitOutcomes(2 * EVENTS, Duration.ofSeconds(60));

            for (int i = 0; i < EVENTS; i++) {
                JsonNode reset = byEvent.path("reset-" + i);
                assertThat(reset.path("status").asText()).as("%s", reset).isEqualTo("SUCCEEDED");
                assertThat(reset.path("calls").asInt()).isEqualTo(2);
                JsonNode change = byEvent.path("change-" + i);
                assertThat(change.path("status").asText()).as("%s", change).isEqualTo("SUCCEEDED");
                assertThat(change.path("calls").asInt()).isEqualTo(i % 2 == 0 ? 1 : 2);
                assertThat(bundle.portal.password("change-" + i + "@example.com"))
                        .isEqualTo("NewSamplepassword@123");
            }
        }
    }

    private static String event(String id, String more) {
        return "{\"eventId\":\"" + id + "\",\"emailAddress\":\"" + id + "@example.com\"" + more + "}";
    }
}
