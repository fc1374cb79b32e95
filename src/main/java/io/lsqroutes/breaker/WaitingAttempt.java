package io.lsqroutes.breaker;

import io.lsqroutes.attempt.Attempts;
import io.lsqroutes.attempt.CallKind;
import io.lsqroutes.leadsquared.keys.AccountKeys;
import io.lsqroutes.leadsquared.keys.Unauthorized;
import io.lsqroutes.leadsquared.signin.SignInProgress;
import io.lsqroutes.leadsquared.signin.Verification;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;

/**
 * An attempt that waits for the line to run, or to be tried with it.
 *
 * @param go takes it on from where it waits
 */
record WaitingAttempt(Attempts attempts, Exchange exchange, AsyncCallback callback, Runnable go) {

    /**
     * Whether there is something to try: the same password with the same keys is refused again, and may lock its person
     * out. So a verification asks each password once, and then waits until the keys are proved or replaced.
     */
    boolean mayTellMoreThanBefore(OpenState stop, AccountKeys keys) {
        if (attempts.isVerifying() && stop.isOfUnprovedKeys()) {
            Verification asked = SignInProgress.of(attempts).verification(attempts.call());
            boolean otherPasswordIsNext = asked != null && asked.goesOnAtOnce();
            return otherPasswordIsNext
                    || SignInProgress.of(attempts).carriedKeys().haveBeenReplaced(keys);
        }
        Unauthorized refusal = SignInProgress.of(attempts).carriedKeys().refusal();
        return refusal == null || refusal.call() != CallKind.SIGN_IN || keys.mayTellMoreOf(refusal.carried());
    }

    void fail(Exception why) {
        exchange.setException(why);
        callback.done(false);
    }
}
