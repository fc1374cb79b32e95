package io.lsqroutes.breaker;

import io.lsqroutes.attempt.Attempts;
import io.lsqroutes.attempt.CallFailed;
import io.lsqroutes.attempt.CallKind;
import io.lsqroutes.attempt.Delivery;
import io.lsqroutes.attempt.Pauses;
import io.lsqroutes.attempt.Trouble;
import io.lsqroutes.attempt.Verdict;
import io.lsqroutes.attempt.Verdict.Kind;
import io.lsqroutes.event.Lane;
import io.lsqroutes.leadsquared.KeyProbe;
import io.lsqroutes.leadsquared.keys.AccountKeys;
import io.lsqroutes.leadsquared.keys.PortalKeys;
import io.lsqroutes.leadsquared.signin.SignInProgress;
import io.lsqroutes.route.Gate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets attempts through while the account is well. While it is not, they wait here, and one at a time is tried, each time
 * another event's, those that somebody waits for first.
 *
 * <p>Safe for use by several threads; what waits holds none.
 */
public final class AccountBreaker extends Gate implements AutoCloseable {
    /** What the bundle does while the line is stopped, and what its operator can do. */
    public static final String ADVICE =
            "Nothing is lost: events wait, one at a time is tried, and work goes on by itself."
                    + " Check what the reason names: the network, LeadSquared, or the account's keys and calls.";

    private static final Logger LOG = LoggerFactory.getLogger(AccountBreaker.class);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ProbeQueue waiting;
    private final AccountKeys keys;
    private final KeyProbe keyProbe;
    private final BooleanSupplier campaignsStand;
    private final Clock clock;
    private final LongSupplier nanoTime;
    private final BreakerState state;
    private volatile @Nullable String problem;
    /** The one attempt that may call while the line stands. */
    private volatile @Nullable Attempts probe;

    private boolean probeCalled;
    /** What the account's keys that were refused last had been; null where the key call was. */
    private @Nullable PortalKeys refused;

    private boolean closed;

    /**
     * @param keyProbe tries the line where no event can
     * @param window that of the account's limit
     * @param pauses between two probes, and between two looks at what waits
     * @param campaignsStand whether no call of a campaign is made for the rest of the day
     * @param nanoTime the monotonic clock
     */
    public AccountBreaker(
            AccountKeys keys,
            KeyProbe keyProbe,
            Duration window,
            Pauses pauses,
            BooleanSupplier campaignsStand,
            Clock clock,
            LongSupplier nanoTime) {
        this.waiting = new ProbeQueue(keys);
        this.keys = keys;
        this.keyProbe = keyProbe;
        this.campaignsStand = campaignsStand;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.state = new BreakerState(window, pauses, keys.canBeFetched());
        Thread turns = new Thread(() -> takeTurns(pauses.look().toNanos()), "leadsquared-line");
        turns.setDaemon(true);
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
            boolean waits = state.stop() != null && !closed;
            if (waits) {
                waiting.add(attempt);
                changed.signalAll();
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
            keys.askAgain(false);
        }
    }

    /** The end of a probe, whether it could call or not. */
    private void left(Attempts attempts) {
        lock.lock();
        try {
            OpenState stop = state.stop();
            if (attempts == probe && stop != null) {
                stop.probeEnded(probeCalled, nanoTime.getAsLong());
                probe = null;
                changed.signalAll();
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
        boolean mayCall = problem == null || (attempts == probe && hasItsDay(attempts));
        return mayCall ? null : new CallFailed(Verdict.NOT_SENT);
    }

    /** The line would stand until midnight with an attempt that is not called before. */
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
            OpenState before = state.stop();
            long now = nanoTime.getAsLong();
            judge(attempts, verdict, now);
            askKeyCall();
            OpenState stop = state.stop();
            Duration asked = verdict == null ? null : verdict.retryAfter();
            if (stop != null && asked != null) {
                stop.leaveAlone(asked, now);
            }
            tell(before, stop);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void judge(Attempts attempts, @Nullable Verdict failure, long now) {
        probeCalled |= attempts == probe;
        Trouble trouble = failure == null ? null : failure.trouble();
        boolean tooMany = failure != null && failure.kind() == Kind.RATE_LIMITED;
        if (trouble != null || tooMany) {
            attempts.metTrouble();
        }
        if (state.stop() != null && attempts != probe) {
            // It went out before the line was stopped, and says nothing of the account as it is since.
            attempts.blame(state.stopBlame());
        } else if (failure == null) {
            state.succeeded(attempts.call(), attempts.person(), now);
        } else if (tooMany) {
            state.refused(now);
        } else if (trouble == null) {
            state.answered(attempts.call());
        } else if (trouble != Trouble.KEYS_REFUSED || cannotBeHelped(attempts)) {
            TroubleMet met = TroubleMet.of(attempts, failure, trouble, keys);
            if (trouble == Trouble.KEYS_REFUSED) {
                refused = met.isOfKeyCall() ? null : SignInProgress.of(attempts).carried();
            }
            attempts.blame(state.failed(met, now));
        }
    }

    /** Other keys may help, and who needs none is not in trouble. A sign-in is not made twice to find out. */
    private boolean cannotBeHelped(Attempts attempts) {
        CallKind call = attempts.call();
        if (call.isKeyCall()) {
            return keys.areNeeded();
        }
        PortalKeys carried = SignInProgress.of(attempts).carried();
        return !keys.maySoonDifferFrom(carried) || (call == CallKind.SIGN_IN && !keys.haveWorked(call, carried));
    }

    private void tell(@Nullable OpenState before, @Nullable OpenState now) {
        if (now != null) {
            problem = "The line is stopped: " + now.reason();
        } else if (before != null) {
            problem = null;
            probe = null;
        }
    }

    /** Why nothing but probes goes out; null while the line runs. */
    public @Nullable String problem() {
        return problem;
    }

    private void takeTurns(long lookEvery) {
        lock.lock();
        try {
            while (!closed) {
                List<Runnable> turns = turns();
                if (turns.isEmpty()) {
                    changed.awaitNanos(state.stop() == null ? Long.MAX_VALUE : lookEvery);
                } else {
                    lock.unlock();
                    try {
                        turns.forEach(AccountBreaker::take);
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

    /** What can go on now: all, where the line runs; who is too old; and the next probe. */
    private List<Runnable> turns() {
        List<Runnable> turns = new ArrayList<>();
        OpenState stop = state.stop();
        if (stop == null) {
            waiting.takeAll().forEach(attempt -> turns.add(attempt.go()));
            return turns;
        }
        waiting.take(attempt -> isTooOld(attempt.attempts()))
                .forEach(attempt -> turns.add(() -> attempt.fail(new CallFailed(Verdict.EXPIRED_WAITING))));
        long now = nanoTime.getAsLong();
        if (keys.reread()) {
            stop.keysReplaced(now);
        }
        WaitingAttempt next =
                waiting.next(stop, attempt -> hasItsDay(attempt.attempts())).orElse(null);
        if (next != null && nanosUntil(next.attempts(), now) == 0) {
            waiting.remove(next);
            begin(next.attempts(), stop);
            turns.add(next.go());
        } else if (next == null && keys.canBeFetched() && state.nanosUntilProbe(now) == 0) {
            Attempts nobodys = keyProbe.attempts();
            begin(nobodys, stop);
            turns.add(() -> keyProbe.call(nobodys, () -> keyProbeEnded(nobodys)));
        }
        return turns;
    }

    private long nanosUntil(Attempts next, long now) {
        return next.troublesMet() == 0 ? state.nanosUntilAnother(next.signsInNext(), now) : state.nanosUntilProbe(now);
    }

    private void begin(Attempts next, OpenState stop) {
        stop.probeBegan();
        probe = next;
        probeCalled = false;
        keys.askAgain(stop.trouble() == Trouble.KEYS_REFUSED);
    }

    /** Nothing that waits could show anything, so a key call has to. */
    private void keyProbeEnded(Attempts nobodys) {
        lock.lock();
        try {
            OpenState stop = state.stop();
            if (stop != null && nobodys == probe) {
                stop.probeEnded(true, nanoTime.getAsLong());
                probe = null;
                if (stop.keyCallWentWell() && keyCallShowsTheEndOf(stop)) {
                    state.wellWithoutEvents();
                    tell(stop, null);
                }
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Keys that calls were refused for say something new only where they have been replaced, or have worked before. */
    private boolean keyCallShowsTheEndOf(OpenState stop) {
        PortalKeys before = refused;
        return !stop.isOfUnprovedKeys() || before == null || keys.willDifferFrom(before);
    }

    /** What waits is refused: it is read again by the next owner. */
    @Override
    public void close() {
        List<WaitingAttempt> refusedAtStop;
        lock.lock();
        try {
            closed = true;
            refusedAtStop = waiting.takeAll();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        refusedAtStop.forEach(
                attempt -> attempt.fail(new RejectedExecutionException("The bundle stops; the call was not made.")));
    }
}
