package io.lsqroutes.it.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import io.lsqroutes.it.network.Checkpoint;
import io.lsqroutes.it.network.Checkpoint.Place;
import io.lsqroutes.it.network.HttpTraffic;
import io.lsqroutes.it.network.KafkaTraffic;
import io.lsqroutes.it.scene.ExpelledOwner;
import io.lsqroutes.it.scene.JavaProcess;
import io.lsqroutes.it.scene.Scene;
import io.lsqroutes.it.scene.Truth;
import io.lsqroutes.it.scene.Truth.InDoubt;
import io.lsqroutes.sandbox.Portal;
import java.time.Duration;
import org.apache.kafka.common.protocol.ApiKeys;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** An owner that lets go while it lives ends its calls first: the next one finds no doubt, and repeats nothing. */
class HandOverIT {
    private static final int MAX_IN_FLIGHT = 8;

    private Scene scene;

    @BeforeEach
    void start(TestInfo test) throws Exception {
        scene = Scene.of(test.getDisplayName(), InDoubt.PARK).patience(Duration.ofSeconds(30));
    }

    @AfterEach
    void stop() throws Exception {
        scene.close();
    }

    /** The answers come when the session of a member without heartbeats would have ended long ago. */
    @Test
    void case24_whatIsOutWhenAPollFails_isSettledBeforeAStandbyTakesOver() throws Exception {
        JavaProcess first = ExpelledOwner.owner(scene::start);
        JavaProcess second = ExpelledOwner.standby(scene::start);
        Checkpoint answers =
                scene.portalNetwork.stopAll(Place.BEFORE_THE_CLIENT, HttpTraffic.calls(Portal.FORGOT_PASSWORD));
        scene.queue(0, 40);
        answers.awaitStopped(MAX_IN_FLIGHT);
        // The next owner is the other one.
        Checkpoint comesBack =
                scene.kafkaNetwork(0).stopAll(Place.BEFORE_THE_SERVER, KafkaTraffic.requests(ApiKeys.JOIN_GROUP));
        scene.failPoll(0);
        first.awaitLine(line -> line.contains("TopicAuthorizationException"));
        Scene.pass(Duration.ofSeconds(5));
        assertThat(scene.portal.calls()).hasSize(MAX_IN_FLIGHT);
        answers.open();
        second.awaitLine(ExpelledOwner::isOwner);
        comesBack.open();

        Truth truth = scene.truth();

        truth.assertClean();
        assertThat(truth.inDoubt).isZero();
        assertThat(truth.repeatedCalls).isZero();
    }
}
