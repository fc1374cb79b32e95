package io.lsqroutes.breaker;

import io.lsqroutes.attempt.Attempts;
import io.lsqroutes.attempt.CallFailed;
import io.lsqroutes.attempt.Delivery;
import io.lsqroutes.attempt.Pauses;
import io.lsqroutes.attempt.Verdict;
import io.lsqroutes.event.Lane;
import io.lsqroutes.route.Gate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * Lets attempts through while the account is well. While it is not, calls are suspended: attempts wait here, and one at a
 * time is tried, each time another event's, those that somebody waits for first.
 *
 * <p>Safe for use by several threads; what waits holds none.
 */
public final class AccountBreaker extends Gate implements AutoCloseable {
    /** What the bundle does while calls are suspended, and what its operator can do. */
    public static final String ADVICE =
            "Nothing is lost: events wait, one at a time is tried, and work goes on by itself."
                    + " Check what the reason names: the network, LeadSquared, or the account's keys and calls.";

    private final ReentrantLock lock = new ReentrantLock();
    private final ProbeQueue waiting = new ProbeQueue();
    private final AccountAccess access;
    private final BooleanSupplier campaignsStand;
    private final Clock clock;
    private final LongSupplier nanoTime;
    private final BreakerState state;
    private final Judge judge;
    private final Probes probes;
    private final Turns turns;
    private volatile @Nullable String problem;

    /**
     * @param window that of the account's limit
     * @param pauses between two probes, and between two looks at what waits
     * @param campaignsStand whether no call of a campaign is made for the rest of the day
     * @param nanoTime the monotonic clock
     */
    public AccountBreaker(
            AccountAccess access,
            Duration window,
            Pauses pauses,
            BooleanSupplier campaignsStand,
            Clock clock,
            LongSupplier nanoTime) {
        this.access = access;
        this.campaignsStand = campaignsStand;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.state = new BreakerState(window, pauses, access.hasKeyCall());
        this.judge = new Judge(state, access);
        this.probes = new Probes(state, access, waiting, this::keyCallEnded);
        long lookEvery = pauses.look().toNanos();
        this.turns = new Turns(lock, this::due, () -> state.open() == null ? Long.MAX_VALUE : lookEvery);
        turns.start();
    }

    @Override
    protected boolean arrived(Exchange exchange, AsyncCallback callback, Inside inside) {
        Attempts attempts = attempts(exchange);
        Runnable go = () -> inside.process(doneSync -> {
            left(attempts);
            callback.done(false);
        });
        return !waits(new WaitingAttempt(attempts, exchange, callback, go)) && inside.process(callback);
    }

    private static Attempts attempts(Exchange exchange) {
        return Delivery.of(exchange).attempts();
    }

    private boolean waits(WaitingAttempt attempt) {
        lock.lock();
        try {
            boolean waits = state.open() != null && !turns.isClosed();
            if (waits) {
                waiting.add(attempt);
                turns.changed();
            } else {
                askKeyCall();
            }
            return waits;
        } finally {
            lock.unlock();
        }
    }

    /** The next attempt begins with a key call, where that has to show whose fault some answers are. */
    private void askKeyCall() {
        if (state.keyCallIsDue(nanoTime.getAsLong())) {
            access.beginWithKeyCall(false);
        }
    }

    /** The end of a probe, whether it could call or not. */
    private void left(Attempts attempts) {
        lock.lock();
        try {
            OpenState open = state.open();
            if (probes.isCurrent(attempts) && open != null) {
                open.probeEnded(probes.hasCalled(), nanoTime.getAsLong());
                probes.end();
                turns.changed();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Why a call must not be made now although its attempt came through; null where it may. */
    public @Nullable Exception objection(Exchange exchange) {
        Attempts attempts = attempts(exchange);
        if (isTooOld(attempts)) {
            return new CallFailed(Verdict.EXPIRED_WAITING);
        }
        boolean mayCall = problem == null || (probes.isCurrent(attempts) && hasItsDay(attempts));
        return mayCall ? null : new CallFailed(Verdict.NOT_SENT);
    }

    /** With a probe that is not called before the day ends, calls would be suspended until then. */
    private boolean hasItsDay(Attempts attempts) {
        return attempts.event().head().lane() != Lane.CAMPAIGN || !campaignsStand.getAsBoolean();
    }

    private boolean isTooOld(Attempts attempts) {
        return attempts.event().head().expiredAt(clock.instant());
    }

    /** A call has ended. To be told before its permit ends, or another call goes out in between. */
    public void ended(Exchange exchange) {
        Exception failure = exchange.getException();
        Verdict verdict = CallFailed.verdict(failure);
        if (failure != null && (verdict == null || !verdict.kind().isOfACall())) {
            return;
        }
        Attempts attempts = attempts(exchange);
        lock.lock();
        try {
            OpenState before = state.open();
            long now = nanoTime.getAsLong();
            probes.called(attempts);
            judge.judge(attempts, probes.isCurrent(attempts), verdict, now);
            askKeyCall();
            OpenState open = state.open();
            Duration asked = verdict == null ? null : verdict.retryAfter();
            if (open != null && asked != null) {
                open.leaveAlone(asked, now);
            }
            tell(before, open);
            turns.changed();
        } finally {
            lock.unlock();
        }
    }

    private void tell(@Nullable OpenState before, @Nullable OpenState now) {
        if (now != null) {
            problem = "Calls to LeadSquared are suspended: " + now.reason();
        } else if (before != null) {
            problem = null;
            probes.end();
        }
    }

    /** Why nothing but probes goes out; null while calls are made. */
    public @Nullable String problem() {
        return problem;
    }

    /** What can go on now: all, where calls are made; else who is too old, and the next probe. */
    private List<Runnable> due() {
        List<Runnable> due = new ArrayList<>();
        OpenState open = state.open();
        if (open == null) {
            waiting.takeAll().forEach(attempt -> due.add(attempt.go()));
            return due;
        }
        waiting.take(attempt -> isTooOld(attempt.attempts()))
                .forEach(attempt -> due.add(() -> attempt.fail(new CallFailed(Verdict.EXPIRED_WAITING))));
        long now = nanoTime.getAsLong();
        if (access.reread()) {
            open.keysReplaced(now);
        }
        Runnable probe = probes.next(open, this::hasItsDay, now);
        if (probe != null) {
            due.add(probe);
        }
        return due;
    }

    private void keyCallEnded(Attempts nobodys) {
        lock.lock();
        try {
            OpenState open = state.open();
            if (open != null && probes.isCurrent(nobodys)) {
                open.probeEnded(true, nanoTime.getAsLong());
                probes.end();
                if (judge.keyCallShowsTheEndOf(open)) {
                    state.wellWithoutEvents();
                    tell(open, null);
                }
                turns.changed();
            }
        } finally {
            lock.unlock();
        }
    }

    /** What waits is rejected: it is read again by the next owner. */
    @Override
    public void close() {
        List<WaitingAttempt> rejected;
        lock.lock();
        try {
            turns.close();
            rejected = waiting.takeAll();
        } finally {
            lock.unlock();
        }
        rejected.forEach(
                attempt -> attempt.fail(new RejectedExecutionException("The bundle stops; the call was not made.")));
    }
}
