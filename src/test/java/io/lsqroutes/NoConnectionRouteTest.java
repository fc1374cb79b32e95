package io.lsqroutes;

import static org.assertj.core.api.Assertions.assertThat;

import io.lsqroutes.event.Outcome;
import io.lsqroutes.event.Status;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The API's host takes connections and does not speak TLS: no request arrives, whatever is tried until the event expires. */
class NoConnectionRouteTest extends RouteTestSupport {
    private final ScriptedApi api = new ScriptedApi();

    @Override
    protected String host() {
        return "https://127.0.0.1:" + api.port();
    }

    @Override
    protected Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>(super.settings());
        settings.put("lsq.public.auth-key", "key");
        settings.put("lsq.register.token", "token");
        settings.put("lsq.retry.attempts", "1");
        return settings;
    }

    @AfterEach
    void closeApi() throws IOException {
        api.close();
    }

    @Test
    void nothingIsDoneAndNothingIsCharged() throws Exception {
        // With the tolerance of five minutes it is good for five seconds.
        send(
                "reset-requested",
                "{\"emailAddress\":\"ada@example.com\",\"expiresAt\":\""
                        + Instant.now().minusSeconds(295) + "\"}");

        Outcome outcome = outcome();
        assertThat(outcome)
                .extracting(Outcome::status, Outcome::code, Outcome::possibleDuplicate, Outcome::httpStatus)
                .containsExactly(Status.EXPIRED, "expired-waiting", false, null);
        assertThat(outcome.calls()).as("attempts, none of them charged").isPositive();
        assertThat(api.calls()).isZero();
    }
}
