package io.lsqroutes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lsqroutes.event.Status;
import io.lsqroutes.sandbox.Portal;
import io.lsqroutes.sandbox.PortalCall;
import io.lsqroutes.sandbox.Quirk;
import org.junit.jupiter.api.Test;

/** Only access keys are given, and the key calls do not go well. */
class KeyCallsRouteTest extends RouteTestSupport {

    @Test
    void keyCallsThatTheApiAnswersWithA500InItsOwnWordsStopTheLine() throws Exception {
        portal.failAll(Quirk.SERVER_ERROR_ENVELOPE);
        for (int i = 0; i < 12; i++) {
            send("reset-requested", "{\"emailAddress\":\"person-" + i + "@example.com\"}");
        }
        await().until(this::lineStands);
        portal.recover();

        for (int i = 0; i < 12; i++) {
            assertThat(outcome().status()).isEqualTo(Status.SUCCEEDED);
        }
        assertThat(calls(Portal.PUBLIC_TOKEN).stream().map(PortalCall::status).filter(status -> status == 500))
                .as("four to stop it, and one at a time since")
                .hasSizeBetween(4, 8);
    }
}
