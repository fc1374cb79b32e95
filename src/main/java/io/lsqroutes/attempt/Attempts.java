package io.lsqroutes.attempt;

import io.lsqroutes.event.Event;
import io.lsqroutes.event.EventType;
import io.lsqroutes.event.Progress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What was tried for one event so far; it belongs to the event's delivery.
 *
 * <p>Not synchronised: one event is in one thread's hands at a time, and Camel's hand-over between threads is ordered.
 */
public final class Attempts {
    private final Event event;
    private final Preparation preparation;
    private CallKind call;
    private CallKind next;
    private boolean inCall;
    private int calls;
    private int failures;
    private final ChargedAttempts charges;
    private int troublesMet;
    private boolean effectPossible;
    private boolean possibleDuplicate;
    private int answersLost;
    private boolean verified;
    private @Nullable Verdict verdict;
    private boolean anotherIsDue;

    /**
     * The event's attempts go on where a former life of the process left them.
     *
     * @param preparation of this event's own call
     * @param inCall whether it left them in the middle of a call
     */
    public Attempts(Event event, Preparation preparation, Progress progress, boolean inCall) {
        this.event = event;
        this.preparation = preparation;
        this.call = ownCall();
        this.next = call;
        this.inCall = inCall;
        this.calls = progress.calls();
        this.charges = new ChargedAttempts(progress.charged());
        this.effectPossible = progress.effectPossible();
        this.possibleDuplicate = effectPossible && calls > 1;
        this.answersLost = progress.resent() ? 1 : 0;
    }

    /** The call that the event asks for. */
    CallKind ownCall() {
        return isChange() ? CallKind.CHANGE_PASSWORD : CallKind.FORGOT_PASSWORD;
    }

    private boolean isChange() {
        return event.head().type() == EventType.CHANGE;
    }

    /** For the journal. */
    public Progress progress() {
        return new Progress(calls, charged(), effectPossible, answerLost());
    }

    /** What a former life of the process left to be decided; null where that is nothing, or decided already. */
    @Nullable
    public Verdict undecided() {
        if (inOwnCall()) {
            return Verdict.PROCESS_DIED;
        }
        if (hasVerdict()) {
            return null;
        }
        if (answerLost()) {
            return Verdict.of(Verdict.Kind.IN_DOUBT, "answer-lost");
        }
        return isChange() && effectPossible ? Verdict.of(Verdict.Kind.RETRYABLE, "server-error") : null;
    }

    public Event event() {
        return event;
    }

    /** Whom the event is about; where it does not say so, nobody else's. */
    public String person() {
        return event.person() == null ? event.head().eventId() : event.person().identity();
    }

    /** The call that is made next, once it has its permit. */
    public Attempts prepare(CallKind kind) {
        next = kind;
        return this;
    }

    /** The call that waits for its permit, or has it. */
    public CallKind next() {
        return next;
    }

    /** The prepared call has its permit, and its request goes out now. */
    public void begin() {
        call = next;
        inCall = true;
        if (call.settlesTheEvent()) {
            possibleDuplicate = effectPossible;
            calls++;
        }
    }

    public Preparation preparation() {
        return preparation;
    }

    public void succeeded(Verdict success) {
        inCall = false;
        verdict = success;
    }

    void failed(Verdict failure) {
        verdict = failure;
        failures += failure.kind().isTheEventsTurnOver() ? 1 : 0;
        preparation.failed(call, failure, inCall);
        if (inOwnCall()) {
            charges.add(failure);
            effectPossible |= failure.mayHaveTakenEffect();
            answersLost += failure.kind() == Verdict.Kind.IN_DOUBT ? 1 : 0;
        }
        charges.ended();
        inCall = false;
    }

    /** Whose fault the answer of the call under way is, once it is known. */
    public void blame(Fault whose) {
        charges.blame(whose);
        preparation.blame(whose);
    }

    /** A call has met what may be the account's trouble. */
    public void metTrouble() {
        troublesMet++;
    }

    public int troublesMet() {
        return troublesMet;
    }

    /** It has been found out whether the event's own call took effect, of which an answer was lost, or not a good one. */
    public void settledDoubt(boolean tookEffect) {
        verified = tookEffect;
        // That an earlier call was not answered, or not well, stays true and stays in the outcome.
        answersLost = 0;
        if (verified) {
            verdict = Verdict.of(Verdict.Kind.SUCCESS, "verified-by-sign-in");
        }
    }

    /** What the attempts come to, where the last one's failure says more than its own verdict. */
    public void concludeWith(Verdict conclusion) {
        verdict = conclusion;
    }

    /** Whether a sign-in has shown that the change was made. */
    public boolean verified() {
        return verified;
    }

    void anotherIsDue(boolean due) {
        anotherIsDue = due;
    }

    boolean anotherIsDue() {
        return anotherIsDue;
    }

    /** How far the event's own call has brought it, for the journal; null where the call at hand is another one. */
    @Nullable
    public Progress progressOfOwnCall() {
        return call.settlesTheEvent() ? progress() : null;
    }

    /** Whether the event's own call has ended, and another attempt follows. */
    public boolean goesOnAfterOwnCall() {
        return anotherIsDue && call.settlesTheEvent() && verdict().kind().isOfACall();
    }

    /** Whether the event has failed and waits for its next attempt: others go on meanwhile. */
    public boolean pauses() {
        return anotherIsDue && verdict().kind().isTheEventsTurnOver();
    }

    public CallKind call() {
        return call;
    }

    /** Whether the event's own call is out and nothing has been heard of it. */
    boolean inOwnCall() {
        return inCall && call.settlesTheEvent();
    }

    int calls() {
        return calls;
    }

    /** Failed attempts of any call, for the pace of the next; after a call too many the account's budget sets the pace. */
    public int failures() {
        return failures;
    }

    /** Calls that count against the event: they were not confirmed, and that is not known to be the account's fault. */
    int charged() {
        return charges.count();
    }

    /** Whether nothing more may be tried, once it is known whose fault the failures were. */
    boolean mayBeSpent(int attempts) {
        return charges.atMost() >= attempts || preparation.mayBeSpent();
    }

    /** How the event's own call failed last; null where it has not. */
    @Nullable
    Verdict lastFailure() {
        return charges.last();
    }

    public boolean possibleDuplicate() {
        return possibleDuplicate;
    }

    /** Whether the answer to one of the event's own calls is not known. */
    public boolean answerLost() {
        return answersLost > 0;
    }

    /** Whether that has happened once and no more. */
    boolean firstAnswerLost() {
        return answersLost == 1;
    }

    public Verdict verdict() {
        return Objects.requireNonNull(verdict, "no attempt has ended yet");
    }

    /** Whether what the event asks for is known to be done. */
    public boolean confirmed() {
        return verdict != null && verdict.kind() == Verdict.Kind.SUCCESS && (call.settlesTheEvent() || verified);
    }

    boolean hasVerdict() {
        return verdict != null;
    }

    /** Whether the next call is a sign-in. */
    public boolean signsInNext() {
        return preparation.signsInNext();
    }

    /** Whether it is still to be found out if the event's own call took effect. */
    public boolean isVerifying() {
        return preparation.isVerifying();
    }

    /** What a call that is not made would come to. */
    public CallFailed ruledOut(CallKind unmade, Verdict ruling) {
        call = unmade;
        inCall = false;
        preparation.ruledOut();
        return new CallFailed(ruling);
    }

    /** What a call comes to that cannot be made yet, and is left as it is. */
    public CallFailed heldUp(CallKind unmade, String code) {
        call = unmade;
        inCall = false;
        return new CallFailed(Verdict.of(Verdict.Kind.NOT_EXECUTED, code));
    }
}
