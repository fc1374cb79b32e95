package io.lsqroutes.it.trouble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.lsqroutes.Application;
import io.lsqroutes.it.scene.JavaProcess;
import io.lsqroutes.it.scene.Topics;
import io.lsqroutes.sandbox.Broker;
import io.lsqroutes.sandbox.Portal;
import io.lsqroutes.sandbox.PortalCall;
import io.lsqroutes.sandbox.PortalOptions;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.Test;

/** An account that no call has ever succeeded with is put right on the same journal; one that has worked keeps it. */
class WrongAccountIT {
    private static final Duration SOON = Duration.ofSeconds(90);
    private static final int EVENTS = 16;

    private static Main started(Map<String, String> environment) throws Exception {
        Main bundle = Application.bundle(environment);
        bundle.configure().setJmxEnabled(false);
        bundle.start();
        return bundle;
    }

    private static Map<String, String> environment(Broker broker, Portal portal) {
        Map<String, String> environment = new HashMap<>(portal.environment());
        environment.put("LSQ_KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers());
        environment.put("LSQ_PUBLIC_AUTH_KEY", "");
        environment.put("LSQ_REGISTER_TOKEN", "");
        return environment;
    }

    @Test
    void case22_aWrongPortalIdCostsNoEvent_andIsPutRightOnTheSameJournal() throws Exception {
        try (Broker broker = Broker.start();
                Portal portal = Portal.start(new PortalOptions());
                Topics topics = new Topics(broker.bootstrapServers())) {
            Map<String, String> right = environment(broker, portal);
            Map<String, String> wrong = new HashMap<>(right);
            wrong.put("LSQ_PORTAL_ID", "of-somebody-else");
            Main bundle = started(wrong);
            broker.awaitTopics("reset-requested", "password-results");
            for (int i = 0; i < EVENTS; i++) {
                topics.send("reset-requested", "k-" + i, event("e-" + i));
            }
            await().atMost(SOON)
                    .until(() -> portal.calls().stream()
                                    .filter(call -> call.endpoint().equals(Portal.FORGOT_PASSWORD))
                                    .map(PortalCall::person)
                                    .distinct()
                                    .count()
                            >= 3);
            assertThat(topics.records()).isEmpty();
            bundle.stop();

            // The wrong region's host, on the same journal.
            Map<String, String> elsewhere = new HashMap<>(wrong);
            elsewhere.put("LSQ_HOST", "http://127.0.0.1:" + Broker.freePort());
            try (JavaProcess process = JavaProcess.ofMain(Application.class, elsewhere)) {
                process.awaitLine(line -> line.contains("no connection to LeadSquared can be made"));
            }

            Main again = started(right);
            JsonNode outcomes = topics.awaitOutcomes(EVENTS, SOON);
            again.stop();

            assertThat(outcomes.findValuesAsText("status")).isEqualTo(Collections.nCopies(EVENTS, "SUCCEEDED"));
            assertRefused(wrong);
        }
    }

    /** The right account has worked since. */
    private static void assertRefused(Map<String, String> environment) throws Exception {
        try (JavaProcess process = JavaProcess.ofMain(Application.class, environment)) {
            assertThat(process.awaitExit(SOON)).isEqualTo(2);
            assertThat(process.lines()).anyMatch(line -> line.contains("it belongs to another account"));
        }
    }

    private static String event(String id) {
        return "{\"eventId\":\"" + id + "\",\"emailAddress\":\"" + id + "@example.com\"}";
    }
}
