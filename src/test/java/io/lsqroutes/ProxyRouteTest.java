package io.lsqroutes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lsqroutes.event.Outcome;
import io.lsqroutes.event.Status;
import io.lsqroutes.sandbox.PortalOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls through a proxy that counts: https in a tunnel, and what it refuses never reached LeadSquared. */
class ProxyRouteTest extends TlsGateTestSupport {
    private static final String BASIC =
            "Basic " + Base64.getEncoder().encodeToString("svc:s3cret".getBytes(StandardCharsets.US_ASCII));

    protected final CountingProxy proxy = new CountingProxy();

    @Override
    protected Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>(super.settings());
        settings.put("lsq.proxy", "http://localhost:" + proxy.port());
        settings.put("lsq.proxy.user", "svc");
        settings.put("lsq.proxy.password", "s3cret");
        return settings;
    }

    @AfterEach
    void closeProxy() throws IOException {
        proxy.close();
    }

    protected void reset(String person) {
        send("reset-requested", "{\"emailAddress\":\"" + person + "@example.com\"}");
    }

    protected void assertSent() throws InterruptedException {
        assertThat(outcome())
                .extracting(Outcome::status, Outcome::possibleDuplicate)
                .containsExactly(Status.SUCCEEDED, false);
    }

    @Test
    void anHttpsCallGoesThroughATunnel_andTheProxyReadsNothingOfIt() throws Exception {
        proxy.asksFor(BASIC);
        gate.receives(TlsGate.tls(certificates.right()));

        reset("ada");
        assertSent();

        String authority = gate.baseUrl().substring("https://".length());
        assertThat(proxy.requests())
                .isNotEmpty()
                .allMatch(request -> request.equals("CONNECT " + authority + " HTTP/1.1"));
        assertThat(proxy.seen()).doesNotContain(PortalOptions.PUBLIC_AUTH_KEY, PortalOptions.REGISTER_TOKEN);
        assertThat(portal.calls()).singleElement().satisfies(call -> assertThat(
                        call.headers().keySet())
                .noneMatch(header -> header.equalsIgnoreCase("Proxy-Authorization")));
    }

    @Test
    void whatTheProxyRefusesCostsNothing_andGoesOnByItself() throws Exception {
        gate.receives(TlsGate.tls(certificates.right()));
        for (String refusal : new String[] {"502 Bad Gateway", "407 Proxy Authentication Required", "503 Busy"}) {
            proxy.refuses(refusal);
            int before = portal.calls().size();
            for (int i = 0; i < 4; i++) {
                reset("person-" + refusal.charAt(2) + i);
            }
            await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(health())
                    .contains("suspended", gate.baseUrl(), "through the proxy localhost:" + proxy.port())
                    .contains("answers " + refusal.substring(0, 3))
                    .doesNotContain("s3cret"));
            assertThat(portal.calls()).hasSize(before);

            proxy.refuses("");
            for (int i = 0; i < 4; i++) {
                assertSent();
            }
            await().atMost(Duration.ofSeconds(20)).until(() -> health().isEmpty());
        }
    }

    @Test
    void aProxyThatIsNotThere() throws Exception {
        gate.receives(TlsGate.tls(certificates.right()));
        proxy.close();

        for (int i = 0; i < 4; i++) {
            reset("person-" + i);
        }

        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(health())
                .contains("through the proxy localhost:" + proxy.port() + ": the connection is refused"));
        assertThat(portal.calls()).isEmpty();
    }
}
