package io.lsqroutes.it.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.lsqroutes.it.network.Checkpoint;
import io.lsqroutes.it.network.Checkpoint.Place;
import io.lsqroutes.it.network.HttpTraffic;
import io.lsqroutes.it.network.KafkaTraffic;
import io.lsqroutes.it.network.Proxy;
import io.lsqroutes.it.scene.JavaProcess;
import io.lsqroutes.it.scene.Scene;
import io.lsqroutes.it.scene.Topics;
import io.lsqroutes.it.scene.Truth;
import io.lsqroutes.it.scene.Truth.InDoubt;
import io.lsqroutes.sandbox.Portal;
import io.lsqroutes.sandbox.Quirk;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Predicate;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/**
 * One event is caught on each step of its way, and there the worker dies or the network fails. The worker is the jar that
 * ships; only the network knows where the event is.
 */
class HonestOutcomesIT {
    private static final String VICTIM = "victim";
    private static final Predicate<byte[]> RESET = HttpTraffic.calls(Portal.FORGOT_PASSWORD);
    private static final Predicate<byte[]> RESET_OF_THE_VICTIM =
            RESET.and(request -> new String(request, StandardCharsets.UTF_8).contains(VICTIM));
    private static final Predicate<byte[]> COMMIT = KafkaTraffic.requests(ApiKeys.END_TXN);
    private static final Predicate<byte[]> WRITE = KafkaTraffic.requests(ApiKeys.PRODUCE);

    private Scene scene;
    private JavaProcess worker;
    private Checkpoint call;

    /** The victim's call is marked, and stands before the portal. */
    @BeforeEach
    void aCallIsOnItsWay(TestInfo test) throws Exception {
        scene = Scene.of(test.getDisplayName(), InDoubt.PARK);
        worker = scene.start(0);
        scene.queue(0, 20);
        scene.awaitOutcomes();
        call = scene.portalNetwork.stop(Place.BEFORE_THE_SERVER, RESET, 1);
        scene.queue(VICTIM);
        call.awaitReached();
    }

    @AfterEach
    void stop() throws Exception {
        scene.close();
    }

    /** The victim's commit after its answer stands here. */
    private Checkpoint stop(Place place, Predicate<byte[]> request) {
        Checkpoint stopped = scene.kafkaNetwork(0).stop(place, request, 1);
        call.open();
        return stopped.awaitReached();
    }

    private void killAt(Checkpoint checkpoint) throws Exception {
        worker.kill();
        worker.awaitExit(Duration.ofSeconds(10));
        checkpoint.cut();
        worker = scene.start(0);
    }

    private void assertVictim(String status, int callsThatArrived) {
        scene.queue(20, 40);
        Truth truth = scene.truth();

        truth.assertClean();
        assertThat(victim().path("status").asText()).isEqualTo(status);
        assertThat(victim().path("calls").asInt()).isEqualTo(1);
        assertThat(scene.portal.callsTo(VICTIM + "@example.com")).hasSize(callsThatArrived);
        assertThat(truth.inDoubt).isEqualTo(status.equals("IN_DOUBT") ? 1 : 0);
    }

    private JsonNode victim() {
        return scene.topics.records().stream()
                .filter(outcome -> new String(outcome.key(), StandardCharsets.UTF_8).equals(VICTIM))
                .map(Topics::json)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void killedWhenTheCallIsMarkedAndNotMade() throws Exception {
        killAt(call);
        assertVictim("IN_DOUBT", 0);
    }

    @Test
    void killedWhileThePortalHandlesTheCall() throws Exception {
        Checkpoint answer = scene.portalNetwork.stop(Place.BEFORE_THE_CLIENT, RESET, 1);
        call.open();
        killAt(answer.awaitReached());
        assertVictim("IN_DOUBT", 1);
    }

    @Test
    void killedWhenTheAnswerIsThereAndNothingOfItIsWritten() throws Exception {
        killAt(stop(Place.BEFORE_THE_SERVER, WRITE));
        assertVictim("IN_DOUBT", 1);
    }

    @Test
    void killedWhenTheOutcomeIsWrittenAndNotCommitted() throws Exception {
        killAt(stop(Place.BEFORE_THE_SERVER, COMMIT));
        assertVictim("IN_DOUBT", 1);
    }

    @Test
    void killedInTheCommit_whichArrivesWhenAnotherProcessIsTheOwner() throws Exception {
        Checkpoint commit = stop(Place.BEFORE_THE_SERVER, COMMIT);
        worker.kill();
        JavaProcess next = scene.start(1);
        next.awaitLine(line -> line.contains("is the owner now"));
        commit.open();
        assertVictim("IN_DOUBT", 1);
    }

    @Test
    void killedWhenTheOutcomeIsCommittedAndTheWorkerDoesNotKnow() throws Exception {
        killAt(stop(Place.BEFORE_THE_CLIENT, COMMIT));
        assertVictim("SUCCEEDED", 1);
    }

    @Test
    void theAnswerToTheCommitIsLost() {
        stop(Place.BEFORE_THE_CLIENT, COMMIT).cut();
        assertVictim("SUCCEEDED", 1);
    }

    @Test
    void theCommitDoesNotArrive() {
        stop(Place.BEFORE_THE_SERVER, COMMIT).cut();
        assertVictim("SUCCEEDED", 1);
    }

    @Test
    void noCommitIsAnsweredForLongerThanTheWorkerWaits() {
        Checkpoint commits = scene.kafkaNetwork(0).stopAll(Place.BEFORE_THE_CLIENT, COMMIT);
        call.open();
        // It asks again after 5 s, and its own patience ends after 10 s.
        commits.awaitStopped(3).cut();
        assertVictim("SUCCEEDED", 1);
    }

    @Test
    void theCommitIsAnsweredWithAnError_andStandsAllTheSame() {
        scene.kafkaNetwork(0).falsify(COMMIT, KafkaTraffic.endTxnError(Errors.UNKNOWN_SERVER_ERROR));
        call.open();
        assertVictim("SUCCEEDED", 1);
    }

    @Test
    void killedInTheSecondCall_whoseMarkStoodInOneCommitWithTheFirstAnswer() throws Exception {
        Proxy kafka = scene.kafkaNetwork(0);
        scene.portal.quirk(VICTIM + "@example.com", Quirk.SERVER_ERROR_ENVELOPE, 1);
        Checkpoint second = scene.portalNetwork.stop(Place.BEFORE_THE_SERVER, RESET_OF_THE_VICTIM, 1);
        // The ledger looks up what stands of this one's mark while both words on the victim come to wait.
        kafka.falsify(COMMIT, KafkaTraffic.endTxnError(Errors.UNKNOWN_SERVER_ERROR));
        Checkpoint lookUp = kafka.stop(Place.BEFORE_THE_SERVER, KafkaTraffic.requests(ApiKeys.INIT_PRODUCER_ID), 1);
        scene.queue("other");
        lookUp.awaitReached();
        kafka.falsify(COMMIT, KafkaTraffic.endTxnError(Errors.UNKNOWN_SERVER_ERROR));
        call.open();
        Scene.pass(Duration.ofSeconds(4));
        lookUp.open();
        second.awaitReached();
        scene.topics.awaitOutcomes(21, Duration.ofMinutes(1));
        killAt(second);

        scene.truth().assertClean();
        assertThat(victim().path("status").asText()).isEqualTo("IN_DOUBT");
        assertThat(victim().path("calls").asInt()).isEqualTo(2);
        assertThat(scene.portal.callsTo(VICTIM + "@example.com")).hasSize(1);
    }

    @Test
    void kafkaIsGoneForTwelveSecondsFromTheCommitOn_andTheWorkGoesOnAfterwards() {
        Checkpoint commit = stop(Place.BEFORE_THE_CLIENT, COMMIT);
        scene.kafkaNetwork(0).blackHole();
        Scene.pass(Duration.ofSeconds(12));
        commit.cut();
        scene.kafkaNetwork(0).heal();
        assertVictim("SUCCEEDED", 1);
    }
}
