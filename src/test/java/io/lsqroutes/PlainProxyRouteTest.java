package io.lsqroutes;

import static org.assertj.core.api.Assertions.assertThat;

import io.lsqroutes.event.Status;
import io.lsqroutes.sandbox.Portal;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A portal on this machine without TLS, behind a proxy that counts: the proxy hands each call on. */
class PlainProxyRouteTest extends RouteTestSupport {
    private final CountingProxy proxy = new CountingProxy();

    @Override
    protected Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>(withGivenKeys(super.settings()));
        settings.put("lsq.proxy", "http://localhost:" + proxy.port());
        return settings;
    }

    @AfterEach
    void closeProxy() throws IOException {
        proxy.close();
    }

    @Test
    void everyCallGoesThroughIt() throws Exception {
        for (int i = 0; i < 3; i++) {
            send("reset-requested", "{\"emailAddress\":\"person-" + i + "@example.com\"}");
            assertThat(outcome().status()).isEqualTo(Status.SUCCEEDED);
        }

        assertThat(proxy.requests())
                .hasSize(3)
                .allMatch(request -> request.equals("POST " + host() + Portal.FORGOT_PASSWORD + " HTTP/1.1"));
        assertThat(calls(Portal.FORGOT_PASSWORD)).hasSize(3);
    }
}
