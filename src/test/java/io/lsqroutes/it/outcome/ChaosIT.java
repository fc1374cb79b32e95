package io.lsqroutes.it.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lsqroutes.it.scene.BrokerProcess;
import io.lsqroutes.it.scene.ChaosTable;
import io.lsqroutes.it.scene.JavaProcess;
import io.lsqroutes.it.scene.Replica;
import io.lsqroutes.it.scene.Scene;
import io.lsqroutes.it.scene.Truth;
import io.lsqroutes.it.scene.Truth.InDoubt;
import io.lsqroutes.sandbox.PortalOptions;
import io.lsqroutes.sandbox.Quirk;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Everything that can die dies, again and again, while thousands of events are under way: {@code ./mvnw verify -Pchaos}. */
@Tag("chaos")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ChaosIT {
    private static final int MANY = 10_000;
    private static final int SOME = 1_500;
    /** So that a kill meets many, and that it is the budget which keeps to the limit where the machine is fast enough. */
    private static final int MAX_IN_FLIGHT = 25;

    private final ChaosTable table = new ChaosTable();
    private final Random random = new Random(7);

    private interface Fault {
        void strike() throws Exception;
    }

    @AfterAll
    void publish() throws Exception {
        table.publish();
    }

    /** Queues the events, spreads the faults over their way, and judges what came of it, whether or not all went as planned. */
    private Truth run(String scenario, Scene scene, int events, int faults, Fault fault) throws Exception {
        long began = System.nanoTime();
        Truth truth;
        try {
            scene.queue(0, events);
            for (int i = 1; i <= faults; i++) {
                int apart = events / (faults + 1);
                scene.awaitProgress(i * apart - random.nextInt(apart / 2));
                System.out.printf(
                        "%s: fault %d of %d, after %d calls%n",
                        scenario, i, faults, scene.portal.calls().size());
                fault.strike();
            }
        } finally {
            truth = scene.truth();
            table.add(scenario, faults, truth, Duration.ofNanos(System.nanoTime() - began));
        }
        return truth;
    }

    @Test
    @Order(1)
    void killed_parkingWhatIsInDoubt() throws Exception {
        try (Scene scene = Scene.of("kill -9, park", InDoubt.PARK).maxInFlight(MAX_IN_FLIGHT);
                Replica worker = new Replica(scene, 0)) {
            Truth truth = run("kill -9, park", scene, MANY, 50, worker::kill);

            truth.assertClean();
            assertThat(truth.inDoubt).isLessThanOrEqualTo(50 * MAX_IN_FLIGHT);
        }
    }

    @Test
    @Order(2)
    void killed_resendingWhatIsInDoubt() throws Exception {
        try (Scene scene = Scene.of("kill -9, resend", InDoubt.RESEND).maxInFlight(MAX_IN_FLIGHT);
                Replica worker = new Replica(scene, 0)) {
            Truth truth = run("kill -9, resend", scene, MANY, 50, worker::kill);

            truth.assertClean();
            assertThat(truth.repeatedCalls).isLessThanOrEqualTo(50 * MAX_IN_FLIGHT);
        }
    }

    @Test
    @Order(3)
    void frozenBeyondTheSession_withAStandby() throws Exception {
        try (Scene scene = Scene.of("SIGSTOP beyond the session", InDoubt.PARK).maxInFlight(MAX_IN_FLIGHT);
                Replica first = new Replica(scene, 0)) {
            first.awaitTakeOver(1);
            try (Replica second = new Replica(scene, 1)) {
                Replica[] owners = {first, second};
                run("SIGSTOP beyond the session, two replicas", scene, SOME, 12, () -> freeze(owners))
                        .assertClean();
            }
        }
    }

    /** The owner stands still until the other one has taken over; then they change places. */
    private static void freeze(Replica[] owners) throws Exception {
        Replica owner = owners[0];
        Replica next = owners[1];
        long takeOvers = next.takeOvers();
        JavaProcess frozen = owner.worker();
        frozen.signal("STOP");
        next.awaitTakeOver(takeOvers + 1);
        frozen.signal("CONT");
        owners[0] = next;
        owners[1] = owner;
    }

    @Test
    @Order(4)
    void theBrokerIsKilled(@TempDir Path data) throws Exception {
        try (Scene scene = Scene.withBrokerProcess("broker killed", InDoubt.PARK, data)
                        .maxInFlight(MAX_IN_FLIGHT);
                Replica worker = new Replica(scene, 0)) {
            BrokerProcess broker = scene.brokerProcess();
            worker.awaitTakeOver(1);
            run("broker killed and started again", scene, SOME, 5, () -> {
                        broker.kill();
                        broker.restart();
                    })
                    .assertClean();
        }
    }

    @Test
    @Order(5)
    void theBrokerIsABlackHole() throws Exception {
        try (Scene scene = Scene.of("broker black hole", InDoubt.PARK).maxInFlight(MAX_IN_FLIGHT);
                Replica worker = new Replica(scene, 0)) {
            worker.awaitTakeOver(1);
            run("broker black-holed for 6 s", scene, SOME, 6, () -> {
                        scene.kafkaNetwork(0).blackHole();
                        Scene.pass(Duration.ofSeconds(6));
                        scene.kafkaNetwork(0).heal();
                    })
                    .assertClean();
        }
    }

    @Test
    @Order(6)
    void connectionsToTheBrokerAreReset() throws Exception {
        try (Scene scene = Scene.of("connections reset", InDoubt.PARK).maxInFlight(MAX_IN_FLIGHT);
                Replica worker = new Replica(scene, 0)) {
            worker.awaitTakeOver(1);
            Truth truth = run("connections reset", scene, SOME, 20, () -> scene.kafkaNetwork(0)
                    .reset());

            truth.assertClean();
            assertThat(truth.inDoubt).isZero();
        }
    }

    @Test
    @Order(7)
    void answersOfThePortalAreLost() throws Exception {
        try (Scene scene = Scene.of("answers lost", InDoubt.PARK).maxInFlight(MAX_IN_FLIGHT);
                Replica worker = new Replica(scene, 0)) {
            worker.awaitTakeOver(1);
            int lost = SOME / 50;
            for (int i = 0; i < lost; i++) {
                scene.portal.quirk("x-" + i * 50 + "@example.com", Quirk.CUT, 1);
            }
            Truth truth = run("2 % of answers lost", scene, SOME, lost, () -> {});

            truth.assertClean();
            assertThat(truth.inDoubt).isEqualTo(lost);
        }
    }

    @Test
    @Order(8)
    void stopped() throws Exception {
        try (Scene scene = Scene.of("SIGTERM", InDoubt.PARK).maxInFlight(MAX_IN_FLIGHT);
                Replica worker = new Replica(scene, 0)) {
            Truth truth = run("SIGTERM", scene, SOME, 10, worker::stop);

            truth.assertClean();
            assertThat(truth.inDoubt).isZero();
        }
    }

    /** Slow answers, so that there is work to disturb for as long as it takes. */
    @Test
    @Order(9)
    void aSecondReplicaComesAndGoes() throws Exception {
        PortalOptions slow = new PortalOptions().answerTime(Duration.ofMillis(600));
        try (Scene scene = Scene.of("rebalance storm", InDoubt.PARK, slow).maxInFlight(MAX_IN_FLIGHT);
                Replica worker = new Replica(scene, 0)) {
            worker.awaitTakeOver(1);
            Truth truth = run("second replica started and stopped", scene, SOME, 20, () -> {
                JavaProcess second = scene.start(1);
                second.awaitLine(line -> line.contains("stands by"));
                second.signal("TERM");
                second.awaitExit(Duration.ofSeconds(40));
            });

            truth.assertClean();
            assertThat(truth.inDoubt).isZero();
        }
    }

    /** Slow answers, so that calls are out whenever a poll fails. */
    @Test
    @Order(10)
    void theOwnersPollFails_withAStandby() throws Exception {
        PortalOptions slow = new PortalOptions().answerTime(Duration.ofMillis(600));
        try (Scene scene = Scene.of("poll fails", InDoubt.PARK, slow).maxInFlight(MAX_IN_FLIGHT);
                Replica first = new Replica(scene, 0)) {
            first.awaitTakeOver(1);
            try (Replica second = new Replica(scene, 1)) {
                second.worker().awaitLine(line -> line.contains("stands by"));
                Replica[] replicas = {first, second};
                int[] owner = {0};
                Truth truth = run("the owner's poll fails, two replicas", scene, SOME, 20, () -> {
                    owner[0] = failPoll(scene, replicas, owner[0]);
                });

                truth.assertClean();
                assertThat(truth.inDoubt).isZero();
                assertThat(truth.repeatedCalls).isZero();
            }
        }
    }

    /** Either may be the next owner; its number is returned. */
    private static int failPoll(Scene scene, Replica[] replicas, int owner) throws Exception {
        long[] takeOvers = {replicas[0].takeOvers(), replicas[1].takeOvers()};
        scene.failPoll(owner);
        await().atMost(Duration.ofSeconds(90))
                .until(() -> replicas[0].takeOvers() > takeOvers[0] || replicas[1].takeOvers() > takeOvers[1]);
        return replicas[0].takeOvers() > takeOvers[0] ? 0 : 1;
    }
}
