package io.lsqroutes.breaker;

import io.lsqroutes.attempt.Attempts;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;

/**
 * An attempt that waits until calls are made again, or until it is tried.
 *
 * @param go takes it on from where it waits
 */
record WaitingAttempt(Attempts attempts, Exchange exchange, AsyncCallback callback, Runnable go) {
    void fail(Exception why) {
        exchange.setException(why);
        callback.done(false);
    }
}
