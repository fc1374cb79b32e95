package io.lsqroutes;

import static org.assertj.core.api.Assertions.assertThat;

import io.lsqroutes.event.Status;
import io.lsqroutes.sandbox.PortalOptions;
import io.lsqroutes.sandbox.Quirk;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A portal that allows two calls a second counts what really arrives: retries, sign-ins and key calls too. */
class PermitRouteTest extends RouteTestSupport {

    @Override
    protected PortalOptions portalOptions() {
        return super.portalOptions().limit(2, Duration.ofSeconds(1));
    }

    @Override
    protected Map<String, String> settings() {
        return Map.of("lsq.limit.calls", "2", "lsq.limit.window", "1s");
    }

    @Test
    void everyAttemptOfEveryCallTakesAPermit() throws Exception {
        portal.quirk("person-0@example.com", Quirk.SERVER_ERROR, 2);
        portal.quirk("person-1@example.com", Quirk.LIMIT_AS_200, 2);
        for (int i = 0; i < 4; i++) {
            send("reset-requested", "{\"emailAddress\":\"person-" + i + "@example.com\"}");
        }
        send(
                "change-requested",
                "{\"emailAddress\":\"ada@example.com\",\"currentPassword\":\"OldSamplepassword@123\",\"newPassword\":\"x\"}");

        for (int i = 0; i < 5; i++) {
            assertThat(outcome().status()).isEqualTo(Status.SUCCEEDED);
        }
        assertThat(portal.calls())
                .filteredOn(call -> !call.toString().contains("/Access/PublicToken"))
                .as("the other key, 8 resets, sign-in and change")
                .hasSize(11);
        assertThat(portal.calls()).as("a 500 may ask for a key first").hasSizeBetween(12, 15);
        assertThat(portal.refused()).isZero();
        assertThat(portal.mostCallsInAnyWindow()).isEqualTo(2);
    }
}
