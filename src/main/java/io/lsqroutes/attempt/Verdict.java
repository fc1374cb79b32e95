package io.lsqroutes.attempt;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What one attempt came to.
 *
 * @param httpStatus null where no answer came
 * @param code the API's exception type, or a reason code of ours
 * @param message the API's text, secrets and person already cut out
 * @param retryAfter how long the API asks to be left alone, where it does
 * @param trouble what the account may suffer from, where it looks so; null where the answer is the event's
 * @param leadId the lead that a successful answer to the event's own call names; null where it would show the person
 */
public record Verdict(
        Kind kind,
        @Nullable Integer httpStatus,
        @Nullable String code,
        @Nullable String message,
        @Nullable Duration retryAfter,
        @Nullable Trouble trouble,
        @Nullable String leadId) {

    /** One that names no lead. */
    public Verdict(
            Kind kind,
            @Nullable Integer httpStatus,
            @Nullable String code,
            @Nullable String message,
            @Nullable Duration retryAfter,
            @Nullable Trouble trouble) {
        this(kind, httpStatus, code, message, retryAfter, trouble, null);
    }

    /** The classes of answers that are told apart. */
    public enum Kind {
        /** Confirmed, in the documented form. */
        SUCCESS,
        /** Refused for good. */
        REJECTED,
        /** The account called too often; nothing was done. */
        RATE_LIMITED,
        /** The API failed; it may do better next time, and may have done its work. */
        RETRYABLE,
        /** Nothing was done, for a reason that is not the event's. */
        NOT_EXECUTED,
        /** The keys the call carried were not accepted. */
        UNAUTHORIZED,
        /** No answer, or none that can be understood. */
        IN_DOUBT,
        /** The event became too old before the call could be made. */
        EXPIRED,
        /** Calls were suspended before this one could be made. */
        NOT_SENT;

        public boolean isOfACall() {
            return this != EXPIRED && this != NOT_SENT;
        }

        /** Not for an event that only waits until the account may be called again. */
        boolean isTheEventsTurnOver() {
            return isOfACall() && this != RATE_LIMITED;
        }
    }

    public static final Verdict EXPIRED_WAITING = of(Kind.EXPIRED, "expired-waiting");
    public static final Verdict NOT_SENT = of(Kind.NOT_SENT, "line-stopped");

    /** Neither password of a change has signed its person in. */
    public static final Verdict NOT_VERIFIED = of(Kind.IN_DOUBT, "not-verified");

    /** The process died before it had the answer. */
    static final Verdict PROCESS_DIED = of(Kind.IN_DOUBT, "process-died");

    public static final String NOT_UNDERSTOOD = "answer-not-understood";
    public static final String SIGN_IN_REFUSED = "sign-in-refused";
    public static final String SIGN_IN_NOT_UNDERSTOOD = "sign-in-not-understood";

    public static Verdict of(Kind kind, String code) {
        return new Verdict(kind, null, code, null, null, null);
    }

    /** The same answer, taken for the API's word on the person. */
    public Verdict signInRefused() {
        String why = kind == Kind.IN_DOUBT ? SIGN_IN_NOT_UNDERSTOOD : SIGN_IN_REFUSED;
        return new Verdict(Kind.REJECTED, httpStatus, why, message, null, null);
    }

    /** The same answer, which may be the account's trouble. */
    public Verdict of(Trouble whatItMayBe) {
        return new Verdict(kind, httpStatus, code, message, retryAfter, whatItMayBe);
    }

    /** Whether there is an answer, and it is none of LeadSquared's. */
    public boolean isPage() {
        return NOT_UNDERSTOOD.equals(code) && trouble != null;
    }

    /** Whether the call may have taken effect although its answer does not say so. */
    boolean mayHaveTakenEffect() {
        return kind == Kind.RETRYABLE || kind == Kind.IN_DOUBT;
    }

    /** Whether an answer is missing, rather than there and not understood. */
    public boolean answerIsMissing() {
        return kind == Kind.IN_DOUBT && !NOT_UNDERSTOOD.equals(code);
    }
}
