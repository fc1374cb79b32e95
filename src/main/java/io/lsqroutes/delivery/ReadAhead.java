package io.lsqroutes.delivery;

import java.util.HashSet;
import java.util.Set;
import java.util.function.LongSupplier;

/** Says which topics are not read on for now, because enough of their events are under way. */
final class ReadAhead {
    static final int MAX_ADMITTED_PER_LANE = 25;
    /** Events of a topic that are forwarded, a group of the ledger, or wait for their next attempt. */
    static final int MAX_APART = 500;
    /** Small against the lane, so that one poll does not overfill it. */
    static final int MAX_POLL_RECORDS = 5;

    private final TopicNames names;
    private final InFlight inFlight;
    private final Flood flood;

    ReadAhead(TopicNames names, InFlight inFlight, Flood flood) {
        this.names = names;
        this.inFlight = inFlight;
        this.flood = flood;
    }

    /**
     * The topics that have enough.
     *
     * @param known events on the reset topic that were not read yet, as far as is known
     * @param asked the same, where it has to be asked for
     */
    Set<String> enough(LongSupplier known, LongSupplier asked) {
        boolean interactiveIsFull = isFull(Set.of(names.reset(), names.change()));
        long waiting = known.getAsLong();
        flood.look(flood.hangsOn(waiting, interactiveIsFull) ? asked.getAsLong() : waiting, interactiveIsFull);
        Set<String> enough = new HashSet<>();
        if (isFull(Set.of(names.campaign())) || hasManyApart(names.campaign())) {
            enough.add(names.campaign());
        }
        if (interactiveIsFull || hasManyApart(names.change())) {
            enough.add(names.change());
        }
        // In a flood nothing that is read of it enters the lane.
        if ((interactiveIsFull && !flood.isHigh()) || hasManyApart(names.reset())) {
            enough.add(names.reset());
        }
        return enough;
    }

    private boolean hasManyApart(String topic) {
        return inFlight.apart(topic) + MAX_POLL_RECORDS > MAX_APART;
    }

    private boolean isFull(Set<String> lane) {
        return inFlight.count(lane) + MAX_POLL_RECORDS > MAX_ADMITTED_PER_LANE;
    }
}
