package io.lsqroutes.budget;

import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.AsyncCallback;

/** What is to be done once a call has ended, and only once, however often its end is told. Safe for use by several threads. */
final class EndOfCall implements AsyncCallback {
    private final Runnable whileItHoldsItsPermit;
    private final Runnable giveBack;
    private final AsyncCallback next;
    private final AtomicBoolean told = new AtomicBoolean();

    /**
     * @param whileItHoldsItsPermit what comes first
     * @param giveBack gives the permit back, whatever comes of the first
     * @param next is told last
     */
    EndOfCall(Runnable whileItHoldsItsPermit, Runnable giveBack, AsyncCallback next) {
        this.whileItHoldsItsPermit = whileItHoldsItsPermit;
        this.giveBack = giveBack;
        this.next = next;
    }

    @Override
    public void done(boolean doneSync) {
        if (told.compareAndSet(false, true)) {
            try {
                whileItHoldsItsPermit.run();
            } finally {
                giveBack.run();
                next.done(false);
            }
        }
    }
}
