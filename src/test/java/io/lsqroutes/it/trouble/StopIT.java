package io.lsqroutes.it.trouble;

import static org.assertj.core.api.Assertions.assertThat;

import io.lsqroutes.it.scene.JavaProcess;
import io.lsqroutes.it.scene.Scene;
import io.lsqroutes.it.scene.Truth.InDoubt;
import io.lsqroutes.sandbox.Broker;
import io.lsqroutes.sandbox.PortalOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** SIGTERM ends the process within the time that is promised, so that no supervisor has to kill it. */
@Tag("timed")
class StopIT {
    private static final Duration WITHOUT_KAFKA = Duration.ofSeconds(10);
    private static final Duration HANGS = Duration.ofMinutes(2);

    /** How long the process takes from SIGTERM to its end. */
    private static Duration stop(String name, JavaProcess worker) throws Exception {
        long signalled = System.nanoTime();
        worker.signal("TERM");
        assertThat(worker.awaitExit(HANGS)).isIn(0, 143);
        Duration took = Duration.ofNanos(System.nanoTime() - signalled);
        System.out.printf("%s: %.1f s from SIGTERM to the end%n", name, took.toMillis() / 1e3);
        return took;
    }

    @Test
    void whileKafkaIsDead_amidWork(TestInfo test, @TempDir Path data) throws Exception {
        try (Scene scene = Scene.withBrokerProcess(test.getDisplayName(), InDoubt.PARK, data)) {
            JavaProcess worker = scene.start(0);
            scene.queue(0, 2_000);
            scene.awaitCalls(100);
            scene.brokerProcess().kill();
            worker.awaitLine(line -> line.contains("does not answer"));

            assertThat(stop("Kafka is dead amid work", worker)).isLessThan(WITHOUT_KAFKA);
        }
    }

    /** With a commit that waits for its answer, and calls that wait for their mark. */
    @Test
    void whileKafkaIsFrozen_amidWork(TestInfo test, @TempDir Path data) throws Exception {
        try (Scene scene = Scene.withBrokerProcess(test.getDisplayName(), InDoubt.PARK, data)) {
            JavaProcess worker = scene.start(0);
            scene.queue(0, 2_000);
            scene.awaitCalls(100);
            scene.brokerProcess().freeze();

            assertThat(stop("Kafka is frozen amid work", worker)).isLessThan(WITHOUT_KAFKA);
        }
    }

    @Test
    void whileItWaitsForItsFirstBroker() throws Exception {
        Map<String, String> environment = new HashMap<>(Map.of(
                "LSQ_HOST", "http://127.0.0.1:1",
                "LSQ_PORTAL_ID", "p",
                "LSQ_ACCESS_KEY", "a",
                "LSQ_SECRET_KEY", "s",
                "LSQ_KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:" + Broker.freePort()));
        try (JavaProcess worker = JavaProcess.ofJar(environment)) {
            worker.awaitLine(line -> line.contains("does not answer"));

            assertThat(stop("no broker yet", worker)).isLessThan(WITHOUT_KAFKA);
        }
    }

    /** What hangs has its deadline; what was answered meanwhile is published, and nobody is called twice. */
    @Test
    void withCallsThatHang_itEndsWithinTheirDeadlineAndFiveSeconds(TestInfo test) throws Exception {
        Duration deadline = Duration.ofSeconds(8);
        PortalOptions options =
                new PortalOptions().answerTime(Duration.ofMillis(20)).slowAnswer(HANGS);
        try (Scene scene = Scene.of(test.getDisplayName(), InDoubt.PARK, options)) {
            Map<String, String> environment = new HashMap<>(scene.environment(0));
            environment.put("LSQ_CALL_DEADLINE", deadline.toSeconds() + "s");
            JavaProcess worker = scene.started(JavaProcess.ofJar(environment));
            scene.queue(0, 10);
            scene.awaitOutcomes();
            for (int i = 0; i < 4; i++) {
                scene.queue(
                        "h-" + i,
                        "reset-requested",
                        "{\"eventId\":\"h-" + i + "\",\"emailAddress\":\"h" + i + "+slow@example.com\"}");
            }
            scene.awaitCalls(14);

            assertThat(stop("calls hang", worker)).isLessThan(deadline.plusSeconds(5));

            // Each hanging call has come to its deadline, and so to its outcome.
            scene.awaitOutcomes();
            assertThat(scene.topics.statuses("h-0")).containsExactly("IN_DOUBT");
        }
    }
}
