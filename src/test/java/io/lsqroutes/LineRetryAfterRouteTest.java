package io.lsqroutes;

import static org.assertj.core.api.Assertions.assertThat;

import io.lsqroutes.event.Status;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A gateway says how long it wants to be left alone. */
class LineRetryAfterRouteTest extends RouteTestSupport {
    private final ScriptedApi api = new ScriptedApi();

    @Override
    protected String host() {
        return "http://127.0.0.1:" + api.port();
    }

    @Override
    protected Map<String, String> settings() {
        return withGivenKeys(super.settings());
    }

    @AfterEach
    void closeApi() throws IOException {
        api.close();
    }

    @Test
    void theLineIsNotTriedBeforeThat() throws Exception {
        api.plays(Collections.nCopies(4, ScriptedApi.bytes(503, new byte[0], "Retry-After: 10")));
        for (int i = 0; i < 4; i++) {
            send("reset-requested", "{\"emailAddress\":\"person-" + i + "@example.com\"}");
        }
        long asked = System.nanoTime();

        assertThat(outcome().status()).isEqualTo(Status.SUCCEEDED);

        assertThat(Duration.ofNanos(System.nanoTime() - asked)).isGreaterThan(Duration.ofSeconds(9));
    }
}
