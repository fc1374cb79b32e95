package io.lsqroutes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lsqroutes.event.Status;
import io.lsqroutes.sandbox.Quirk;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A gateway answers a plain 500 for a while, is well, and fails again: an event that is charged once has failed. */
class FlappingRouteTest extends RouteTestSupport {
    private static final int OUTAGES = 4;
    private static final int EVENTS = 8;

    @Override
    protected Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>(super.settings());
        settings.put("lsq.retry.attempts", "1");
        return settings;
    }

    @Test
    void case23_anOutageThatComesAndGoesChargesNobody() throws Exception {
        assertNobodyIsCharged(Quirk.SERVER_ERROR);
    }

    @Test
    void aGatewaysPageThatComesAndGoesChargesNobody() throws Exception {
        assertNobodyIsCharged(Quirk.NOT_FOUND_HTML);
    }

    private void assertNobodyIsCharged(Quirk quirk) throws InterruptedException {
        for (int outage = 0; outage < OUTAGES; outage++) {
            assertIsAnswered("before-" + outage);
            portal.failAll(quirk);
            for (int i = 0; i < EVENTS; i++) {
                reset("p-" + outage + "-" + i);
            }
            await().until(this::lineStands);
            portal.recover();
            for (int i = 0; i < EVENTS; i++) {
                assertThat(outcome().status()).isEqualTo(Status.SUCCEEDED);
            }
        }
    }

    private void assertIsAnswered(String person) throws InterruptedException {
        reset(person);
        assertThat(outcome().status()).isEqualTo(Status.SUCCEEDED);
    }

    private void reset(String person) {
        send("reset-requested", "{\"emailAddress\":\"" + person + "@example.com\"}");
    }
}
