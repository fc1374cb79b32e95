package io.lsqroutes.it;

import io.lsqroutes.it.Checkpoint.Place;
import io.lsqroutes.sandbox.Portal;

/**
 * The group takes the owner for dead while it lives on and can still write: its heartbeats alone are lost. It has one call
 * without an answer, so that no offset goes with what it writes: nothing but its epoch gives it away.
 */
final class ExpelledOwner {
    private ExpelledOwner() {}

    interface Start {
        JavaProcess replica(int number) throws Exception;
    }

    /** Goes on until the second replica is the owner; gives the first one. */
    static JavaProcess amongTwo(Scene scene, Start start) throws Exception {
        JavaProcess first = start.replica(0);
        first.awaitLine(ExpelledOwner::isOwner);
        JavaProcess second = start.replica(1);
        second.awaitLine(line -> line.contains("Routes startup"));
        Checkpoint answer =
                scene.portalNetwork.stop(Place.BEFORE_THE_CLIENT, HttpTraffic.calls(Portal.FORGOT_PASSWORD), 1);
        scene.queue(0, 2_000);
        answer.awaitReached();
        scene.awaitCalls(100);
        scene.expel(0);
        second.awaitLine(ExpelledOwner::isOwner);
        answer.open();
        return first;
    }

    static boolean isOwner(String line) {
        return line.contains("is the owner now");
    }
}
