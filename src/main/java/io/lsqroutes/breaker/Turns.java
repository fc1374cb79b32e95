package io.lsqroutes.breaker;

import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The breaker's thread. It looks for what is due under the breaker's lock, and runs that without it. */
final class Turns {
    private static final Logger LOG = LoggerFactory.getLogger(Turns.class);

    private final ReentrantLock lock;
    private final Condition changed;
    private final Supplier<List<Runnable>> due;
    private final LongSupplier nanosToNextLook;
    private boolean closed;

    /**
     * @param due is asked under this lock
     * @param nanosToNextLook is asked under this lock where nothing is due
     */
    Turns(ReentrantLock lock, Supplier<List<Runnable>> due, LongSupplier nanosToNextLook) {
        this.lock = lock;
        this.changed = lock.newCondition();
        this.due = due;
        this.nanosToNextLook = nanosToNextLook;
    }

    void start() {
        Thread thread = new Thread(this::takeTurns, "leadsquared-probes");
        thread.setDaemon(true);
        thread.start();
    }

    private void takeTurns() {
        lock.lock();
        try {
            while (!closed) {
                List<Runnable> turns = due.get();
                if (turns.isEmpty()) {
                    changed.awaitNanos(nanosToNextLook.getAsLong());
                } else {
                    lock.unlock();
                    try {
                        turns.forEach(Turns::take);
                    } finally {
                        lock.lock();
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    /** One event's defect must not end the turns of all. */
    private static void take(Runnable turn) {
        try {
            turn.run();
        } catch (RuntimeException e) {
            LOG.error("An attempt could not go on: {}", e.getClass().getName());
        }
    }

    /** Something may be due now. Called under the lock. */
    void changed() {
        changed.signalAll();
    }

    /** Nothing is due any more. Called under the lock. */
    void close() {
        closed = true;
        changed.signalAll();
    }

    boolean isClosed() {
        return closed;
    }
}
