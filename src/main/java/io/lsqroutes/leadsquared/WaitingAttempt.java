package io.lsqroutes.leadsquared;

import java.util.Comparator;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;

/**
 * An attempt that waits for the line to run, or to be tried with it.
 *
 * @param go takes it on from where it waits
 */
record WaitingAttempt(Attempts attempts, Exchange exchange, AsyncCallback callback, Runnable go) {
    /** Each time another event is tried: who has met the trouble least, and of those whom somebody waits for. */
    static final Comparator<WaitingAttempt> ORDER = Comparator.comparingInt(
                    (WaitingAttempt attempt) -> attempt.attempts().troublesMet())
            .thenComparing(attempt -> attempt.attempts().event().head().lane());

    /**
     * Whether there is something to try: the same password with the same keys is refused again, and may lock its person
     * out.
     */
    boolean mayTellMoreThanBefore(AccountKeys keys) {
        KeyRefusal refusal = attempts.carriedKeys().refusal();
        return refusal == null || refusal.call() != ApiCall.SIGN_IN || keys.mayTellMoreOf(refusal.carried());
    }

    void fail(Exception why) {
        exchange.setException(why);
        callback.done(false);
    }
}
