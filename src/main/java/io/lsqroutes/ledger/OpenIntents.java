package io.lsqroutes.ledger;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The events whose last word in the journal is that a call is out: never more than may be in flight, so that a crash
 * leaves no more than that in doubt. A permit ends with the answer; this ends with what the ledger is told of it.
 * Safe for use by several threads.
 */
final class OpenIntents {
    private record Waiting(String key, Runnable mark) {}

    private final int most;
    private final Set<String> out = new HashSet<>();
    private final Deque<Waiting> waiting = new ArrayDeque<>();

    OpenIntents(int most) {
        this.most = most;
    }

    /** Writes the mark now, or once another call's end is written. */
    synchronized void calling(String key, Runnable mark) {
        if (out.size() < most || out.contains(key)) {
            out.add(key);
            mark.run();
        } else {
            waiting.addLast(new Waiting(key, mark));
        }
    }

    /** What became of the call is on its way to the journal, before everything that follows. */
    synchronized void ended(String key) {
        if (out.remove(key) && !waiting.isEmpty()) {
            Waiting next = waiting.removeFirst();
            out.add(next.key());
            next.mark().run();
        }
    }

    /** Whether no call is out. */
    synchronized boolean isEmpty() {
        return out.isEmpty();
    }

    /** No call begins any more: what waits finds that out itself, and what is out comes to its end. */
    synchronized void endWaiting() {
        List<Waiting> ending = List.copyOf(waiting);
        waiting.clear();
        ending.forEach(call -> call.mark().run());
    }

    /** The ownership ends: what waits finds that out itself. */
    synchronized void clear() {
        out.clear();
        endWaiting();
    }
}
