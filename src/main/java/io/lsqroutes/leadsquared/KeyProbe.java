package io.lsqroutes.leadsquared;

import io.lsqroutes.attempt.Attempts;
import io.lsqroutes.attempt.CallFailed;
import io.lsqroutes.attempt.CallKind;
import io.lsqroutes.attempt.Delivery;
import io.lsqroutes.attempt.Verdict;
import io.lsqroutes.breaker.AccountAccess;
import io.lsqroutes.breaker.UnacceptedKeys;
import io.lsqroutes.event.EventHead;
import io.lsqroutes.event.EventType;
import io.lsqroutes.event.Lane;
import io.lsqroutes.event.Person.EmailAddress;
import io.lsqroutes.event.Progress;
import io.lsqroutes.event.RecordPosition;
import io.lsqroutes.event.ResetRequested;
import io.lsqroutes.leadsquared.keys.AccountKeys;
import io.lsqroutes.leadsquared.keys.PortalKeys;
import io.lsqroutes.leadsquared.keys.Unauthorized;
import io.lsqroutes.leadsquared.signin.SignInProgress;
import io.lsqroutes.leadsquared.signin.Verification;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.IntSupplier;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.jspecify.annotations.Nullable;

/** Tells the breaker what is known of the account's keys, and makes key calls that no event asks for. */
public final class KeyProbe implements AccountAccess, AutoCloseable {
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

    @Override
    public boolean hasKeyCall() {
        return keys.canBeFetched();
    }

    @Override
    public void beginWithKeyCall(boolean allKeys) {
        keys.askAgain(allKeys);
    }

    @Override
    public boolean reread() {
        return keys.reread();
    }

    /** Who needs no other keys is not in trouble. A sign-in is not made twice to find out whether others help. */
    @Override
    public UnacceptedKeys notAccepted(Attempts attempts) {
        CallKind call = attempts.call();
        if (call.isKeyCall()) {
            return new UnacceptedKeys(false, !keys.areNeeded(), () -> true);
        }
        PortalKeys carried = SignInProgress.of(attempts).carried();
        boolean worked = keys.haveWorked(call, carried);
        boolean othersMayHelp = keys.maySoonDifferFrom(carried) && (call != CallKind.SIGN_IN || worked);
        return new UnacceptedKeys(worked, othersMayHelp, () -> keys.willDifferFrom(carried));
    }

    /**
     * The same password with the same keys is refused again, and may lock its person out. So a verification asks each
     * password once, and then waits until the keys are proved or replaced.
     */
    @Override
    public boolean mayTellMore(Attempts attempts, boolean keysUnproved) {
        SignInProgress progress = SignInProgress.of(attempts);
        if (attempts.isVerifying() && keysUnproved) {
            Verification asked = progress.verification(attempts.call());
            boolean otherPasswordIsNext = asked != null && asked.goesOnAtOnce();
            return otherPasswordIsNext || progress.carriedKeys().haveBeenReplaced(keys);
        }
        Unauthorized refusal = progress.carriedKeys().refusal();
        return refusal == null || refusal.call() != CallKind.SIGN_IN || keys.mayTellMoreOf(refusal.carried());
    }

    /** The calls that its event would ask for itself are never made. */
    @Override
    public Attempts keyCall() {
        Instant now = clock.instant();
        RecordPosition nowhere = new RecordPosition(NOBODY, 0, 0, now.toEpochMilli());
        EventHead head =
                new EventHead(NOBODY, EventType.RESET, Lane.INTERACTIVE, null, null, now.plus(GOOD_FOR), null, nowhere);
        ResetRequested nobodys = new ResetRequested(head, new EmailAddress(NOBODY), null);
        return new Attempts(nobodys, new SignInProgress(nobodys), Progress.NONE, false);
    }

    @Override
    public void make(Attempts keyCall, Runnable ended) {
        try {
            Endpoint fetch = context.getEndpoint("direct:leadsquared-keys");
            Exchange exchange = fetch.createExchange();
            exchange.setProperty(Delivery.PROPERTY, new Delivery(keyCall, epoch.getAsInt()));
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
