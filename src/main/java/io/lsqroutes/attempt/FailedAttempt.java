package io.lsqroutes.attempt;

import io.lsqroutes.event.RecordPosition;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;

/** Tells Camel what follows a failed attempt, and has its answer written down before another attempt begins. */
public final class FailedAttempt implements Processor {
    private final Retries retries;
    private final Clock clock;
    private final Consumer<RecordPosition> pausing;
    private final Consumer<Delivery> answered;

    /**
     * @param pausing is told of each event that waits for its next attempt, so that others take its place meanwhile
     * @param answered writes down that no call is out any more; a crash then leaves no doubt
     */
    public FailedAttempt(Retries retries, Clock clock, Consumer<RecordPosition> pausing, Consumer<Delivery> answered) {
        this.retries = retries;
        this.clock = clock;
        this.pausing = pausing;
        this.answered = answered;
    }

    /** What a former life of the process left in doubt fails here, as if its call had failed just now. */
    public void recall(@ExchangeProperty(Delivery.PROPERTY) Delivery delivery) throws CallFailed {
        Verdict undecided = delivery.attempts().undecided();
        if (undecided != null) {
            throw new CallFailed(undecided);
        }
    }

    /** Camel calls this when an attempt has failed, before it asks {@link #again}. */
    @Override
    public void process(Exchange exchange) {
        Delivery delivery = Delivery.of(exchange);
        Attempts attempts = delivery.attempts();
        Verdict failure = Objects.requireNonNull(
                CallFailed.verdict(exchange.getProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, Exception.class)),
                "redelivery is for failed calls");
        attempts.failed(failure);
        Duration pause = pause(attempts, failure);
        attempts.anotherIsDue(pause != null);
        exchange.getMessage().setHeader(Exchange.REDELIVERY_DELAY, pause == null ? 0 : pause.toMillis());
        if (attempts.pauses()) {
            pausing.accept(delivery.source());
        }
        // After a lost answer, too: no call is out any more.
        if (attempts.goesOnAfterOwnCall()) {
            answered.accept(delivery);
        }
    }

    private @Nullable Duration pause(Attempts attempts, Verdict failure) {
        Duration pause = retries.pause(attempts, failure);
        if (pause != null && attempts.event().head().expiredAt(clock.instant().plus(pause))) {
            attempts.concludeWith(Verdict.EXPIRED_WAITING);
            return null;
        }
        return pause;
    }

    public boolean again(@ExchangeProperty(Delivery.PROPERTY) Delivery delivery) {
        return delivery.attempts().anotherIsDue();
    }

    /** False for an event that Camel gave up only because the bundle stops: it is read again by the next owner. */
    public boolean isOver(@ExchangeProperty(Delivery.PROPERTY) Delivery delivery) {
        return !delivery.attempts().anotherIsDue();
    }
}
