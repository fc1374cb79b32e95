package io.lsqroutes.attempt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.lsqroutes.attempt.Verdict.Kind;
import io.lsqroutes.event.Event;
import io.lsqroutes.event.InDoubtPolicy;
import io.lsqroutes.event.InDoubtRules;
import io.lsqroutes.leadsquared.CallRetries;
import io.lsqroutes.leadsquared.SampleEvents;
import io.lsqroutes.leadsquared.keys.AccountKeys;
import io.lsqroutes.leadsquared.signin.SignInProgress;
import io.lsqroutes.leadsquared.signin.SignIns;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.jspecify.annotations.Nullable;

/** One event whose attempts fail, one after the other, and what redelivery makes of them. */
public final class FailingAttempts {
    static final Duration CALL_DEADLINE = Duration.ofSeconds(20);
    static final InDoubtRules DEFAULTS =
            new InDoubtRules(InDoubtPolicy.RESEND, InDoubtPolicy.PARK, InDoubtPolicy.VERIFY);
    static final InDoubtRules PARK = new InDoubtRules(InDoubtPolicy.PARK, InDoubtPolicy.PARK, InDoubtPolicy.PARK);

    public final Attempts attempts;
    final SignIns signIns = new SignIns(() -> 0);
    private final AccountKeys keys;
    private final InDoubtRules inDoubt;
    private final double random;
    private boolean told;
    private boolean lineStands;

    public FailingAttempts(Event event, AccountKeys keys) {
        this(event, keys, 1);
    }

    /**
     * @param random how the dice fall, from 0 to 1
     */
    public FailingAttempts(Event event, AccountKeys keys, double random) {
        this(SampleEvents.attempts(event), keys, DEFAULTS, random);
    }

    public FailingAttempts(Attempts attempts, AccountKeys keys, InDoubtRules inDoubt, double random) {
        this.attempts = attempts;
        this.keys = keys;
        this.inDoubt = inDoubt;
        this.random = random;
    }

    /** One attempt fails, and redelivery is asked about the next; returns the pause until then. */
    public Duration fails(CallKind call, Exception failure) {
        goesOut(call);
        return failed(failure);
    }

    /** As the routes do it: with what keys are in use. */
    void goesOut(CallKind call) {
        attempts.prepare(call).begin();
        if (!call.isKeyCall()) {
            SignInProgress.of(attempts).carriedKeys().carry(keys.inUse());
        }
    }

    /** What a former life of the process left in doubt fails. */
    Duration recalls() {
        return failed(catchThrowableOfType(CallFailed.class, this::recall));
    }

    void recall() throws CallFailed {
        failedAttempt().recall(new Delivery(attempts, 0));
    }

    private FailedAttempt failedAttempt() {
        RetryPolicy policy = new RetryPolicy(
                new RetryRules(4, CALL_DEADLINE, Pauses.USUAL),
                inDoubt,
                keys::canBeFetched,
                () -> lineStands,
                () -> random);
        return new FailedAttempt(
                new CallRetries(policy, keys, signIns),
                Clock.fixed(SampleEvents.NOW, ZoneOffset.UTC),
                position -> {},
                delivery -> told = true);
    }

    /** A call fails, or is not made. */
    public Duration failed(Exception failure) {
        FailedAttempt failedAttempt = failedAttempt();
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.setProperty(Delivery.PROPERTY, new Delivery(attempts, 0));
        told = false;
        exchange.setProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, failure);

        failedAttempt.process(exchange);

        assertThat(failedAttempt.isOver(new Delivery(attempts, 0)))
                .isEqualTo(!failedAttempt.again(new Delivery(attempts, 0)));
        return Duration.ofMillis(exchange.getMessage().getHeader(Exchange.REDELIVERY_DELAY, long.class));
    }

    public Duration fails(CallKind call, Kind kind) {
        return fails(call, kind, null);
    }

    public Duration fails(CallKind call, Kind kind, @Nullable Duration retryAfter) {
        return fails(call, new CallFailed(new Verdict(kind, 500, "some-code", null, retryAfter, null)));
    }

    /** From now on calls are suspended. */
    void lineStops() {
        lineStands = true;
    }

    /** Whether the journal is told how far the event has come. */
    boolean told() {
        return told;
    }

    public boolean anotherIsDue() {
        return attempts.anotherIsDue();
    }
}
