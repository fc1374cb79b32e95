package io.lsqroutes.attempt;

import io.lsqroutes.attempt.Verdict.Kind;
import io.lsqroutes.event.EventHead;
import io.lsqroutes.event.InvalidEvent;
import io.lsqroutes.event.Outcome;
import io.lsqroutes.event.Status;
import java.time.Clock;
import org.apache.camel.ExchangeProperty;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says what became of an event once nothing more is tried for it. Doubt wins: a lost answer is never called a failure. */
public final class Outcomes {
    private static final Logger LOG = LoggerFactory.getLogger(Outcomes.class);

    private final Clock clock;

    public Outcomes(Clock clock) {
        this.clock = clock;
    }

    public Outcome succeeded(@ExchangeProperty(Delivery.PROPERTY) Delivery delivery) {
        Attempts attempts = delivery.attempts();
        return outcome(attempts, Status.SUCCEEDED, attempts.verdict().code());
    }

    /** The last attempt failed and no other follows. */
    public Outcome unsuccessful(@ExchangeProperty(Delivery.PROPERTY) Delivery delivery) {
        Attempts attempts = delivery.attempts();
        if (attempts.inOwnCall()) {
            return outcome(attempts, Status.IN_DOUBT, Verdict.PROCESS_DIED.code());
        }
        if (attempts.answerLost() && attempts.verdict().kind() != Kind.IN_DOUBT) {
            return outcome(attempts, Status.IN_DOUBT, "answer-lost");
        }
        Status status =
                switch (attempts.verdict().kind()) {
                    case REJECTED, UNAUTHORIZED -> Status.REJECTED;
                    case RETRYABLE, NOT_EXECUTED -> Status.FAILED;
                    case EXPIRED -> Status.EXPIRED;
                    case SUCCESS, RATE_LIMITED, NOT_SENT, IN_DOUBT -> Status.IN_DOUBT;
                };
        return outcome(attempts, status, attempts.verdict().code());
    }

    /** A defect of the bundle itself: what is not known is in doubt. Only the exception's class is safe to log. */
    public Outcome broken(
            @ExchangeProperty(Delivery.PROPERTY) Delivery delivery,
            @ExchangeProperty("CamelExceptionCaught") Exception defect) {
        Attempts attempts = delivery.attempts();
        LOG.error(
                "Event {} met a defect: {} at {}",
                attempts.event().head().eventId(),
                defect.getClass().getName(),
                defect.getStackTrace().length == 0 ? "unknown place" : defect.getStackTrace()[0]);
        return outcome(attempts, statusAfterDefect(attempts), "internal-error");
    }

    private static Status statusAfterDefect(Attempts attempts) {
        if (attempts.inOwnCall() || attempts.answerLost()) {
            return Status.IN_DOUBT;
        }
        return attempts.confirmed() ? Status.SUCCEEDED : Status.FAILED;
    }

    public Outcome invalid(InvalidEvent event) {
        return new Outcome(
                event.head(),
                Status.INVALID,
                0,
                false,
                null,
                event.code(),
                "at " + event.location(),
                null,
                clock.instant());
    }

    /** Another record with its id asks for something else. */
    public Outcome idReused(EventHead head) {
        return uncalled(head, Status.INVALID, "id-reused");
    }

    /** Another record with its id is done, or on its way. */
    public Outcome duplicate(EventHead head) {
        return uncalled(head, Status.DUPLICATE, null);
    }

    private Outcome uncalled(EventHead head, Status status, @Nullable String code) {
        return new Outcome(head, status, 0, false, null, code, null, null, clock.instant());
    }

    /** Too old when it was read, for the first time or once more. */
    public Outcome expired(Delivery delivery) {
        Attempts attempts = delivery.attempts();
        attempts.concludeWith(
                attempts.calls() == 0 ? Verdict.of(Kind.EXPIRED, "expired-on-arrival") : Verdict.EXPIRED_WAITING);
        return unsuccessful(delivery);
    }

    private Outcome outcome(Attempts attempts, Status status, @Nullable String code) {
        Verdict verdict = attempts.hasVerdict() ? attempts.verdict() : Verdict.of(Kind.IN_DOUBT, "internal-error");
        return new Outcome(
                attempts.event().head(),
                status,
                attempts.calls(),
                attempts.possibleDuplicate(),
                verdict.httpStatus(),
                code,
                verdict.message(),
                verdict.leadId(),
                clock.instant());
    }
}
