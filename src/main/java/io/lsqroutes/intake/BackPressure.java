package io.lsqroutes.intake;

import io.lsqroutes.commit.OffsetTracker;
import io.lsqroutes.topics.TopicNames;
import java.util.HashSet;
import java.util.Set;
import java.util.function.LongSupplier;

/** Says which topics are not read on for now, because enough of their events are under way. */
final class BackPressure {
    static final int MAX_ADMITTED_PER_LANE = 25;
    /** Events of a topic that are forwarded, a group of the ledger, or wait for their next attempt or their person. */
    static final int MAX_OUTSIDE = 500;
    /** Small against the lane, so that one poll does not overfill it. */
    static final int MAX_POLL_RECORDS = 5;

    private final TopicNames names;
    private final OffsetTracker offsetTracker;
    private final Overflow flood;

    BackPressure(TopicNames names, OffsetTracker offsetTracker, Overflow flood) {
        this.names = names;
        this.offsetTracker = offsetTracker;
        this.flood = flood;
    }

    /**
     * The topics that have enough.
     *
     * @param known events on the reset topic that were not read yet, as far as is known
     * @param asked the same, where it has to be asked for
     */
    Set<String> enough(LongSupplier known, LongSupplier asked) {
        Set<String> interactive = Set.of(names.reset(), names.change());
        boolean interactiveIsFull = isFull(offsetTracker.count(interactive));
        // A thousand events of one person are a flood, too, although they leave the lane to others.
        boolean manyWait = isFull(offsetTracker.count(interactive) + offsetTracker.queued(interactive));
        long waiting = known.getAsLong();
        flood.look(flood.hangsOn(waiting, manyWait) ? asked.getAsLong() : waiting, manyWait);
        Set<String> enough = new HashSet<>();
        if (isFull(offsetTracker.count(Set.of(names.campaign()))) || hasManyOutside(names.campaign())) {
            enough.add(names.campaign());
        }
        if (interactiveIsFull || hasManyOutside(names.change())) {
            enough.add(names.change());
        }
        // In a flood nothing that is read of it enters the lane.
        if ((interactiveIsFull && !flood.isHigh()) || hasManyOutside(names.reset())) {
            enough.add(names.reset());
        }
        return enough;
    }

    private boolean hasManyOutside(String topic) {
        return offsetTracker.outside(Set.of(topic)) + MAX_POLL_RECORDS > MAX_OUTSIDE;
    }

    private static boolean isFull(int events) {
        return events + MAX_POLL_RECORDS > MAX_ADMITTED_PER_LANE;
    }
}
