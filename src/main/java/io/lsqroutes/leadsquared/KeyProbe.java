package io.lsqroutes.leadsquared;

import io.lsqroutes.attempt.Attempts;
import io.lsqroutes.attempt.CallFailed;
import io.lsqroutes.attempt.Delivery;
import io.lsqroutes.attempt.Verdict;
import io.lsqroutes.event.EventHead;
import io.lsqroutes.event.EventType;
import io.lsqroutes.event.Lane;
import io.lsqroutes.event.Person.EmailAddress;
import io.lsqroutes.event.Progress;
import io.lsqroutes.event.RecordPosition;
import io.lsqroutes.event.ResetRequested;
import io.lsqroutes.leadsquared.keys.AccountKeys;
import io.lsqroutes.leadsquared.signin.SignInProgress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.IntSupplier;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.jspecify.annotations.Nullable;

/** Makes a key call that no event asks for. Safe for use by several threads. */
public final class KeyProbe implements AutoCloseable {
    private static final String NOBODY = "key-call";
    private static final Duration GOOD_FOR = Duration.ofMinutes(1);

    private final CamelContext context;
    private final AccountKeys keys;
    private final Clock clock;
    private final IntSupplier epoch;
    private @Nullable ProducerTemplate template;

    /**
     * @param epoch the number of the ownership under which calls are made now
     */
    public KeyProbe(CamelContext context, AccountKeys keys, Clock clock, IntSupplier epoch) {
        this.context = context;
        this.keys = keys;
        this.clock = clock;
        this.epoch = epoch;
    }

    /** Those of no event: the calls that it would ask for itself are never made. */
    public Attempts attempts() {
        Instant now = clock.instant();
        RecordPosition nowhere = new RecordPosition(NOBODY, 0, 0, now.toEpochMilli());
        EventHead head =
                new EventHead(NOBODY, EventType.RESET, Lane.INTERACTIVE, null, null, now.plus(GOOD_FOR), null, nowhere);
        ResetRequested nobodys = new ResetRequested(head, new EmailAddress(NOBODY), null);
        return new Attempts(nobodys, new SignInProgress(nobodys), Progress.NONE, false);
    }

    /**
     * Makes the key call.
     *
     * @param ended runs when the call is over, however it ended
     */
    public void call(Attempts attempts, Runnable ended) {
        try {
            Endpoint fetch = context.getEndpoint("direct:leadsquared-keys");
            Exchange exchange = fetch.createExchange();
            exchange.setProperty(Delivery.PROPERTY, new Delivery(attempts, epoch.getAsInt()));
            template().asyncSend(fetch, exchange).whenComplete((done, failure) -> {
                notFetched(exchange.getException());
                ended.run();
            });
        } catch (RuntimeException e) {
            ended.run();
            throw e;
        }
    }

    private void notFetched(@Nullable Exception failure) {
        Verdict verdict = CallFailed.verdict(failure);
        if (verdict != null && verdict.kind().isOfACall()) {
            keys.notFetched(verdict.kind());
        }
    }

    private synchronized ProducerTemplate template() {
        ProducerTemplate known = template;
        if (known == null) {
            known = context.createProducerTemplate();
            template = known;
        }
        return known;
    }

    @Override
    public synchronized void close() {
        if (template != null) {
            template.stop();
        }
    }
}
