package io.lsqroutes.it.scene;

import io.lsqroutes.it.network.Checkpoint;
import io.lsqroutes.it.network.Checkpoint.Place;
import io.lsqroutes.it.network.HttpTraffic;
import io.lsqroutes.sandbox.Portal;
import io.lsqroutes.sandbox.PortalOptions;
import java.time.Duration;

/**
 * The group takes the owner for dead while it lives on and can still write: its heartbeats alone are lost.
 *
 * @param heartbeats where they stand; once it is open, the expelled one hears of its fate
 */
public record ExpelledOwner(JavaProcess expelled, JavaProcess next, Checkpoint heartbeats) {

    /** With its {@link #portal}, more than the first owner can answer until another one has taken over. */
    public static final int EVENTS = 1_000;

    /** Eight calls at a time are 53 in a second. */
    public static PortalOptions portal() {
        return new PortalOptions().answerTime(Duration.ofMillis(150));
    }

    public interface Start {
        JavaProcess replica(int number) throws Exception;
    }

    /** It finds out by the offsets that it commits for a group of which it is no member. */
    public static ExpelledOwner thatCommitsOffsets(Scene scene, Start start) throws Exception {
        JavaProcess first = owner(start);
        JavaProcess second = standby(start);
        scene.queue(0, EVENTS);
        scene.awaitCalls(200);
        Checkpoint heartbeats = scene.expel(0);
        second.awaitLine(ExpelledOwner::isOwner);
        return new ExpelledOwner(first, second, heartbeats);
    }

    /**
     * It has one call without an answer, so that no offset goes with what it writes: nothing but its epoch gives it away.
     */
    public static ExpelledOwner thatCommitsNoOffsets(Scene scene, Start start) throws Exception {
        JavaProcess first = owner(start);
        JavaProcess second = standby(start);
        Checkpoint answer =
                scene.portalNetwork.stop(Place.BEFORE_THE_CLIENT, HttpTraffic.calls(Portal.FORGOT_PASSWORD), 1);
        scene.queue(0, EVENTS);
        answer.awaitReached();
        scene.awaitCalls(100);
        Checkpoint heartbeats = scene.expel(0);
        second.awaitLine(ExpelledOwner::isOwner);
        scene.awaitCalls(scene.portal.calls().size() + 100);
        answer.open();
        return new ExpelledOwner(first, second, heartbeats);
    }

    public static JavaProcess owner(Start start) throws Exception {
        JavaProcess first = start.replica(0);
        first.awaitLine(ExpelledOwner::isOwner);
        return first;
    }

    public static JavaProcess standby(Start start) throws Exception {
        JavaProcess second = start.replica(1);
        second.awaitLine(line -> line.contains("stands by"));
        return second;
    }

    public static boolean isOwner(String line) {
        return line.contains("is the owner now");
    }

    public static boolean hearsOfIt(String line) {
        return line.contains("is not the owner any more");
    }
}
