package io.lsqroutes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lsqroutes.event.Outcome;
import io.lsqroutes.event.Status;
import io.lsqroutes.sandbox.PortalCall;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.junit.jupiter.api.Test;

/** A day of five calls, four of them for somebody who waits; the keys cost two. */
class QuotaRouteTest extends RouteTestSupport {

    @Override
    protected Map<String, String> settings() {
        return Map.of(
                "lsq.limit.calls",
                "0",
                "lsq.limit.window",
                "100ms",
                "lsq.limit.daily",
                "5",
                "lsq.limit.daily-reserve",
                "4");
    }

    private static String expiringIn(Duration time) {
        return Instant.now().minus(Duration.ofMinutes(5)).plus(time).toString();
    }

    private static String trouble(org.apache.camel.CamelContext context) {
        return HealthCheckHelper.invokeReadiness(context).stream()
                .filter(result -> result.getState() == HealthCheck.State.DOWN)
                .map(result -> result.getMessage().orElse(""))
                .findFirst()
                .orElse("");
    }

    @Test
    void theCampaignStandsStill_whoWaitsGoesOn_andThenNobodyIsCalledForUntilItExpires() throws Exception {
        send(
                "reset-campaign",
                "{\"eventId\":\"many\",\"emailAddress\":\"many@example.com\",\"expiresAt\":\"%s\"}"
                        .formatted(expiringIn(Duration.ofSeconds(6))));
        // Its keys are everybody's, and are fetched; its own call stands still.
        await().until(() -> portal.calls().size() == 2);

        for (int i = 0; i < 3; i++) {
            send("reset-requested", "{\"emailAddress\":\"ada-" + i + "@example.com\"}");
            assertThat(outcome().status()).isEqualTo(Status.SUCCEEDED);
        }
        assertThat(trouble(context())).contains("the day's quota is spent: 5 of 5 calls, until 20");
        send(
                "reset-requested",
                "{\"eventId\":\"late\",\"emailAddress\":\"bob@example.com\",\"expiresAt\":\"%s\"}"
                        .formatted(expiringIn(Duration.ofSeconds(8))));

        Outcome many = outcome();
        Outcome late = outcome();
        assertThat(many.event().eventId()).isEqualTo("many");
        assertThat(late.event().eventId()).isEqualTo("late");
        assertThat(many.status()).isEqualTo(Status.EXPIRED);
        assertThat(late.status()).isEqualTo(Status.EXPIRED);
        assertThat(many.code()).isEqualTo("expired-waiting");
        assertThat(many.calls()).isZero();
        assertThat(portal.calls()).hasSize(5);
        assertThat(portal.calls()).extracting(PortalCall::person).doesNotContain("many@example.com", "bob@example.com");
    }
}
