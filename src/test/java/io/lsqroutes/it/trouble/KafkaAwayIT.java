package io.lsqroutes.it.trouble;

import static org.assertj.core.api.Assertions.assertThat;

import io.lsqroutes.it.scene.BrokerProcess;
import io.lsqroutes.it.scene.JavaProcess;
import io.lsqroutes.it.scene.Scene;
import io.lsqroutes.it.scene.Topics;
import io.lsqroutes.sandbox.Portal;
import io.lsqroutes.sandbox.PortalOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kafka dies under the bundle that ships, and comes back: what the log says of it, without any traffic. */
class KafkaAwayIT {
    private static final Path LOG = Path.of("target", "kafka-away.log");

    private static boolean tells(String line) {
        return line.contains("Kafka at ") && line.contains("does not answer (since ");
    }

    private static boolean tellsTheEnd(String line) {
        return line.contains("Over after ") && line.contains("does not answer");
    }

    /** Owner and standby at once; gives the whole log of the owner since Kafka died. */
    private static List<String> kafkaDies(Path data, Duration time) throws Exception {
        try (BrokerProcess broker = new BrokerProcess(data, Map.of());
                Portal portal = Portal.start(new PortalOptions())) {
            Map<String, String> environment = new HashMap<>(portal.environment());
            environment.put("LSQ_KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers());
            try (JavaProcess owner = JavaProcess.ofJar(environment)) {
                owner.awaitLine(line -> line.contains("is the owner now"));
                try (JavaProcess standby = JavaProcess.ofJar(environment);
                        Topics topics = new Topics(broker.bootstrapServers())) {
                    standby.awaitLine(line -> line.contains("stands by"));
                    topics.sent("reset-requested", "a", "{\"eventId\":\"a\",\"emailAddress\":\"a@example.com\"}");
                    topics.awaitOutcomes(1, Duration.ofSeconds(90));
                    int before = owner.lines().size();

                    broker.kill();
                    Scene.pass(time);
                    assertThat(owner.lines()).anyMatch(KafkaAwayIT::tells);
                    assertThat(standby.lines()).anyMatch(KafkaAwayIT::tells);
                    broker.restart();
                    owner.awaitLine(KafkaAwayIT::tellsTheEnd);
                    standby.awaitLine(KafkaAwayIT::tellsTheEnd);

                    topics.sent("reset-requested", "b", "{\"eventId\":\"b\",\"emailAddress\":\"b@example.com\"}");
                    topics.awaitOutcomes(2, Duration.ofSeconds(90));
                    assertThat(portal.calls()).hasSize(2);
                    return owner.lines().subList(before, owner.lines().size());
                }
            }
        }
    }

    private static void keep(List<String> log) throws IOException {
        Files.write(LOG, log);
        System.out.println("kafka away: " + log.size() + " lines; they are in " + LOG);
        log.forEach(System.out::println);
    }

    @Test
    void aKafkaThatDies_isToldOnce_andWhenItIsBack(@TempDir Path data) throws Exception {
        List<String> log = kafkaDies(data, Duration.ofSeconds(10));

        keep(log);
        assertThat(log.stream().filter(KafkaAwayIT::tells).filter(line -> line.contains(" WARN ")))
                .hasSize(1);
        assertThat(log.stream().filter(KafkaAwayIT::tellsTheEnd)).hasSize(1);
        assertThat(log).hasSizeLessThanOrEqualTo(12);
    }

    @Test
    @Tag("chaos")
    void aKafkaThatIsDeadForAMinute_isToldTwice_andWhenItIsBack(@TempDir Path data) throws Exception {
        List<String> log = kafkaDies(data, Duration.ofSeconds(68));

        keep(log);
        assertThat(log.stream().filter(KafkaAwayIT::tells).filter(line -> line.contains(" WARN ")))
                .hasSize(2);
        assertThat(log.stream().filter(KafkaAwayIT::tellsTheEnd)).hasSize(1);
        assertThat(log).hasSizeLessThanOrEqualTo(15);
    }
}
