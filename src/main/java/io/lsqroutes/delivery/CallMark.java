package io.lsqroutes.delivery;

import io.lsqroutes.event.Event;
import io.lsqroutes.event.Progress;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.AsyncProcessorSupport;

/** Holds a call back until the journal says that it is about to be made. */
public final class CallMark extends AsyncProcessorSupport {
    /** The exchange property that holds the event. */
    public static final String EVENT = "event";
    /** The exchange property that holds how far the event has come, where its own call is at hand. */
    public static final String PROGRESS = "progress";

    private final Ledger ledger;
    private final Executor calls;

    /**
     * @param calls where a call goes on once its mark stands: it must not hold up the ledger's thread
     */
    public CallMark(Ledger ledger, Executor calls) {
        this.ledger = ledger;
        this.calls = calls;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        Progress progress = exchange.getProperty(PROGRESS, Progress.class);
        if (progress == null) {
            callback.done(true);
            return true;
        }
        ledger.calling(
                exchange.getProperty(EVENT, Event.class).head(),
                progress,
                exchange.getProperty(Ledger.OWNERSHIP, int.class),
                () -> calls.execute(() -> callback.done(false)),
                () -> {
                    exchange.setException(new RejectedExecutionException("Another process may own the event now."));
                    callback.done(false);
                });
        return false;
    }
}
