package io.lsqroutes.intake;

import io.lsqroutes.ops.VitalThreads;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Knows whether Camel's poll loop still runs. An error ends that loop silently, and the process would
 * live on and do nothing. Its steps belong to the poll loop's thread; any thread may call the rest.
 */
final class PollLoop implements AutoCloseable {
    /** Looks are counted instead of time: a process that was frozen has missed none. */
    private static final int LONGEST_SILENCE = 60;

    private final Duration lookEvery;
    private volatile boolean inside;
    private final AtomicInteger steps = new AtomicInteger();
    private volatile boolean closed;
    private boolean watched;

    /**
     * @param lookEvery a loop is over that does not come back within sixty times as long
     */
    PollLoop(Duration lookEvery) {
        this.lookEvery = lookEvery;
    }

    /** A step of the loop; it may take any time. */
    <T> T step(Supplier<T> step) {
        inside = true;
        try {
            return step.get();
        } catch (Error e) {
            VitalThreads.ended(e);
            throw e;
        } finally {
            steps.incrementAndGet();
            inside = false;
        }
    }

    /** Begins to look after it, once. */
    synchronized void watch() {
        if (watched) {
            return;
        }
        watched = true;
        Thread thread = new Thread(this::look, "leadsquared-poll-loop");
        thread.setDaemon(true);
        thread.start();
    }

    private void look() {
        int seen = steps.get();
        int silent = 0;
        while (!closed) {
            try {
                Thread.sleep(lookEvery.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            silent = inside || steps.get() != seen ? 0 : silent + 1;
            seen = steps.get();
            if (silent == LONGEST_SILENCE && !closed) {
                throw new IllegalStateException("Camel has stopped to poll Kafka");
            }
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
