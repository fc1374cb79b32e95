package io.lsqroutes.budget;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The calls of a window: a slot is taken when a call is granted and comes free one window after its answer.
 *
 * <p>The portal counted the call at some moment between the grant and the answer, so two calls on one slot are a whole
 * window apart at the portal, whatever the network does. Not synchronised, and it has no clock: times come in, in
 * nanoseconds of one monotonic clock.
 */
final class Slots {
    private final long windowNanos;
    /** When each answered call's slot comes free, soonest first; a call without an answer yet is in no list. */
    private final Deque<Long> freeAt = new ArrayDeque<>();

    /** All slots are taken at first: a process that ran here a moment ago may have used the whole window. */
    Slots(int count, long windowNanos, long now) {
        this.windowNanos = windowNanos;
        for (int i = 0; i < count; i++) {
            answered(now);
        }
    }

    /**
     * How long until a slot is free and so many stay free beside it: 0 when it is so, {@link Long#MAX_VALUE} when an
     * answer has to come first.
     */
    long nanosUntilFree(int beside, long now) {
        return freeAt.stream()
                .skip(beside)
                .findFirst()
                .map(free -> Math.max(0, free - now))
                .orElse(Long.MAX_VALUE);
    }

    /** Takes the slot that {@link #nanosUntilFree} says is free. */
    void take(long now) {
        if (nanosUntilFree(0, now) > 0) {
            throw new IllegalStateException("no slot is free");
        }
        freeAt.removeFirst();
    }

    /** The slots that are free now come free a window from now, like those of calls that were just answered. */
    void hold(long now) {
        int waiting = freeAt.size();
        freeAt.clear();
        for (int i = 0; i < waiting; i++) {
            answered(now);
        }
    }

    /** The slots that wait for no answer are free at once. */
    void free(long now) {
        int waiting = freeAt.size();
        freeAt.clear();
        for (int i = 0; i < waiting; i++) {
            freeAt.addLast(now);
        }
    }

    /** The answer to a call is in, or it failed: its slot comes free a window from now. */
    void answered(long now) {
        freeAt.addLast(now + windowNanos);
    }
}
