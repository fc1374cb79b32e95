package io.lsqroutes.leadsquared.keys;

import io.lsqroutes.route.Gate;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;

/**
 * Lets one exchange at a time through a part of a route; the others wait without holding a thread.
 *
 * <p>Who waited goes on on another thread than who leaves: Camel queues what is to be done on the thread it is on, and
 * where two exchanges share one, its error handler can wait for ever for what stands behind it in the queue (4.18.0).
 */
public final class OneAtATime extends Gate implements AutoCloseable {
    private final ExecutorService turns = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "leadsquared-keys");
        thread.setDaemon(true);
        return thread;
    });
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private boolean busy;

    @Override
    protected boolean arrived(Exchange exchange, AsyncCallback callback, Inside inside) {
        Runnable turn = () -> inside.process(doneSync -> {
            leave();
            callback.done(false);
        });
        if (enter(turn)) {
            turn.run();
        }
        return false;
    }

    private synchronized boolean enter(Runnable turn) {
        if (busy) {
            waiting.add(turn);
            return false;
        }
        busy = true;
        return true;
    }

    private void leave() {
        Runnable turn;
        synchronized (this) {
            turn = waiting.poll();
            busy = turn != null;
        }
        if (turn != null) {
            turns.execute(turn);
        }
    }

    @Override
    public void close() {
        turns.shutdown();
    }
}
