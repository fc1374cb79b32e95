package io.lsqroutes;

import static org.assertj.core.api.Assertions.assertThat;

import io.lsqroutes.event.Status;
import io.lsqroutes.sandbox.PortalCall;
import io.lsqroutes.sandbox.PortalOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The account allows less than the bundle was told: the portal's words say how much. */
class NamedLimitRouteTest extends RouteTestSupport {
    private static final Duration WINDOW = Duration.ofSeconds(2);

    @Override
    protected PortalOptions portalOptions() {
        return super.portalOptions().limit(5, WINDOW);
    }

    @Override
    protected Map<String, String> settings() {
        return Map.of("lsq.limit.calls", "25", "lsq.limit.window", "2s");
    }

    @Test
    void theLimitThatTheApiNames_isKeptFromTheFirstRefusalOn() throws Exception {
        for (int i = 0; i < 20; i++) {
            send("reset-requested", "{\"emailAddress\":\"person-" + i + "@example.com\"}");
        }

        for (int i = 0; i < 20; i++) {
            assertThat(outcome().status()).isEqualTo(Status.SUCCEEDED);
        }
        List<PortalCall> refused =
                portal.calls().stream().filter(PortalCall::refused).toList();
        assertThat(refused).isNotEmpty();
        long first = refused.get(0).arrivalNanos();
        assertThat(refused)
                .as("refused besides those that were on their way when the first one was")
                .allMatch(call -> call.arrivalNanos() - first < WINDOW.toNanos());
    }
}
