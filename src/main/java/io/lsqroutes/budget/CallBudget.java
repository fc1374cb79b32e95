package io.lsqroutes.budget;

import io.lsqroutes.budget.DayCalls.QuotaClaim;
import io.lsqroutes.event.Lane;
import io.lsqroutes.route.Gate;
import java.time.Duration;
import java.util.ArrayList;
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
import org.jspecify.annotations.Nullable;

/**
 * Makes every call wait for its permit: at most the limit's calls reach the portal in any window, those that somebody
 * waits for first.
 *
 * <p>What stands inside this policy runs on one of {@code maxInFlight} threads of its own; what waits holds no thread.
 * The permit ends when the inside has ended, with an answer or without.
 */
public final class CallBudget extends Gate implements AutoCloseable {
    /** The exchange property that holds the {@link QuotaClaim} of the call that is made. */
    public static final String CLAIM = "claim";

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final WaitingCalls waiting = new WaitingCalls();
    private final CallLimits limits;
    private final long lookEvery;
    private final DayCalls day;
    private final Predicate<Exchange> ofCampaign;
    private final Predicate<Exchange> again;
    private final Function<Exchange, @Nullable Exception> objection;
    private final Consumer<Exchange> ended;
    private final BudgetLog log;
    private final Budget budget;
    private final ExecutorService calls;
    private final Thread grants;
    private volatile boolean closed;

    /**
     * @param lookEvery how often what waits is looked at: a day begins, and an event expires, without a sign
     * @param day holds the calls against the day's quota
     * @param ofCampaign whether nobody waits for what a call is made for
     * @param again whether a call follows one that failed
     * @param objection why a call that waits must not be made any more; null where it may
     * @param ended told of every call that has ended, while it still holds its permit
     */
    public CallBudget(
            CallLimits limits,
            Duration lookEvery,
            DayCalls day,
            Predicate<Exchange> ofCampaign,
            Predicate<Exchange> again,
            Function<Exchange, @Nullable Exception> objection,
            Consumer<Exchange> ended) {
        this.limits = limits;
        this.lookEvery = lookEvery.toNanos();
        this.day = day;
        this.ofCampaign = ofCampaign;
        this.again = again;
        this.objection = objection;
        this.ended = ended;
        this.log = new BudgetLog(limits);
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
    protected boolean arrived(Exchange exchange, AsyncCallback callback, Inside inside) {
        Lane lane = ofCampaign.test(exchange) ? Lane.CAMPAIGN : Lane.INTERACTIVE;
        admit(new WaitingCall(lane, again.test(exchange), exchange, callback, claim -> {
            exchange.setProperty(CLAIM, claim);
            call(exchange, inside, new EndOfCall(() -> ended.accept(exchange), () -> answered(lane, claim), callback));
        }));
        return false;
    }

    /** A permit ends whatever happens inside. */
    private static void call(Exchange exchange, Inside inside, AsyncCallback end) {
        try {
            inside.process(end);
        } catch (RuntimeException | Error e) {
            exchange.setException(e);
            end.done(false);
        }
    }

    private void admit(WaitingCall call) {
        change(() -> waiting.add(call));
        if (closed) {
            rejectWaiting();
        }
    }

    private void rejectWaiting() {
        List<WaitingCall> rejected = new ArrayList<>();
        change(() -> rejected.addAll(waiting.removeAll()));
        rejected.forEach(WaitingCall::rejectAtStop);
    }

    private void grant() {
        lock.lock();
        try {
            while (!closed) {
                long now = System.nanoTime();
                look();
                Set<Lane> lanes = waiting.lanes();
                lanes.removeIf(lane -> !day.allows(lane));
                NextGrant turn = budget.next(lanes, now);
                if (turn.inNanos() > 0) {
                    changed.awaitNanos(Math.min(turn.inNanos(), lookEvery));
                } else {
                    budget.grant(turn.lane(), lanes, now);
                    begin(waiting.next(turn.lane()), day.claim());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    private void begin(WaitingCall call, QuotaClaim claim) {
        calls.execute(() -> call.call().accept(claim));
    }

    private void look() {
        log.quota(day.spent(), day.counted());
        // Not on this thread: what follows is the event's, and this one must never end.
        waiting.objected(objection).forEach((call, why) -> calls.execute(() -> call.reject(why)));
    }

    /** No call is granted for one window: somebody else may have used it up to now. */
    public void hold() {
        change(() -> budget.hold(System.nanoTime()));
    }

    /** The account is known not to have been called for longer than a window: calls may be granted at once. */
    public void free() {
        change(() -> budget.free(System.nanoTime()));
    }

    /**
     * The API has answered a call as one too many: the whole account holds for a window, and takes less of the next ones. To be told before
     * the call's permit ends, or another call goes in between.
     *
     * @param pause how long it asks to be left alone, where that is longer; zero where it does not
     * @param named so many calls it names as the limit
     * @param in in this time; zero where it names none
     */
    public void rateLimited(Duration pause, int named, Duration in) {
        change(() -> {
            long now = System.nanoTime();
            boolean first = budget.rateLimited(pause.toNanos(), now);
            if (!limits.unlimited() && budget.named(limits.callsWithin(named, in))) {
                log.named(named, in);
            }
            if (first) {
                log.rateLimited(budget.allowed(now));
            }
        });
    }

    private void answered(Lane lane, QuotaClaim claim) {
        change(() -> {
            budget.answered(lane, System.nanoTime());
            claim.end();
        });
    }

    private void change(Runnable step) {
        lock.lock();
        try {
            step.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Grants nothing more and rejects what waits; calls that are out go on to their end. */
    @Override
    public void close() {
        change(() -> closed = true);
        rejectWaiting();
    }

    /** Waits until no call is out, at most this long, or until its thread is interrupted. */
    public void awaitNoneOut(Duration atMost) {
        long left = atMost.toNanos();
        lock.lock();
        try {
            while (budget.callsOut() > 0 && left > 0) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
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
