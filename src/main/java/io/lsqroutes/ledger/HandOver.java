package io.lsqroutes.ledger;

import io.lsqroutes.commit.LedgerEntry;
import io.lsqroutes.commit.LedgerWriter;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How an ownership ends in good order: no call begins any more, those that are out come to their end, and what became of
 * them is written. The next owner then finds nothing in doubt. For the poll loop's thread; heartbeats go on meanwhile.
 */
final class HandOver {
    private static final Logger LOG = LoggerFactory.getLogger(HandOver.class);
    private static final long LOOK_EVERY = 50;
    private static final Duration LONGEST_WRITE = Duration.ofSeconds(15);

    private final OpenIntents openIntents;
    private final LedgerWriter writer;
    private final Duration longestCall;

    /**
     * @param longestCall how long a call that is out takes to its end, at most
     */
    HandOver(OpenIntents openIntents, LedgerWriter writer, Duration longestCall) {
        this.openIntents = openIntents;
        this.writer = writer;
        this.longestCall = longestCall;
    }

    /**
     * Returns once everything is settled that can be; what waits for its call is left to the next owner.
     *
     * @param meanwhile runs now and then: the poll loop owes the ledger its answers while it waits here
     */
    void run(Runnable meanwhile) {
        writer.handOver();
        openIntents.endWaiting();
        try {
            if (!await(openIntents::isEmpty, longestCall, meanwhile)) {
                LOG.warn("Calls are still out; what becomes of them is in doubt for the next owner");
            }
            CountDownLatch written = new CountDownLatch(1);
            writer.add(LedgerEntry.flush(written::countDown));
            if (!await(() -> written.getCount() == 0, LONGEST_WRITE, meanwhile)) {
                LOG.warn("Outcomes are still waiting for Kafka; their events are read again by the next owner");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean await(BooleanSupplier end, Duration atMost, Runnable meanwhile) throws InterruptedException {
        long began = System.nanoTime();
        while (!end.getAsBoolean()) {
            if (System.nanoTime() - began > atMost.toNanos()) {
                return false;
            }
            meanwhile.run();
            TimeUnit.MILLISECONDS.sleep(LOOK_EVERY);
        }
        return true;
    }
}
