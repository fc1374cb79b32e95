package io.lsqroutes.breaker;

import io.lsqroutes.attempt.Attempts;
import io.lsqroutes.attempt.Trouble;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The probes of an account whose calls are suspended: one at a time, an attempt that waits or a key call that no event asks
 * for. Not synchronised, but {@link #isCurrent} may be asked by any thread.
 */
final class Probes {
    private final BreakerState state;
    private final AccountAccess access;
    private final ProbeQueue waiting;
    private final Consumer<Attempts> keyCallEnded;
    private volatile @Nullable Attempts current;
    private boolean hasCalled;

    /**
     * @param keyCallEnded is told on any thread, and without a lock
     */
    Probes(BreakerState state, AccountAccess access, ProbeQueue waiting, Consumer<Attempts> keyCallEnded) {
        this.state = state;
        this.access = access;
        this.waiting = waiting;
        this.keyCallEnded = keyCallEnded;
    }

    /**
     * Begins the next probe, if it is due.
     *
     * @param mayCall whether an attempt is called before the day ends
     * @return makes its call; null where none is due
     */
    @Nullable
    Runnable next(OpenState open, Predicate<Attempts> mayCall, long now) {
        WaitingAttempt next = waiting.next(
                        open,
                        attempts -> mayCall.test(attempts) && access.mayTellMore(attempts, open.isOfUnprovedKeys()))
                .orElse(null);
        if (next == null) {
            return access.hasKeyCall() && state.nanosUntilProbe(now) == 0 ? keyCall(open) : null;
        }
        if (nanosUntil(next.attempts(), now) > 0) {
            return null;
        }
        waiting.remove(next);
        begin(next.attempts(), open);
        return next.go();
    }

    private long nanosUntil(Attempts next, long now) {
        return next.troublesMet() == 0 ? state.nanosUntilAnother(next.signsInNext(), now) : state.nanosUntilProbe(now);
    }

    /** Nothing that waits can show anything, so a key call has to. */
    private Runnable keyCall(OpenState open) {
        Attempts nobodys = access.keyCall();
        begin(nobodys, open);
        return () -> access.make(nobodys, () -> keyCallEnded.accept(nobodys));
    }

    private void begin(Attempts next, OpenState open) {
        open.probeBegan();
        current = next;
        hasCalled = false;
        access.beginWithKeyCall(open.trouble() == Trouble.KEYS_NOT_ACCEPTED);
    }

    /** Whether these attempts are the ones that may call while calls are suspended. */
    boolean isCurrent(Attempts attempts) {
        return attempts == current;
    }

    /** A call has ended, which may be that of the probe. */
    void called(Attempts attempts) {
        hasCalled |= isCurrent(attempts);
    }

    /** Whether a call of the current probe has ended. */
    boolean hasCalled() {
        return hasCalled;
    }

    /** There is no probe any more. */
    void end() {
        current = null;
    }
}
