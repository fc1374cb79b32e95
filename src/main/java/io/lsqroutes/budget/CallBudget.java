package io.lsqroutes.budget;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.spi.Policy;
import org.apache.camel.support.processor.DelegateAsyncProcessor;

/**
 * Makes every call wait for its permit: at most the limit's calls reach the portal in any window.
 *
 * <p>What stands inside this policy runs on one of {@code maxInFlight} threads of its own; what waits holds no thread.
 * The permit ends when the inside has ended, with an answer or without.
 */
public final class CallBudget implements Policy, AutoCloseable {
    /** Above the window, for a portal that counts in whole milliseconds. */
    private static final Duration GRANULARITY = Duration.ofMillis(10);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private final Slots slots;
    private final int maxInFlight;
    private final ExecutorService calls;
    private final Thread grants;
    private int inFlight;
    private boolean closed;

    /**
     * @param limit calls in any window; 0 means no limit
     * @param maxInFlight calls that hold a permit at a time
     */
    public CallBudget(int limit, Duration window, int maxInFlight) {
        Duration span = limit == 0 ? Duration.ZERO : window.plus(GRANULARITY);
        this.slots = new Slots(limit == 0 ? maxInFlight : limit, span.toNanos(), System.nanoTime());
        this.maxInFlight = maxInFlight;
        this.calls = Executors.newFixedThreadPool(maxInFlight, task -> daemon(task, "leadsquared-call"));
        this.grants = daemon(this::grant, "leadsquared-permits");
        grants.start();
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void beforeWrap(Route route, NamedNode definition) {
        // Nothing to prepare.
    }

    @Override
    public Processor wrap(Route route, Processor processor) {
        return new DelegateAsyncProcessor(processor) {
            @Override
            public boolean process(Exchange exchange, AsyncCallback callback) {
                AsyncCallback ended = doneSync -> {
                    answered();
                    callback.done(false);
                };
                admit(new Waiting(exchange, callback, () -> call(exchange, ended)));
                return false;
            }

            /** A permit ends whatever happens inside. */
            private void call(Exchange exchange, AsyncCallback ended) {
                try {
                    super.process(exchange, ended);
                } catch (RuntimeException | Error e) {
                    exchange.setException(e);
                    ended.done(false);
                }
            }
        };
    }

    private record Waiting(Exchange exchange, AsyncCallback callback, Runnable call) {
        void refuse() {
            exchange.setException(new RejectedExecutionException("The bundle stops; the call was not made."));
            callback.done(false);
        }
    }

    private void admit(Waiting call) {
        lock.lock();
        try {
            if (!closed) {
                waiting.addLast(call);
                changed.signalAll();
                return;
            }
        } finally {
            lock.unlock();
        }
        call.refuse();
    }

    private void grant() {
        lock.lock();
        try {
            while (!closed) {
                long now = System.nanoTime();
                if (waiting.isEmpty() || inFlight == maxInFlight) {
                    changed.await();
                } else if (slots.nanosUntilFree(now) > 0) {
                    changed.awaitNanos(slots.nanosUntilFree(now));
                } else {
                    slots.take(now);
                    inFlight++;
                    calls.execute(waiting.removeFirst().call());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    /** No call is granted for one window: somebody else may have used it up to now. */
    public void hold() {
        lock.lock();
        try {
            slots.hold(System.nanoTime());
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The account is known not to have been called for longer than a window: calls may be granted at once. */
    public void free() {
        lock.lock();
        try {
            slots.free(System.nanoTime());
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void answered() {
        lock.lock();
        try {
            slots.answered(System.nanoTime());
            inFlight--;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Grants nothing more and refuses what waits; calls that are out go on to their end. */
    @Override
    public void close() {
        Deque<Waiting> refused;
        lock.lock();
        try {
            closed = true;
            refused = new ArrayDeque<>(waiting);
            waiting.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        refused.forEach(Waiting::refuse);
    }

    /** Waits until no call is out, at most this long. */
    public void awaitNoneOut(Duration atMost) throws InterruptedException {
        long left = atMost.toNanos();
        lock.lock();
        try {
            while (inFlight > 0 && left > 0) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Ends the threads, once no call is out any more. */
    public void end() {
        calls.shutdown();
    }

    /** The threads that calls run on, for what has to wait in the middle of one without holding its thread. */
    public Executor threads() {
        return calls;
    }
}
