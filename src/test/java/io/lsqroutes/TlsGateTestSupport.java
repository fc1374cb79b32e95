package io.lsqroutes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lsqroutes.TlsGate.Reception;
import io.lsqroutes.event.Outcome;
import io.lsqroutes.event.Status;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/** An https portal that can be made wrong and right again, while events come. */
abstract class TlsGateTestSupport extends RouteTestSupport {
    private static final int PERSONS = 4;

    protected static Certificates certificates;

    protected final TlsGate gate = new TlsGate(portal.port());
    private int persons;

    @BeforeAll
    static void makeCertificates() throws Exception {
        certificates = Certificates.ofAllTests();
    }

    @Override
    protected String host() {
        return gate.baseUrl();
    }

    @Override
    protected Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>(withGivenKeys(super.settings()));
        settings.put("lsq.ca-file", certificates.authority().toString());
        return settings;
    }

    @AfterEach
    void closeGate() throws IOException {
        gate.close();
    }

    protected String health() {
        return HealthCheckHelper.invokeReadiness(context()).stream()
                .filter(result -> result.getState() == HealthCheck.State.DOWN)
                .map(result -> result.getMessage().orElse(""))
                .findFirst()
                .orElse("");
    }

    /** Events meet it, wait, and are handled once it is put right. */
    protected void nothingIsSentWhile(Reception wrong, String cause) throws Exception {
        int before = portal.calls().size();
        gate.receives(wrong);
        for (int i = 0; i < PERSONS; i++) {
            send("reset-requested", "{\"emailAddress\":\"person-" + ++persons + "@example.com\"}");
        }
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(health()).contains("suspended", gate.baseUrl(), cause));
        assertThat(portal.calls()).as("calls that arrived: " + cause).hasSize(before);

        gate.receives(TlsGate.tls(certificates.right()));
        for (int i = 0; i < PERSONS; i++) {
            assertThat(outcome())
                    .as(cause)
                    .extracting(Outcome::status, Outcome::code, Outcome::possibleDuplicate)
                    .containsExactly(Status.SUCCEEDED, null, false);
        }
        await().atMost(Duration.ofSeconds(20)).until(() -> health().isEmpty());
    }
}
