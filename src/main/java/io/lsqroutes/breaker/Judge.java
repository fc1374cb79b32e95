package io.lsqroutes.breaker;

import io.lsqroutes.attempt.Attempts;
import io.lsqroutes.attempt.Trouble;
import io.lsqroutes.attempt.Verdict;
import io.lsqroutes.attempt.Verdict.Kind;
import org.jspecify.annotations.Nullable;

/** Tells the breaker's state what the end of a call shows of the account. Not synchronised. */
final class Judge {
    private final BreakerState state;
    private final AccountAccess access;
    /** The account's keys that were not accepted last; null where it was the access keys of the key call. */
    private @Nullable UnacceptedKeys last;

    Judge(BreakerState state, AccountAccess access) {
        this.state = state;
        this.access = access;
    }

    /**
     * A call has ended.
     *
     * @param isProbe whether it was made to try the account
     * @param failure null where it went well
     */
    void judge(Attempts attempts, boolean isProbe, @Nullable Verdict failure, long now) {
        Trouble trouble = failure == null ? null : failure.trouble();
        boolean tooMany = failure != null && failure.kind() == Kind.RATE_LIMITED;
        if (trouble != null || tooMany) {
            attempts.metTrouble();
        }
        if (state.open() != null && !isProbe) {
            // The call went out before calls were suspended, and says nothing of the account as it is since.
            attempts.blame(state.blameWhileOpen());
        } else if (failure == null) {
            state.succeeded(attempts.call(), attempts.person(), now);
        } else if (tooMany) {
            state.rateLimited(now);
        } else if (trouble == null) {
            state.answered(attempts.call());
        } else if (trouble == Trouble.KEYS_NOT_ACCEPTED) {
            keysNotAccepted(attempts, failure, now);
        } else {
            attempts.blame(state.failed(TroubleMet.of(attempts, failure, trouble, false), now));
        }
    }

    private void keysNotAccepted(Attempts attempts, Verdict failure, long now) {
        UnacceptedKeys keys = access.notAccepted(attempts);
        if (!keys.othersMayHelp()) {
            TroubleMet met = TroubleMet.of(attempts, failure, Trouble.KEYS_NOT_ACCEPTED, keys.haveWorked());
            last = met.isOfKeyCall() ? null : keys;
            attempts.blame(state.failed(met, now));
        }
    }

    /** Keys that were not accepted say something new only where they have been replaced, or have worked before. */
    boolean keyCallShowsTheEndOf(OpenState open) {
        UnacceptedKeys before = last;
        return open.keyCallWentWell()
                && (!open.isOfUnprovedKeys()
                        || before == null
                        || before.areReplaced().getAsBoolean());
    }
}
