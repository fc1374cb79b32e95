package io.lsqroutes;

import io.lsqroutes.budget.CallBudget;
import io.lsqroutes.ledger.Ledger;
import io.lsqroutes.ops.StopDeadline;
import java.time.Duration;
import org.apache.camel.CamelContext;
import org.apache.camel.support.LifecycleStrategySupport;

/** The order of a stop. It comes before Camel waits for what is under way: what waits is dropped, and calls that are out end. */
final class StopOrder extends LifecycleStrategySupport {
    private final StopDeadline deadline;
    private final Runnable dropWhatWaits;
    private final CallBudget callBudget;
    private final Ledger ledger;
    private final Duration callDeadline;

    /**
     * @param dropWhatWaits nothing more is read, and no event waits any longer for its turn
     */
    StopOrder(
            StopDeadline deadline,
            Runnable dropWhatWaits,
            CallBudget callBudget,
            Ledger ledger,
            Duration callDeadline) {
        this.deadline = deadline;
        this.dropWhatWaits = dropWhatWaits;
        this.callBudget = callBudget;
        this.ledger = ledger;
        this.callDeadline = callDeadline;
    }

    @Override
    public void onContextStopping(CamelContext stopping) {
        deadline.begin();
        dropWhatWaits.run();
        callBudget.close();
        ledger.stopCalls();
        callBudget.awaitNoneOut(callDeadline.plusSeconds(1));
        // What Camel would still wait for pauses between two attempts; it is read again by the next owner.
        stopping.getShutdownStrategy().setTimeout(2);
    }

    @Override
    public void onContextStopped(CamelContext stopped) {
        deadline.end();
    }
}
