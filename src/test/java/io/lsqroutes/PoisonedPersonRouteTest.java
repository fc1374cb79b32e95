package io.lsqroutes;

import static org.assertj.core.api.Assertions.assertThat;

import io.lsqroutes.event.Outcome;
import io.lsqroutes.event.Status;
import io.lsqroutes.sandbox.Portal;
import io.lsqroutes.sandbox.Quirk;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** One person's resets are always answered with a plain 500, and nobody else's are. */
class PoisonedPersonRouteTest extends RouteTestSupport {

    @Test
    void theEventFailsAfterItsFourAttempts_andAKeyCallOnlyWhereItIsToBeCharged() throws Exception {
        portal.quirk("poisoned@example.com", Quirk.SERVER_ERROR, Integer.MAX_VALUE);
        long since = System.nanoTime();
        send("reset-requested", "{\"emailAddress\":\"poisoned@example.com\"}");

        Outcome outcome = outcome();

        Duration taken = Duration.ofNanos(System.nanoTime() - since);
        int keyCalls = calls(Portal.PUBLIC_TOKEN).size();
        System.out.printf("poisoned: failed after %.1f s and %d key calls%n", taken.toMillis() / 1e3, keyCalls);
        assertThat(outcome)
                .extracting(Outcome::status, Outcome::code, Outcome::calls)
                .containsExactly(Status.FAILED, "http-500", 4);
        assertThat(keyCalls).as("one to have a key at all").isBetween(2, 5);
        assertThat(lineStands()).isFalse();
    }
}
