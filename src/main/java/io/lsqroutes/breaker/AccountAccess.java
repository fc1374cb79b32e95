package io.lsqroutes.breaker;

import io.lsqroutes.attempt.Attempts;

/**
 * What the breaker asks about the account's keys. The folder of the CRM answers, so that the breaker knows no CRM.
 *
 * <p>Safe for use by several threads. Only {@link #make} may take its time: all else is asked under the breaker's lock.
 */
public interface AccountAccess {

    /** Whether a key call can be made: it costs no event anything, and shows whether the account is well. */
    boolean hasKeyCall();

    /**
     * The next attempt begins with a key call, where one can be made.
     *
     * @param allKeys whether that asks for every key, and not only for one
     */
    void beginWithKeyCall(boolean allKeys);

    /** Reads the keys again where they are given; true where any of them has been replaced. */
    boolean reread();

    /** What is known of the keys that the last call of these attempts was refused with. */
    UnacceptedKeys notAccepted(Attempts attempts);

    /**
     * Whether the next call of these attempts may show more than their last one did.
     *
     * @param keysUnproved whether the account's keys are refused, and have not worked since the start
     */
    boolean mayTellMore(Attempts attempts, boolean keysUnproved);

    /** The attempts of a key call that no event asks for. */
    Attempts keyCall();

    /**
     * Makes that key call.
     *
     * @param ended runs when the call is over, however it ended
     */
    void make(Attempts keyCall, Runnable ended);
}
