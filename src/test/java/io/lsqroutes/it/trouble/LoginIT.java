package io.lsqroutes.it.trouble;

import static org.assertj.core.api.Assertions.assertThat;

import io.lsqroutes.it.scene.JavaProcess;
import io.lsqroutes.it.scene.Topics;
import io.lsqroutes.sandbox.Broker;
import io.lsqroutes.sandbox.Portal;
import io.lsqroutes.sandbox.PortalOptions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialAlteration;
import org.apache.kafka.clients.admin.UserScramCredentialDeletion;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.junit.jupiter.api.Test;

/** Kafka does not let the bundle in for a while. */
class LoginIT {
    private static final Duration SOON = Duration.ofSeconds(90);
    private static final String PASSWORD = "Kafka-samplepassword@123";

    private static void alter(Admin admin, UserScramCredentialAlteration alteration)
            throws ExecutionException, InterruptedException {
        admin.alterUserScramCredentials(List.of(alteration)).all().get();
    }

    private static void allow(Admin admin) throws ExecutionException, InterruptedException {
        ScramCredentialInfo info = new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_256, 4096);
        alter(admin, new UserScramCredentialUpsertion("bundle", info, PASSWORD));
    }

    private static void refuse(Admin admin) throws ExecutionException, InterruptedException {
        alter(admin, new UserScramCredentialDeletion("bundle", ScramMechanism.SCRAM_SHA_256));
    }

    private static void send(Topics topics, String id) throws ExecutionException, InterruptedException {
        topics.sent("reset-requested", id, "{\"eventId\":\"" + id + "\",\"emailAddress\":\"" + id + "@example.com\"}");
    }

    @Test
    void aLoginThatIsRefusedInMidRun_isTriedAgain() throws Exception {
        int port = Broker.freePort();
        try (Broker broker = Broker.startWithLogin(port);
                Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
                Portal portal = Portal.start(new PortalOptions());
                Topics topics = new Topics(broker.bootstrapServers())) {
            allow(admin);
            Map<String, String> environment = new HashMap<>(portal.environment());
            environment.put("LSQ_KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:" + port);
            environment.put("LSQ_KAFKA_SECURITY_PROTOCOL", "SASL_PLAINTEXT");
            environment.put("LSQ_KAFKA_SASL_MECHANISM", "SCRAM-SHA-256");
            environment.put(
                    "LSQ_KAFKA_SASL_JAAS_CONFIG",
                    "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"bundle\" password=\""
                            + PASSWORD + "\";");
            try (JavaProcess process = JavaProcess.ofJar(environment)) {
                process.awaitLine(line -> line.contains("is the owner now"));
                send(topics, "before");
                topics.awaitOutcomes(1, SOON);

                refuse(admin);
                process.awaitLine(line -> line.contains("while polling") && line.contains("uthentication"));
                send(topics, "meanwhile");
                allow(admin);

                topics.awaitOutcomes(2, SOON);
                assertThat(topics.records()).hasSize(2);
                assertThat(portal.calls()).hasSize(2);
                assertThat(process.lines()).noneMatch(line -> line.contains(PASSWORD));
            }
        }
    }
}
