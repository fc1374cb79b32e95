package io.lsqroutes.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lsqroutes.sandbox.Broker;
import io.lsqroutes.sandbox.Portal;
import io.lsqroutes.sandbox.PortalOptions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Processes of the shipped jar are killed while they work; the portal and the topics tell what came of it. */
class CrashIT {
    private static final int LIMIT = 400;
    private static final Duration LONG = Duration.ofMinutes(1);

    private Broker broker;
    private Portal portal;
    private Topics topics;
    private Map<String, String> environment;

    @BeforeEach
    void start() {
        broker = Broker.start();
        portal = Portal.start(
                new PortalOptions().limit(LIMIT, Duration.ofSeconds(1)).answerTime(Duration.ofMillis(20)));
        topics = new Topics(broker.bootstrapServers());
        environment = new HashMap<>(portal.environment());
        environment.put("LSQ_KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers());
        environment.put("LSQ_KAFKA_SESSION_TIMEOUT", "2s");
        environment.put("LSQ_LIMIT_CALLS", Integer.toString(LIMIT));
        environment.put("LSQ_LIMIT_WINDOW", "1s");
        environment.put("LSQ_IN_DOUBT_INTERACTIVE", "park");
    }

    @AfterEach
    void stop() {
        topics.close();
        portal.close();
        broker.close();
    }

    private List<String> queue(int events) {
        List<String> ids = IntStream.range(0, events).mapToObj(i -> "x-" + i).toList();
        broker.awaitTopics("reset-requested", "password-results", "password-journal");
        for (String id : ids) {
            topics.send(
                    "reset-requested", id, "{\"eventId\":\"" + id + "\",\"emailAddress\":\"" + id + "@example.com\"}");
        }
        return ids;
    }

    private void awaitCalls(int count) {
        await().atMost(LONG).until(() -> portal.calls().size() >= count);
    }

    private Truth truth(String fault, List<String> ids, JavaProcess worker) {
        try {
            topics.awaitOutcomes(ids.size(), LONG);
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(topics.records().size() + " outcomes; the worker says " + worker.lines(), e);
        }
        // Whatever comes twice has come by the time that nothing more comes for a while.
        await().during(Duration.ofSeconds(2))
                .atMost(Duration.ofSeconds(30))
                .until(() -> topics.records().size() == ids.size());
        Truth truth = new Truth(ids, topics.records(), portal, LIMIT);
        System.out.println(fault + ": " + truth);
        return truth;
    }

    private static void assertHonest(Truth truth) {
        assertThat(truth.findings()).isEmpty();
        assertThat(truth.withoutOneOutcome).isZero();
        assertThat(truth.windowsOverTheLimit).isZero();
    }

    @Test
    void killedAgainAndAgain_everyEventHasOneOutcome_andNoCallIsRepeated() throws Exception {
        Random random = new Random(7);
        JavaProcess worker = JavaProcess.ofJar(environment);
        try {
            List<String> ids = queue(1_500);
            for (int kill = 1; kill <= 6; kill++) {
                awaitCalls(kill * 180 + random.nextInt(60));
                worker.kill();
                worker = JavaProcess.ofJar(environment);
            }
            Truth truth = truth("kill -9, 6 times", ids, worker);

            assertHonest(truth);
            assertThat(truth.repeatedCalls).isZero();
            assertThat(truth.inDoubt).isLessThanOrEqualTo(6 * 8);
        } finally {
            worker.close();
        }
    }

    @Test
    void killedAgainAndAgain_whatIsInDoubtIsResentOnce() throws Exception {
        environment.put("LSQ_IN_DOUBT_INTERACTIVE", "resend");
        Random random = new Random(7);
        JavaProcess worker = JavaProcess.ofJar(environment);
        try {
            List<String> ids = queue(800);
            for (int kill = 1; kill <= 3; kill++) {
                awaitCalls(kill * 180 + random.nextInt(60));
                worker.kill();
                worker = JavaProcess.ofJar(environment);
            }
            Truth truth = truth("kill -9, 3 times, with resend", ids, worker);

            assertHonest(truth);
            assertThat(truth.repeatedCalls).isBetween(1, 3 * 8);
            for (String id : ids) {
                assertThat(portal.callsTo(id + "@example.com")).hasSizeLessThanOrEqualTo(2);
            }
        } finally {
            worker.close();
        }
    }

    @Test
    void aStandbyTakesOver_whenTheOwnerIsKilled() throws Exception {
        try (JavaProcess first = JavaProcess.ofJar(environment)) {
            first.awaitLine(line -> line.contains("is the owner now"));
            try (JavaProcess second = JavaProcess.ofJar(environment)) {
                second.awaitLine(line -> line.contains("Routes startup"));
                List<String> ids = queue(800);
                awaitCalls(200);
                assertThat(second.lines()).noneMatch(line -> line.contains("is the owner now"));
                first.kill();
                second.awaitLine(line -> line.contains("is the owner now"));

                Truth truth = truth("owner killed, standby takes over", ids, second);

                assertHonest(truth);
                assertThat(truth.repeatedCalls).isZero();
            }
        }
    }

    @Test
    void stoppedInTheMiddle_nothingIsRepeatedAndNothingIsInDoubt() throws Exception {
        JavaProcess worker = JavaProcess.ofJar(environment);
        try {
            List<String> ids = queue(800);
            for (int stop = 1; stop <= 3; stop++) {
                awaitCalls(stop * 150);
                worker.signal("TERM");
                assertThat(worker.awaitExit(Duration.ofSeconds(40))).isIn(0, 143);
                worker = JavaProcess.ofJar(environment);
            }
            Truth truth = truth("SIGTERM, 3 times", ids, worker);

            assertHonest(truth);
            assertThat(truth.repeatedCalls).isZero();
            assertThat(truth.inDoubt).isZero();
        } finally {
            worker.close();
        }
    }

    @Test
    void aFrozenOwnerThatWakesUp_writesNothingAndCallsNothing() throws Exception {
        try (JavaProcess first = JavaProcess.ofJar(environment)) {
            first.awaitLine(line -> line.contains("is the owner now"));
            try (JavaProcess second = JavaProcess.ofJar(environment)) {
                second.awaitLine(line -> line.contains("Routes startup"));
                List<String> ids = queue(800);
                awaitCalls(200);
                first.signal("STOP");
                second.awaitLine(line -> line.contains("is the owner now"));
                first.signal("CONT");

                Truth truth = truth("SIGSTOP beyond the session, then CONT", ids, second);

                assertHonest(truth);
                assertThat(truth.repeatedCalls).isZero();
            }
        }
    }
}
