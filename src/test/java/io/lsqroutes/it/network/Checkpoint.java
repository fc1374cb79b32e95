package io.lsqroutes.it.network;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** Stops a request or its answer on its way through a {@link Proxy}, with all that follows on its connection, until the test lets it go on or cuts it. */
public final class Checkpoint {
    /** Where on its way. */
    public enum Place {
        /** The server has not seen it. */
        BEFORE_THE_SERVER,
        /** The server has answered, and the client does not know. */
        BEFORE_THE_CLIENT,
        /** The client has its answer. */
        BEHIND_THE_CLIENT
    }

    private final Place place;
    private final Predicate<byte[]> requests;
    private final int first;
    private final int last;
    private final AtomicInteger met = new AtomicInteger();
    private final AtomicInteger stopped = new AtomicInteger();
    private final CompletableFuture<Boolean> goesOn = new CompletableFuture<>();

    public Checkpoint(Place place, Predicate<byte[]> requests, int first, int last) {
        this.place = place;
        this.requests = requests;
        this.first = first;
        this.last = last;
    }

    /** Returns once the request may go on; an {@link IOException} where its connection is to be cut. */
    public void pass(Place here, byte[] request) throws IOException, InterruptedException {
        if (here != place || !requests.test(request)) {
            return;
        }
        int number = met.incrementAndGet();
        if (number < first || number > last || goesOn.isDone()) {
            return;
        }
        stopped.incrementAndGet();
        try {
            if (!goesOn.get()) {
                throw new IOException("cut");
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits until something stands here. */
    public Checkpoint awaitReached() {
        return awaitStopped(1);
    }

    public Checkpoint awaitStopped(int count) {
        await().pollInterval(Duration.ofMillis(2)).atMost(Duration.ofMinutes(1)).until(() -> stopped.get() >= count);
        return this;
    }

    /** How many of these requests came by, whether they were stopped or not. */
    public int met() {
        return met.get();
    }

    public int stopped() {
        return stopped.get();
    }

    /** Nothing is stopped here any more; what stands here goes on. */
    public void open() {
        goesOn.complete(true);
    }

    /** Nothing is stopped here any more; the connections of what stands here are reset. */
    public void cut() {
        goesOn.complete(false);
    }
}
