package io.lsqroutes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lsqroutes.event.Status;
import io.lsqroutes.sandbox.Portal;
import io.lsqroutes.sandbox.PortalCall;
import io.lsqroutes.sandbox.PortalOptions;
import io.lsqroutes.sandbox.Quirk;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** A portal that allows ten calls in two seconds sees whose call goes first. */
@Isolated("it has to send its events within one window")
class LanesRouteTest extends RouteTestSupport {
    private static final Duration WINDOW = Duration.ofSeconds(2);

    @Override
    protected PortalOptions portalOptions() {
        return super.portalOptions().limit(10, WINDOW);
    }

    @Override
    protected Map<String, String> settings() {
        return Map.of(
                "lsq.limit.calls",
                "10",
                "lsq.limit.window",
                "2s",
                "lsq.public.auth-key",
                PortalOptions.PUBLIC_AUTH_KEY,
                "lsq.register.token",
                PortalOptions.REGISTER_TOKEN);
    }

    private void campaign(int events) {
        for (int i = 0; i < events; i++) {
            send("reset-campaign", "{\"emailAddress\":\"many-" + i + "@example.com\"}");
        }
    }

    private List<String> persons() {
        return portal.calls().stream().map(PortalCall::person).toList();
    }

    @Test
    void somebodyWhoWaitsIsCalledForBeforeTheCampaignThatWasThereFirst() throws Exception {
        campaign(12);
        send("reset-requested", "{\"emailAddress\":\"ada@example.com\"}");
        send(
                "change-requested",
                "{\"emailAddress\":\"bob@example.com\",\"currentPassword\":\"OldSamplepassword@123\",\"newPassword\":\"x\"}");

        for (int i = 0; i < 14; i++) {
            assertThat(outcome().status()).isEqualTo(Status.SUCCEEDED);
        }

        // Whatever was granted before the last event was sent, the sign-in and the change are not behind the campaign.
        assertThat(persons().subList(0, 5)).contains("ada@example.com", "bob@example.com");
        assertThat(calls(Portal.SIGN_IN)).hasSize(1);
        assertThat(persons().indexOf("many-11@example.com"))
                .isGreaterThan(persons().lastIndexOf("bob@example.com"));
        assertThat(portal.refused()).isZero();
        assertThat(portal.mostCallsInAnyWindow()).isLessThanOrEqualTo(10);
    }

    @Test
    void aRefusalHoldsTheWholeAccount_andThenWhoWaitsGoesFirst() throws Exception {
        portal.quirk("many-0@example.com", Quirk.TOO_MANY_REQUESTS, 1);
        campaign(1);
        await().until(() -> portal.calls().size() == 1);
        campaign(3);
        send("reset-requested", "{\"emailAddress\":\"ada@example.com\"}");

        for (int i = 0; i < 5; i++) {
            assertThat(outcome().status()).isEqualTo(Status.SUCCEEDED);
        }

        List<PortalCall> calls = portal.calls();
        assertThat(calls.get(0).status()).isEqualTo(429);
        assertThat(calls.get(1).arrivalNanos() - calls.get(0).arrivalNanos())
                .as("nanoseconds without a call of anybody")
                .isGreaterThanOrEqualTo(WINDOW.toNanos());
        assertThat(calls.get(1).person()).isEqualTo("ada@example.com");
    }
}
