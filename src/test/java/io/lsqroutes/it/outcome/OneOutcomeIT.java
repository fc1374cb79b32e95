package io.lsqroutes.it.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lsqroutes.it.network.Checkpoint;
import io.lsqroutes.it.network.Checkpoint.Place;
import io.lsqroutes.it.network.KafkaTraffic;
import io.lsqroutes.it.scene.ExpelledOwner;
import io.lsqroutes.it.scene.JavaProcess;
import io.lsqroutes.it.scene.Scene;
import io.lsqroutes.it.scene.Truth;
import io.lsqroutes.it.scene.Truth.InDoubt;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.FeatureUpdate;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.admin.UpdateFeaturesOptions;
import org.apache.kafka.common.protocol.ApiKeys;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** Processes of the shipped jar are killed while they work; the portal and the topics tell what came of it. */
class OneOutcomeIT {
    private Scene scene;

    @BeforeEach
    void start(TestInfo test) throws Exception {
        scene = Scene.of(test.getDisplayName(), InDoubt.PARK);
    }

    @AfterEach
    void stop() throws Exception {
        scene.close();
    }

    @Test
    void killedAgainAndAgain_everyEventHasOneOutcome_andNoCallIsRepeated() throws Exception {
        Random random = new Random(7);
        JavaProcess worker = scene.start(0);
        scene.queue(0, 600);
        for (int kill = 1; kill <= 2; kill++) {
            scene.awaitCalls(kill * 180 + random.nextInt(60));
            worker.kill();
            worker = scene.start(0);
        }
        Truth truth = scene.truth();

        truth.assertClean();
        assertThat(truth.inDoubt).isLessThanOrEqualTo(2 * 8);
    }

    @Test
    void killedAgainAndAgain_whatIsInDoubtIsResentOnce(TestInfo test) throws Exception {
        try (Scene resending = Scene.of(test.getDisplayName(), InDoubt.RESEND)) {
            Random random = new Random(7);
            JavaProcess worker = resending.start(0);
            resending.queue(0, 600);
            for (int kill = 1; kill <= 2; kill++) {
                resending.awaitCalls(kill * 180 + random.nextInt(60));
                worker.kill();
                worker = resending.start(0);
            }
            Truth truth = resending.truth();

            truth.assertClean();
            assertThat(truth.repeatedCalls).isBetween(1, 2 * 8);
            assertThat(truth.inDoubt).isZero();
        }
    }

    @Test
    void stoppedWhileKafkaIsAway_itEndsSoon_andTheNextOneGoesOn(TestInfo test, @TempDir Path data) throws Exception {
        try (Scene away = Scene.withBrokerProcess(test.getDisplayName(), InDoubt.PARK, data)) {
            JavaProcess worker = away.start(0);
            away.queue(0, 800);
            away.awaitCalls(200);
            away.brokerProcess().kill();
            long stopped = System.nanoTime();
            worker.signal("TERM");
            assertThat(worker.awaitExit(Duration.ofSeconds(45))).isIn(0, 143);
            System.out.printf("stopped while Kafka is away: %.1f s%n", (System.nanoTime() - stopped) / 1e9);
            away.brokerProcess().restart();
            away.start(0);

            away.truth().assertClean();
        }
    }

    @Test
    void aStandbyTakesOver_whenTheOwnerIsKilled() throws Exception {
        JavaProcess first = ExpelledOwner.owner(scene::start);
        JavaProcess second = ExpelledOwner.standby(scene::start);
        scene.queue(0, 800);
        scene.awaitCalls(200);
        assertThat(second.lines()).noneMatch(ExpelledOwner::isOwner);
        first.kill();
        second.awaitLine(ExpelledOwner::isOwner);

        scene.truth().assertClean();
    }

    @Test
    void stoppedInTheMiddle_nothingIsRepeatedAndNothingIsInDoubt() throws Exception {
        JavaProcess worker = scene.start(0);
        scene.queue(0, 600);
        for (int stop = 1; stop <= 2; stop++) {
            scene.awaitCalls(stop * 150);
            worker.signal("TERM");
            assertThat(worker.awaitExit(Duration.ofSeconds(40))).isIn(0, 143);
            worker = scene.start(0);
        }
        Truth truth = scene.truth();

        truth.assertClean();
        assertThat(truth.inDoubt).isZero();
    }

    @Test
    void aFrozenOwnerThatWakesUp_writesNothingAndCallsNothing() throws Exception {
        JavaProcess first = ExpelledOwner.owner(scene::start);
        JavaProcess second = ExpelledOwner.standby(scene::start);
        scene.queue(0, 800);
        scene.awaitCalls(200);
        first.signal("STOP");
        second.awaitLine(ExpelledOwner::isOwner);
        first.signal("CONT");

        scene.truth().assertClean();
    }

    @Test
    void anOwnerFrozenInTheCommitOfAMark_makesNoCallWhenItWakesUp() throws Exception {
        JavaProcess first = ExpelledOwner.owner(scene::start);
        JavaProcess second = ExpelledOwner.standby(scene::start);
        scene.queue(0, 20);
        scene.awaitOutcomes();
        Checkpoint mark =
                scene.kafkaNetwork(0).stop(Place.BEFORE_THE_CLIENT, KafkaTraffic.requests(ApiKeys.END_TXN), 1);
        scene.queue("victim");
        mark.awaitReached();
        first.signal("STOP");
        // It finds this when it wakes up: its mark stands.
        mark.open();
        second.awaitLine(ExpelledOwner::isOwner);
        scene.awaitOutcomes();
        first.signal("CONT");
        first.awaitLine(ExpelledOwner::hearsOfIt);

        scene.truth().assertClean();
        // The new owner has parked it: whoever called was the first.
        assertThat(scene.portal.callsTo("victim@example.com")).isEmpty();
    }

    /** A Kafka before 4.0 tells it from a second writer's fence by nothing. */
    @Test
    void aTransactionThatAnOlderKafkaHasGivenUp_isMadeAgain() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", scene.bootstrapServers()))) {
            admin.updateFeatures(
                            Map.of(
                                    "transaction.version",
                                    new FeatureUpdate((short) 0, FeatureUpdate.UpgradeType.SAFE_DOWNGRADE)),
                            new UpdateFeaturesOptions())
                    .all()
                    .get();
            scene.start(0);
            scene.queue(0, 20);
            scene.awaitOutcomes();
            Checkpoint commits =
                    scene.kafkaNetwork(0).stopAll(Place.BEFORE_THE_SERVER, KafkaTraffic.requests(ApiKeys.END_TXN));
            scene.queue("late");
            commits.awaitReached();
            await().atMost(Duration.ofMinutes(1)).until(() -> admin.listTransactions().all().get().stream()
                    .anyMatch(transaction -> transaction.state() == TransactionState.COMPLETE_ABORT));
            commits.open();
        }

        scene.truth().assertClean();
    }

    @Test
    void anExpelledOwnerThatCommitsNoOffsets_isFencedByTheNextOne_andStandsBy(TestInfo test) throws Exception {
        try (Scene slow = Scene.of(test.getDisplayName(), InDoubt.PARK, ExpelledOwner.portal())) {
            assertHarmless(slow, ExpelledOwner.thatCommitsNoOffsets(slow, slow::start));
        }
    }

    @Test
    void anExpelledOwnerThatCommitsOffsets_doesNotFenceTheNextOne_andStandsBy(TestInfo test) throws Exception {
        try (Scene slow = Scene.of(test.getDisplayName(), InDoubt.PARK, ExpelledOwner.portal())) {
            assertHarmless(slow, ExpelledOwner.thatCommitsOffsets(slow, slow::start));
        }
    }

    /** It does no harm while it does not know, and takes its turn again once it does. */
    private static void assertHarmless(Scene scene, ExpelledOwner owner) {
        scene.truth().assertClean();
        owner.heartbeats().open();
        owner.expelled().awaitLine(ExpelledOwner::hearsOfIt);
        owner.next().kill();
        scene.queue(ExpelledOwner.EVENTS, ExpelledOwner.EVENTS + 100);

        scene.truth().assertClean();
    }
}
