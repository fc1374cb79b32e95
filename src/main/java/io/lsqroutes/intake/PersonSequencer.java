package io.lsqroutes.intake;

import io.lsqroutes.attempt.Delivery;
import io.lsqroutes.commit.OffsetTracker;
import io.lsqroutes.event.Event;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import org.apache.camel.AsyncProducer;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.service.ServiceHelper;
import org.jspecify.annotations.Nullable;

/**
 * Hands events on to the route that handles them: one at a time for one person, in the order they arrived, and
 * different persons side by side. The poll loop never waits for them.
 */
public final class PersonSequencer implements Processor, AutoCloseable {
    private final CamelContext context;
    private final String handlingUri;
    private final OffsetTracker inFlight;
    private final Predicate<Event> asksKafka;
    private final ExecutorService threads;
    private final ExecutorService lookUps;
    private final Map<String, Deque<Delivery>> queues = new HashMap<>();
    private @Nullable AsyncProducer handling;
    private boolean closed;

    /**
     * @param asksKafka whether handling an event begins with a question to Kafka; others do not wait behind it
     */
    public PersonSequencer(
            CamelContext context, String handlingUri, OffsetTracker inFlight, Predicate<Event> asksKafka) {
        this.inFlight = inFlight;
        this.context = context;
        this.handlingUri = handlingUri;
        this.asksKafka = asksKafka;
        // They only carry an event to where it waits for its permit.
        this.threads = Executors.newFixedThreadPool(2, task -> daemon(task, "event-lanes"));
        // Two of them, so that one look at the journal's end serves those that come during another.
        this.lookUps = Executors.newFixedThreadPool(2, task -> daemon(task, "event-look-ups"));
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void process(Exchange read) throws Exception {
        AsyncProducer next = handling();
        Delivery delivery = Delivery.of(read);
        // An event that could not be forwarded still takes no place in the interactive lane.
        delivery.notForwarded(() -> handOn(next, delivery.whereItStands()));
        handOn(next, delivery);
    }

    private void handOn(AsyncProducer next, Delivery delivery) {
        if (mayGo(delivery)) {
            start(next, delivery);
        }
    }

    private synchronized AsyncProducer handling() throws Exception {
        AsyncProducer producer = handling;
        if (producer == null) {
            producer = context.getEndpoint(handlingUri).createAsyncProducer();
            ServiceHelper.startService(producer);
            handling = producer;
        }
        return producer;
    }

    private synchronized boolean mayGo(Delivery delivery) {
        String orderedBy = delivery.orderedBy();
        if (closed || orderedBy == null) {
            return !closed;
        }
        Deque<Delivery> queue = queues.get(orderedBy);
        if (queue != null) {
            queue.addLast(delivery);
            inFlight.queue(delivery.source());
            return false;
        }
        queues.put(orderedBy, new ArrayDeque<>());
        return true;
    }

    private void start(AsyncProducer next, Delivery delivery) {
        boolean asks = asksKafka.test(delivery.event());
        if (asks) {
            // It takes its place when the ledger has admitted it to a call.
            inFlight.queue(delivery.source());
        }
        Exchange event = next.getEndpoint().createExchange();
        event.setProperty(Delivery.PROPERTY, delivery);
        String orderedBy = delivery.orderedBy();
        // Camel's callback comes on the thread that ended the event; a hop keeps a long queue off its stack.
        (asks ? lookUps : threads)
                .execute(() -> next.process(event, doneSync -> {
                    if (orderedBy != null) {
                        Delivery following = following(orderedBy);
                        if (following != null) {
                            start(next, following);
                        }
                    }
                }));
    }

    private synchronized @Nullable Delivery following(String orderedBy) {
        Deque<Delivery> queue = queues.get(orderedBy);
        Delivery next = queue == null || closed ? null : queue.pollFirst();
        if (next == null) {
            queues.remove(orderedBy);
        } else {
            inFlight.takePlace(next.source());
        }
        return next;
    }

    /** Hands nothing more on; what waits here was never committed and is read again by the next owner. */
    @Override
    public synchronized void close() {
        closed = true;
        queues.clear();
        threads.shutdown();
        lookUps.shutdown();
    }
}
