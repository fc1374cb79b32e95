package io.lsqroutes.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A network between caller and portal. */
class PortalWayTest {
    private static final int CALLS = 20;

    @Test
    void aCallAndItsAnswerAreUnderWay() {
        Duration longest = Duration.ofMillis(60);
        long third = longest.toNanos() / 3;
        int slowThere = 0;
        int slowBack = 0;
        try (PortalClient client = new PortalClient(PortalClient.options().way(longest))) {
            client.forgot(PortalClient.RESET_ADA);
            for (int i = 1; i <= CALLS; i++) {
                long sent = System.nanoTime();
                client.forgot(PortalClient.RESET_ADA);
                long answered = System.nanoTime();
                long arrived = client.portal.calls().get(i).arrivalNanos();
                slowThere += arrived - sent > third ? 1 : 0;
                slowBack += answered - arrived > third ? 1 : 0;
            }
        }
        // Two of three are expected to; less than four do once in a hundred thousand runs.
        assertThat(slowThere).isGreaterThanOrEqualTo(4);
        assertThat(slowBack).isGreaterThanOrEqualTo(4);
    }
}
