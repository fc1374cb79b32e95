package io.lsqroutes.budget;

import io.lsqroutes.budget.DayCalls.QuotaClaim;
import io.lsqroutes.event.Lane;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;

/**
 * A call that waits for its permit.
 *
 * @param again whether it follows one that failed
 * @param call makes it, once it is granted
 */
record WaitingCall(Lane lane, boolean again, Exchange exchange, AsyncCallback callback, Consumer<QuotaClaim> call) {
    void rejectAtStop() {
        reject(new RejectedExecutionException("The bundle stops; the call was not made."));
    }

    void reject(Exception why) {
        exchange.setException(why);
        callback.done(false);
    }
}
