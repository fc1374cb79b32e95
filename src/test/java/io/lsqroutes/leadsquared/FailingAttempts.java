package io.lsqroutes.leadsquared;

import static org.assertj.core.api.Assertions.assertThat;

import io.lsqroutes.event.Event;
import io.lsqroutes.leadsquared.Verdict.Kind;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.jspecify.annotations.Nullable;

/** One event whose attempts fail, one after the other, and what redelivery makes of them. */
final class FailingAttempts {
    static final Duration WINDOW = Duration.ofSeconds(5);

    final Attempts attempts;
    private final AccountKeys keys;
    private final double random;

    FailingAttempts(Event event, AccountKeys keys) {
        this(event, keys, 1);
    }

    /**
     * @param random how the dice fall, from 0 to 1
     */
    FailingAttempts(Event event, AccountKeys keys, double random) {
        this.attempts = new Attempts(event);
        this.keys = keys;
        this.random = random;
    }

    /** One attempt fails, and redelivery is asked about the next; returns the pause until then. */
    Duration fails(ApiCall call, Exception failure) {
        Redelivery redelivery = new Redelivery(
                new RetryRules(4, WINDOW), keys, Clock.fixed(SampleEvents.NOW, ZoneOffset.UTC), () -> random);
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.setProperty(Attempts.PROPERTY, attempts);
        exchange.setProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, failure);
        attempts.begin(call);

        redelivery.process(exchange);

        assertThat(redelivery.isOver(attempts)).isEqualTo(!redelivery.again(attempts));
        return Duration.ofMillis(exchange.getMessage().getHeader(Exchange.REDELIVERY_DELAY, long.class));
    }

    Duration fails(ApiCall call, Kind kind) {
        return fails(call, kind, null);
    }

    Duration fails(ApiCall call, Kind kind, @Nullable Duration retryAfter) {
        return fails(call, new CallFailed(new Verdict(kind, 500, "some-code", null, retryAfter)));
    }

    boolean anotherIsDue() {
        return attempts.anotherIsDue();
    }
}
