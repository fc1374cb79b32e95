package io.lsqroutes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lsqroutes.event.Status;
import io.lsqroutes.sandbox.Portal;
import io.lsqroutes.sandbox.Quirk;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The account is in trouble, and no event waits that could show when it is over. */
class EmptyNightRouteTest extends RouteTestSupport {

    @Test
    void aKeyCallShowsThatTheTroubleIsOver() throws Exception {
        send("reset-requested", "{\"emailAddress\":\"first@example.com\"}");
        assertThat(outcome().status()).isEqualTo(Status.SUCCEEDED);
        portal.failAll(Quirk.HTML);
        for (int i = 0; i < 4; i++) {
            send("reset-campaign", "{\"emailAddress\":\"person-" + i + "@example.com\"}");
        }
        for (int i = 0; i < 4; i++) {
            assertThat(outcome().status()).isEqualTo(Status.IN_DOUBT);
        }
        await().until(this::lineStands);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> calls(Portal.PUBLIC_TOKEN).size() >= 3);
        assertThat(lineStands()).isTrue();

        portal.recover();

        await().atMost(Duration.ofSeconds(30)).until(() -> !lineStands());
        assertThat(calls(Portal.FORGOT_PASSWORD)).as("nobody's event was tried").hasSize(5);
        send("reset-requested", "{\"emailAddress\":\"next@example.com\"}");
        assertThat(outcome().status()).isEqualTo(Status.SUCCEEDED);
    }
}
