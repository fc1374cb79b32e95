package io.lsqroutes.ledger;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The events whose last entry in the journal says that a call is out. There are never more of them than calls may be in
 * flight, so that a crash leaves no more in doubt. A permit ends with the answer; an intent ends once the ledger knows the
 * answer.
 *
 * <p>Intents are counted per epoch. A call of an earlier epoch neither occupies nor frees a place in this one. Safe for use
 * by several threads.
 */
final class OpenIntents {
    private record Waiting(String key, Runnable mark) {}

    private final int most;
    private final Set<String> open = new HashSet<>();
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private int epoch;

    OpenIntents(int most) {
        this.most = most;
    }

    /** Counts from now on for this epoch. */
    synchronized void begin(int newEpoch) {
        epoch = newEpoch;
        clear();
    }

    /** Writes the mark now, or once another intent has ended. The mark of an earlier epoch is called at once. */
    synchronized void intend(int epochOfCall, String key, Runnable mark) {
        if (epochOfCall != epoch) {
            mark.run();
        } else if (open.size() < most || open.contains(key)) {
            open.add(key);
            mark.run();
        } else {
            waiting.addLast(new Waiting(key, mark));
        }
    }

    /** The call's result is on its way to the journal, before everything that follows. */
    synchronized void ended(int epochOfCall, String key) {
        if (epochOfCall == epoch && open.remove(key) && !waiting.isEmpty()) {
            Waiting next = waiting.removeFirst();
            open.add(next.key());
            next.mark().run();
        }
    }

    /** Whether no call is out. */
    synchronized boolean isEmpty() {
        return open.isEmpty();
    }

    /** No call begins any more. The marks that wait are called, and are dropped by the writer. */
    synchronized void endWaiting() {
        List<Waiting> ending = List.copyOf(waiting);
        waiting.clear();
        ending.forEach(call -> call.mark().run());
    }

    /** The epoch ends. The marks that wait are called, and are dropped by the writer. */
    synchronized void clear() {
        open.clear();
        endWaiting();
    }
}
