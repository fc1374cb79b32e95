package io.lsqroutes.attempt;

import io.lsqroutes.event.RecordPosition;
import java.util.function.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Decides what follows a failed attempt, and has its answer written down before another attempt begins. */
public final class FailedAttempt implements Processor {
    private final RetryPolicy retryPolicy;
    private final Consumer<RecordPosition> pausing;
    private final Consumer<Exchange> answered;

    /**
     * @param pausing is told of each event that waits for its next attempt, so that others take its place meanwhile
     * @param answered writes down that no call is out any more; a crash then leaves no doubt
     */
    public FailedAttempt(RetryPolicy retryPolicy, Consumer<RecordPosition> pausing, Consumer<Exchange> answered) {
        this.retryPolicy = retryPolicy;
        this.pausing = pausing;
        this.answered = answered;
    }

    /** Camel calls this when an attempt has failed, before it asks {@link RetryPolicy#again}. */
    @Override
    public void process(Exchange exchange) {
        retryPolicy.process(exchange);
        Attempts attempts = exchange.getProperty(Attempts.PROPERTY, Attempts.class);
        if (attempts.pauses()) {
            pausing.accept(attempts.event().head().source());
        }
        answered.accept(exchange);
    }
}
