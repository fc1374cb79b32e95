package io.lsqroutes.it.start;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.lsqroutes.it.scene.JavaProcess;
import io.lsqroutes.it.scene.Topics;
import io.lsqroutes.sandbox.BrokerMain;
import io.lsqroutes.sandbox.PortalMain;
import io.lsqroutes.sandbox.PortalOptions;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar that ships, with broker and portal as processes of their own and its settings from the environment. */
class ApplicationIT {

    @Test
    void takesEventsAndPublishesOutcomes_alsoWhenKafkaComesUpLater(@TempDir Path data) throws Exception {
        int brokerPort = freePort();
        Map<String, String> environment = new HashMap<>(Map.of(
                "LSQ_PORTAL_ID", PortalOptions.PORTAL_ID,
                "LSQ_PUBLIC_AUTH_KEY", PortalOptions.PUBLIC_AUTH_KEY,
                "LSQ_REGISTER_TOKEN", PortalOptions.REGISTER_TOKEN,
                "LSQ_KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:" + brokerPort));
        try (JavaProcess portal = JavaProcess.ofMain(PortalMain.class, Map.of("PORTAL_PORT", "0"))) {
            String listens = portal.awaitLine(line -> line.startsWith("portal: listens on "));
            environment.put("LSQ_HOST", listens.substring("portal: listens on ".length()));
            try (JavaProcess bundle = JavaProcess.ofJar(environment)) {
                bundle.awaitLine(line -> line.contains("does not answer"));
                try (JavaProcess broker =
                                JavaProcess.ofMain(BrokerMain.class, Map.of(), "" + brokerPort, data.toString());
                        Topics topics = new Topics("127.0.0.1:" + brokerPort)) {
                    broker.awaitLine(line -> line.startsWith("broker: listens"));
                    bundle.awaitLine(line -> line.contains("Created topics"));
                    topics.send("reset-requested", "ada", "{\"eventId\":\"a-1\",\"emailAddress\":\"ada@example.com\"}");
                    topics.send(
                            "change-requested",
                            "ada",
                            "{\"eventId\":\"a-2\",\"emailAddress\":\"ada@example.com\",\"currentPassword\":\"OldSamplepassword@123\",\"newPassword\":\"PlantedSamplepassword@777\"}");

                    JsonNode outcomes = topics.awaitOutcomes(2, Duration.ofSeconds(90));

                    assertThat(outcomes)
                            .allMatch(outcome -> outcome.path("status").asText().equals("SUCCEEDED"));
                    bundle.signal("TERM");
                    assertThat(bundle.awaitExit(Duration.ofSeconds(30))).isIn(0, 143);
                    assertThat(String.join("\n", bundle.lines()))
                            .contains("change a-2 SUCCEEDED calls=1")
                            .doesNotContain("PlantedSamplepassword", "OldSamplepassword", "ada@example.com")
                            .doesNotContain(PortalOptions.PUBLIC_AUTH_KEY, PortalOptions.REGISTER_TOKEN);
                }
            }
        }
    }

    @Test
    void rejectsTheStartWithOneLinePerProblem() throws Exception {
        Map<String, String> environment = Map.of(
                "LSQ_HOST", "http://portalapi.leadsquared.com",
                "LSQ_ACCESS_KEY", "planted-access-key",
                "LSQ_LIMIT_CALLS", "many");
        try (JavaProcess bundle = JavaProcess.ofJar(environment)) {
            assertThat(bundle.awaitExit(Duration.ofSeconds(60))).isEqualTo(2);
            assertThat(bundle.lines())
                    .containsExactly(
                            "The start is rejected; these settings have to be put right:",
                            "  lsq.host (LSQ_HOST): is not https; expected an https URL (http is for loopback addresses alone)",
                            "  lsq.portal-id (LSQ_PORTAL_ID): is missing; expected the portal's id",
                            "  lsq.secret-key (LSQ_SECRET_KEY): is missing; lsq.access-key and lsq.secret-key go together",
                            "  lsq.limit.calls (LSQ_LIMIT_CALLS): is 'many'; expected a whole number from 0 to 100000");
        }
    }

    @Test
    void refusesACommandItDoesNotKnow() throws Exception {
        try (JavaProcess bundle = JavaProcess.ofJar(Map.of(), "reply", "--status", "FAILED")) {
            assertThat(bundle.awaitExit(Duration.ofSeconds(60))).isEqualTo(2);
            assertThat(bundle.lines())
                    .containsExactly("unknown command 'reply'; the nearest is replay; --help lists them all");
        }
    }

    @Test
    void stopsAtOnceWhileItWaitsForKafka() throws Exception {
        Map<String, String> environment = Map.of(
                "LSQ_HOST", "http://127.0.0.1:1",
                "LSQ_PORTAL_ID", "p",
                "LSQ_ACCESS_KEY", "planted-access-key",
                "LSQ_SECRET_KEY", "planted-{{secret}}-key",
                "LSQ_KAFKA_SASL_JAAS_CONFIG", "planted-password",
                "LSQ_KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:" + freePort());
        try (JavaProcess bundle = JavaProcess.ofJar(environment)) {
            bundle.awaitLine(line -> line.contains("does not answer"));
            bundle.signal("TERM");
            assertThat(bundle.awaitExit(Duration.ofSeconds(20))).isIn(0, 143);
            assertThat(String.join("\n", bundle.lines())).doesNotContain("planted");
        }
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
