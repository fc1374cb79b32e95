package io.lsqroutes.commit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The entries that wait for their commit, and whether calls may still be among them. Safe for use by several threads. */
final class EntryQueue {
    private static final int LARGEST_GROUP = 500;

    private final BlockingQueue<LedgerEntry> waiting = new LinkedBlockingQueue<>();
    private volatile boolean bundleStops;
    private volatile boolean ownershipEnds;

    /** Adds an entry. A call is dropped at once if no more calls are taken. */
    void add(LedgerEntry entry) {
        if (!takesCalls() && entry.callFollows()) {
            entry.dropped().run();
        } else {
            waiting.add(entry);
        }
    }

    /** Takes the next group. It waits a second for it, and may be empty. */
    List<LedgerEntry> next() throws InterruptedException {
        List<LedgerEntry> group = new ArrayList<>();
        @Nullable LedgerEntry first = waiting.poll(1, TimeUnit.SECONDS);
        if (first != null) {
            group.add(first);
            waiting.drainTo(group, LARGEST_GROUP);
        }
        return group;
    }

    List<LedgerEntry> takeAll() {
        List<LedgerEntry> all = new ArrayList<>();
        waiting.drainTo(all);
        return all;
    }

    /** No call is taken any more, in this ownership or a later one. */
    void bundleStops() {
        bundleStops = true;
        dropCalls(waiting);
    }

    /** No call is taken until the next ownership begins. */
    void ownershipEnds() {
        ownershipEnds = true;
        dropCalls(waiting);
    }

    void ownershipBegins() {
        ownershipEnds = false;
    }

    boolean isBundleStopping() {
        return bundleStops;
    }

    boolean isOwnershipEnding() {
        return ownershipEnds;
    }

    /** Whether a call may begin: neither the bundle nor the ownership ends. */
    boolean takesCalls() {
        return !bundleStops && !ownershipEnds;
    }

    /** Takes the calls out of these entries, and tells each that it is not made. */
    static void dropCalls(Collection<LedgerEntry> entries) {
        List<LedgerEntry> calls = new ArrayList<>();
        entries.removeIf(entry -> entry.callFollows() && calls.add(entry));
        drop(calls);
    }

    /** Tells each of these entries that it is not written. */
    static void drop(List<LedgerEntry> entries) {
        entries.forEach(entry -> entry.dropped().run());
    }
}
