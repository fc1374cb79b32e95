package io.lsqroutes.ledger;

import io.lsqroutes.attempt.Delivery;
import io.lsqroutes.budget.CallBudget;
import io.lsqroutes.budget.DayCalls.QuotaClaim;
import io.lsqroutes.event.EventHead;
import io.lsqroutes.event.Progress;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.AsyncProcessorSupport;
import org.jspecify.annotations.Nullable;

/** Holds a call back until the journal says that it is about to be made. */
public final class CallIntent extends AsyncProcessorSupport {
    private final Ledger ledger;
    private final Executor calls;
    private final long goodFor;

    /**
     * @param calls where a call goes on once its mark is committed, because it must not hold up the ledger's thread
     * @param goodFor how long after its commit began a mark is good for: a process that was frozen longer, also within
     *     the commit, may not be the owner any more
     */
    public CallIntent(Ledger ledger, Executor calls, Duration goodFor) {
        this.ledger = ledger;
        this.calls = calls;
        this.goodFor = goodFor.toNanos();
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        mark(exchange, callback, false);
        return false;
    }

    /**
     * @param again whether a mark is committed that is too old
     */
    private void mark(Exchange exchange, AsyncCallback callback, boolean again) {
        Delivery delivery = Delivery.of(exchange);
        EventHead head = delivery.event().head();
        @Nullable Progress progress = delivery.attempts().progressOfOwnCall();
        Runnable go = () -> {
            long since = ledger.commitBegan();
            calls.execute(() -> call(exchange, callback, since));
        };
        Runnable dropped = () -> {
            if (again && progress != null) {
                ledger.intents().notMade(head, progress, delivery.epoch());
            }
            exchange.setException(new RejectedExecutionException("Another process may own the event now."));
            callback.done(false);
        };
        QuotaClaim claim = exchange.getProperty(CallBudget.CLAIM, QuotaClaim.class);
        if (progress == null) {
            ledger.intents().intendBeside(head, delivery.epoch(), claim::count, go, dropped);
        } else {
            ledger.intents().intend(head, progress, delivery.epoch(), claim::count, go, dropped);
        }
    }

    private void call(Exchange exchange, AsyncCallback callback, long since) {
        boolean stillOwner = Delivery.of(exchange).epoch() == ledger.epoch();
        if (stillOwner && System.nanoTime() - since < goodFor) {
            callback.done(false);
        } else {
            mark(exchange, callback, true);
        }
    }
}
