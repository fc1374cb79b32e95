package io.lsqroutes.intake;

import io.lsqroutes.commit.OffsetTracker;
import io.lsqroutes.event.Event;
import io.lsqroutes.event.RecordPosition;
import io.lsqroutes.ledger.CallIntent;
import io.lsqroutes.ledger.Ledger;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntSupplier;
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
    /** The exchange property that names the events which keep their order among each other. */
    public static final String ORDERED_BY = "orderedBy";

    private final CamelContext context;
    private final String handlingUri;
    private final OffsetTracker inFlight;
    private final IntSupplier ownership;
    private final Predicate<Event> asksKafka;
    private final ExecutorService threads;
    private final ExecutorService lookUps;
    private final Map<String, Deque<Exchange>> queues = new HashMap<>();
    private @Nullable AsyncProducer handling;
    private boolean closed;

    /**
     * @param ownership the number of the ownership under which events are read now
     * @param asksKafka whether handling an event begins with a question to Kafka; others do not wait behind it
     */
    public PersonSequencer(
            CamelContext context,
            String handlingUri,
            OffsetTracker inFlight,
            IntSupplier ownership,
            Predicate<Event> asksKafka) {
        this.inFlight = inFlight;
        this.ownership = ownership;
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
        String orderedBy = read.getProperty(ORDERED_BY, String.class);
        Exchange event = next.getEndpoint().createExchange();
        event.getMessage().setBody(read.getMessage().getBody());
        event.setProperty(CallIntent.EVENT, read.getMessage().getBody());
        event.setProperty(Ledger.OWNERSHIP, ownership.getAsInt());
        event.setProperty(Forwarding.APART, read.getProperty(Forwarding.APART));
        event.setProperty(Forwarding.KEY, read.getProperty(Forwarding.KEY));
        event.setProperty(Forwarding.OTHERWISE, (Runnable) () -> handOn(next, orderedBy, whereItStands(next, event)));
        handOn(next, orderedBy, event);
    }

    /** The same event, not to be forwarded. It still takes no place in the lane of those that somebody waits for. */
    private static Exchange whereItStands(AsyncProducer next, Exchange forwarded) {
        Exchange event = next.getEndpoint().createExchange();
        event.getMessage().setBody(forwarded.getProperty(CallIntent.EVENT));
        event.setProperty(CallIntent.EVENT, forwarded.getProperty(CallIntent.EVENT));
        event.setProperty(Ledger.OWNERSHIP, forwarded.getProperty(Ledger.OWNERSHIP));
        event.setProperty(Forwarding.APART, false);
        return event;
    }

    private void handOn(AsyncProducer next, @Nullable String orderedBy, Exchange event) {
        if (mayGo(orderedBy, event)) {
            start(next, orderedBy, event);
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

    private synchronized boolean mayGo(@Nullable String orderedBy, Exchange event) {
        if (closed || orderedBy == null) {
            return !closed;
        }
        Deque<Exchange> queue = queues.get(orderedBy);
        if (queue != null) {
            queue.addLast(event);
            inFlight.queue(source(event));
            return false;
        }
        queues.put(orderedBy, new ArrayDeque<>());
        return true;
    }

    private void start(AsyncProducer next, @Nullable String orderedBy, Exchange event) {
        boolean asks = asksKafka.test(event.getProperty(CallIntent.EVENT, Event.class));
        if (asks) {
            // It takes its place when the ledger has admitted it to a call.
            inFlight.queue(source(event));
        }
        // Camel's callback comes on the thread that ended the event; a hop keeps a long queue off its stack.
        (asks ? lookUps : threads)
                .execute(() -> next.process(event, doneSync -> {
                    if (orderedBy != null) {
                        Exchange following = following(orderedBy);
                        if (following != null) {
                            start(next, orderedBy, following);
                        }
                    }
                }));
    }

    private synchronized @Nullable Exchange following(String orderedBy) {
        Deque<Exchange> queue = queues.get(orderedBy);
        Exchange event = queue == null || closed ? null : queue.pollFirst();
        if (event == null) {
            queues.remove(orderedBy);
        } else {
            inFlight.takePlace(source(event));
        }
        return event;
    }

    private static RecordPosition source(Exchange exchange) {
        return exchange.getProperty(CallIntent.EVENT, Event.class).head().source();
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
