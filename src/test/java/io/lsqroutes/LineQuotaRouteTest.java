package io.lsqroutes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lsqroutes.attempt.Pauses;
import io.lsqroutes.event.Outcome;
import io.lsqroutes.event.Status;
import io.lsqroutes.sandbox.PortalOptions;
import io.lsqroutes.sandbox.Quirk;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The line stands on a day of which campaigns may use seven calls. */
class LineQuotaRouteTest extends RouteTestSupport {

    /** Long enough to see that nothing else is called meanwhile. */
    @Override
    protected Pauses pauses() {
        return new Pauses(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofMillis(20));
    }

    @Override
    protected Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>(super.settings());
        settings.put("lsq.public.auth-key", PortalOptions.PUBLIC_AUTH_KEY);
        settings.put("lsq.register.token", PortalOptions.REGISTER_TOKEN);
        settings.put("lsq.limit.daily", "30");
        settings.put("lsq.limit.daily-reserve", "23");
        return settings;
    }

    private void reset(String topic, String id) {
        send(topic, "{\"eventId\":\"%s\",\"emailAddress\":\"%s@example.com\"}".formatted(id, id));
    }

    @Test
    void aCampaignWhoseDayIsSpentKeepsNobodyFromTryingTheLine() throws Exception {
        reset("reset-campaign", "first");
        assertThat(outcome().status()).isEqualTo(Status.SUCCEEDED);
        portal.failAll(Quirk.UNAVAILABLE);
        for (int i = 0; i < 4; i++) {
            reset("reset-requested", "waits-" + i);
        }
        // The fifth call of the day stops the line, and the key call that follows tries it.
        await().until(() -> portal.calls().size() == 6);
        portal.recover();

        // It is tried next, having met no trouble; its key call is the seventh of the day, its own one has to wait.
        reset("reset-campaign", "many");

        for (int i = 0; i < 4; i++) {
            Outcome outcome = outcome();
            assertThat(outcome.status()).isEqualTo(Status.SUCCEEDED);
            assertThat(outcome.event().eventId()).startsWith("waits-");
        }
        assertThat(portal.callsTo("many@example.com")).isEmpty();
    }
}
