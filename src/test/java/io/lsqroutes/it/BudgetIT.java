package io.lsqroutes.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.lsqroutes.sandbox.PortalCall;
import io.lsqroutes.sandbox.PortalOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** 300 resets against the portal's real limit: never above it, and next to nothing of it unused. */
class BudgetIT {
    private static final int EVENTS = 300;

    @Test
    void staysWithinTheLimitAndUsesIt() throws Exception {
        try (RunningBundle bundle = new RunningBundle(new PortalOptions(), Map.of())) {
            for (int i = 0; i < EVENTS; i++) {
                bundle.topics.send("reset-campaign", "k-" + i, "{\"emailAddress\":\"person-" + i + "@example.com\"}");
            }
            JsonNode outcomes = bundle.topics.awaitOutcomes(EVENTS, Duration.ofMinutes(3));

            List<PortalCall> calls = bundle.portal.calls();
            double seconds =
                    (calls.get(calls.size() - 1).arrivalNanos() - calls.get(0).arrivalNanos()) / 1e9;
            double used = (calls.size() - 1) / (seconds * 5);
            System.out.printf(
                    "budget: %d calls in %.1f s, refused %d, most in any 5 s %d, used %.1f %%%n",
                    calls.size(), seconds, bundle.portal.refused(), bundle.portal.mostCallsInAnyWindow(), 100 * used);
            assertThat(outcomes)
                    .allMatch(outcome -> outcome.path("status").asText().equals("SUCCEEDED"));
            assertThat(calls).hasSize(EVENTS);
            assertThat(bundle.portal.refused()).isZero();
            assertThat(bundle.portal.mostCallsInAnyWindow()).isLessThanOrEqualTo(25);
            assertThat(used).isBetween(0.95, 1.01);
        }
    }
}
