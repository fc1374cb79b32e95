package io.lsqroutes.budget;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.spi.Policy;
import org.apache.camel.support.processor.DelegateAsyncProcessor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes every call wait for its permit: at most the limit's calls reach the portal in any window, those that somebody
 * waits for first.
 *
 * <p>What stands inside this policy runs on one of {@code maxInFlight} threads of its own; what waits holds no thread.
 * The permit ends when the inside has ended, with an answer or without.
 */
public final class CallBudget implements Policy, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CallBudget.class);
    private static final long LOOK_EVERY = Duration.ofSeconds(1).toNanos();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final WaitingCalls waiting = new WaitingCalls();
    private final CallLimits limits;
    private final Predicate<Exchange> ofCampaign;
    private final Predicate<Exchange> again;
    private final Function<Exchange, @Nullable Exception> objection;
    private final Consumer<Exchange> ended;
    private final Budget budget;
    private final ExecutorService calls;
    private final Thread grants;
    private boolean closed;

    /**
     * @param ofCampaign whether nobody waits for what a call is made for
     * @param again whether a call follows one that failed
     * @param objection why a call that waits must not be made any more; null where it may
     * @param ended told of every call that has ended, while it still holds its permit
     */
    public CallBudget(
            CallLimits limits,
            Predicate<Exchange> ofCampaign,
            Predicate<Exchange> again,
            Function<Exchange, @Nullable Exception> objection,
            Consumer<Exchange> ended) {
        this.again = again;
        this.objection = objection;
        this.ended = ended;
        this.limits = limits;
        this.ofCampaign = ofCampaign;
        this.budget = new Budget(limits, System.nanoTime());
        this.calls = Executors.newFixedThreadPool(limits.maxInFlight(), task -> daemon(task, "leadsquared-call"));
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
                Lane lane = ofCampaign.test(exchange) ? Lane.CAMPAIGN : Lane.INTERACTIVE;
                AsyncCallback end = doneSync -> {
                    try {
                        ended.accept(exchange);
                    } finally {
                        answered(lane);
                        callback.done(false);
                    }
                };
                admit(new WaitingCall(lane, again.test(exchange), exchange, callback, () -> call(exchange, end)));
                return false;
            }

            /** A permit ends whatever happens inside. */
            private void call(Exchange exchange, AsyncCallback end) {
                try {
                    super.process(exchange, end);
                } catch (RuntimeException | Error e) {
                    exchange.setException(e);
                    end.done(false);
                }
            }
        };
    }

    private void admit(WaitingCall call) {
        lock.lock();
        try {
            if (!closed) {
                waiting.add(call);
                changed.signalAll();
                return;
            }
        } finally {
            lock.unlock();
        }
        call.refuseAtStop();
    }

    private void grant() {
        lock.lock();
        try {
            while (!closed) {
                // Not on this thread: what follows is the event's, and this one must never end.
                waiting.objected(objection).forEach((call, why) -> calls.execute(() -> call.refuse(why)));
                long now = System.nanoTime();
                Set<Lane> lanes = waiting.lanes();
                Turn turn = budget.next(lanes, now);
                if (turn.inNanos() > 0) {
                    changed.awaitNanos(Math.min(turn.inNanos(), lanes.isEmpty() ? Long.MAX_VALUE : LOOK_EVERY));
                } else {
                    budget.grant(turn.lane(), lanes, now);
                    calls.execute(waiting.next(turn.lane()).call());
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
            budget.hold(System.nanoTime());
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The account is known not to have been called for longer than a window: calls may be granted at once. */
    public void free() {
        lock.lock();
        try {
            budget.free(System.nanoTime());
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * The API refused a call: the whole account holds for a window, and takes less of the next ones. To be told before
     * the call's permit ends, or another call goes in between.
     *
     * @param pause how long it asks to be left alone, where that is longer; zero where it does not
     * @param named so many calls it names as the limit
     * @param in in this time; zero where it names none
     */
    public void refused(Duration pause, int named, Duration in) {
        boolean first;
        boolean less;
        int allowed;
        lock.lock();
        try {
            long now = System.nanoTime();
            first = budget.refused(pause.toNanos(), now);
            less = !limits.unlimited() && budget.named(limits.callsWithin(named, in));
            allowed = budget.allowed(now);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        if (less) {
            LOG.warn(
                    "The API names a limit of {} calls in {}, less than lsq.limit.calls: it is kept from now on",
                    named,
                    in);
        }
        if (first && limits.unlimited()) {
            LOG.warn("The API refused a call, and no limit is set: nothing is called for a window");
        } else if (first) {
            LOG.warn(
                    "The API refused a call: nothing is called for a window, and then {} of {} calls in each",
                    allowed,
                    limits.calls());
        }
    }

    private void answered(Lane lane) {
        lock.lock();
        try {
            budget.answered(lane, System.nanoTime());
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Grants nothing more and refuses what waits; calls that are out go on to their end. */
    @Override
    public void close() {
        List<WaitingCall> refused;
        lock.lock();
        try {
            closed = true;
            refused = waiting.removeAll();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        refused.forEach(WaitingCall::refuseAtStop);
    }

    /** Waits until no call is out, at most this long. */
    public void awaitNoneOut(Duration atMost) throws InterruptedException {
        long left = atMost.toNanos();
        lock.lock();
        try {
            while (budget.callsOut() > 0 && left > 0) {
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
