package io.lsqroutes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.lsqroutes.attempt.Pauses;
import io.lsqroutes.event.Outcome;
import io.lsqroutes.event.Status;
import io.lsqroutes.sandbox.Portal;
import io.lsqroutes.sandbox.PortalOptions;
import io.lsqroutes.sandbox.Quirk;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What ends a stop of the line, and who is tried meanwhile; without access keys, so that only events can show it. */
class LineRouteTest extends RouteTestSupport {
    private static final String SLOW = "slow@example.com";
    private static final Duration SLOWLY = Duration.ofMillis(500);

    @Override
    protected PortalOptions portalOptions() {
        return super.portalOptions().slowAnswer(SLOWLY);
    }

    /** Long enough to see what is not done meanwhile. */
    @Override
    protected Pauses pauses() {
        return new Pauses(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofMillis(20));
    }

    @Override
    protected Map<String, String> settings() {
        return withGivenKeys(super.settings());
    }

    private void reset(String person) {
        send("reset-requested", "{\"emailAddress\":\"" + person + "\"}");
    }

    @Test
    void aSignInThatWasRefusedOnceIsNotMadeAgainToTryTheLine() throws Exception {
        send(
                "change-requested",
                "{\"emailAddress\":\"ada@example.com\",\"currentPassword\":\"wrong\",\"newPassword\":\"x\"}");
        await().until(this::lineStands);
        // More than the pause after which the line is tried.
        await().during(Duration.ofMillis(1_500))
                .atMost(Duration.ofSeconds(20))
                .until(() -> calls(Portal.SIGN_IN).size() == 1);

        reset("bob@example.com");

        assertThat(List.of(outcome(), outcome()))
                .extracting(Outcome::status, Outcome::code)
                .containsExactlyInAnyOrder(tuple(Status.SUCCEEDED, null), tuple(Status.REJECTED, "sign-in-refused"));
        assertThat(calls(Portal.SIGN_IN)).hasSize(1);
        assertThat(lineStands()).isFalse();
    }

    @Test
    void theSuccessOfACallFromBeforeAnOutageDoesNotEndIt() throws Exception {
        portal.quirk(SLOW, Quirk.SLOW, 1);
        reset(SLOW);
        await().until(() -> calls(Portal.FORGOT_PASSWORD).size() == 1);
        for (int i = 0; i < 4; i++) {
            portal.quirk("p-" + i + "@example.com", Quirk.UNAVAILABLE, Integer.MAX_VALUE);
            reset("p-" + i + "@example.com");
        }
        await().until(this::lineStands);
        assertThat(outcome().status()).isEqualTo(Status.SUCCEEDED);

        reset("next@example.com");
        assertThat(outcome().status()).isEqualTo(Status.SUCCEEDED);

        assertThat(portal.calls().stream().takeWhile(call -> !call.person().equals("next@example.com")))
                .as("each once, perhaps one again before the fourth, but not all four before the next one was tried")
                .hasSizeLessThan(5 + 4);
    }
}
