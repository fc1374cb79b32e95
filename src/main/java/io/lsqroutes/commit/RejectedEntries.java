package io.lsqroutes.commit;

import io.lsqroutes.topics.TopicWatch;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The entries with a record that Kafka rejects for good. They leave their group, so that the others can be committed. A
 * forward is given up, and a dead letter loses its value. Everything else waits here until its topic takes it. All calls
 * wait with it. For one thread at a time.
 */
final class RejectedEntries {
    private static final Logger LOG = LoggerFactory.getLogger(RejectedEntries.class);
    private static final long TRY_EVERY = Duration.ofSeconds(5).toNanos();
    private static final long SAY_EVERY = Duration.ofMinutes(1).toNanos();

    private final TopicWatch watch;
    private final String deadLetters;
    private final Deque<LedgerEntry> waiting = new ArrayDeque<>();
    private final List<LedgerEntry> calls = new ArrayList<>();
    private long triedAt;
    private long saidAt = System.nanoTime() - SAY_EVERY;
    private int givenUp;

    RejectedEntries(TopicWatch watch, String deadLetters) {
        this.watch = watch;
        this.deadLetters = deadLetters;
    }

    /** Whether it is time to try again what waits. */
    boolean isDue() {
        return !waiting.isEmpty() && System.nanoTime() - triedAt > TRY_EVERY;
    }

    /**
     * What is to be written next: one entry that waits, when it is time for it, else these. While an entry waits, calls
     * are taken out of these.
     */
    List<LedgerEntry> next(List<LedgerEntry> entries) {
        if (isDue()) {
            return new ArrayList<>(List.of(waiting.getFirst()));
        }
        if (!waiting.isEmpty()) {
            entries.removeIf(entry -> entry.callFollows() && calls.add(entry));
        }
        return entries;
    }

    /** These are written, or nothing of them is left to write. The calls that waited go on once nothing else waits. */
    void written(List<LedgerEntry> group, List<LedgerEntry> entries) {
        if (group != entries) {
            waiting.removeFirst();
        }
        if (waiting.isEmpty() && !calls.isEmpty()) {
            entries.addAll(calls);
            calls.clear();
        }
        if (waiting.isEmpty()) {
            watch.recordRejected(null);
        }
    }

    /** Takes the rejected records' entries out of a group, so that the rest can be written. */
    void takeOut(List<RejectedRecord> rejected, List<LedgerEntry> group, List<LedgerEntry> entries) {
        boolean again = group != entries;
        if (again) {
            // The others have their try first, the next time.
            waiting.removeFirst();
        }
        for (RejectedRecord record : rejected) {
            if (!group.remove(record.entry())) {
                // The day's count, which goes with every call.
                group.stream().filter(LedgerEntry::callFollows).toList().forEach(call -> hold(call, record));
                group.removeIf(LedgerEntry::callFollows);
            } else if (record.isForward()) {
                giveUp(record);
            } else if (record.canBeEmptied(deadLetters)) {
                LOG.warn("A dead letter is written without its event: {}", record.problem());
                entries.add(record.emptied());
            } else {
                hold(record.entry(), record);
            }
        }
        if (again) {
            // Nothing else was in its group.
            waiting.addAll(group);
        }
    }

    /** The event is handled on its own topic instead. */
    private void giveUp(RejectedRecord record) {
        givenUp++;
        if (isTimeToSay()) {
            LOG.warn(
                    "{} events could not be forwarded, and are handled where they stand. The last one: {}",
                    givenUp,
                    record.problem());
            givenUp = 0;
        }
        Objects.requireNonNull(record.entry().notForwarded()).run();
    }

    private void hold(LedgerEntry entry, RejectedRecord record) {
        if (waiting.isEmpty()) {
            watch.recordRejected(record.problem());
        }
        waiting.addLast(entry);
        triedAt = System.nanoTime();
    }

    private boolean isTimeToSay() {
        boolean time = System.nanoTime() - saidAt > SAY_EVERY;
        if (time) {
            saidAt = System.nanoTime();
        }
        return time;
    }

    /** The calls that wait here, which are no longer wanted. */
    List<LedgerEntry> takeCalls() {
        List<LedgerEntry> taken = new ArrayList<>(calls);
        calls.clear();
        waiting.removeIf(entry -> entry.callFollows() && taken.add(entry));
        return taken;
    }

    /** All that waits here, which is not written any more. */
    List<LedgerEntry> takeAll() {
        List<LedgerEntry> taken = takeCalls();
        taken.addAll(waiting);
        waiting.clear();
        watch.recordRejected(null);
        return taken;
    }
}
