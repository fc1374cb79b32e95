package io.lsqroutes.leadsquared;

import io.lsqroutes.event.ChangeRequested;
import io.lsqroutes.event.Event;
import io.lsqroutes.event.Progress;
import io.lsqroutes.event.Secret;
import io.lsqroutes.leadsquared.ApiCall.Credentials;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What was tried for one event so far; it travels with the event's exchange.
 *
 * <p>Not synchronised: one event is in one thread's hands at a time, and Camel's hand-over between threads is ordered.
 */
public final class Attempts {
    /** The exchange property that carries it. */
    public static final String PROPERTY = "attempts";

    /** The exchange property that carries how far the event has come, for the journal; null where that is none of its business. */
    public static final String PROGRESS = "progress";

    private final Event event;
    private @Nullable Secret userKey;
    private boolean signedIn;

    private ApiCall call = ApiCall.FORGOT_PASSWORD;
    private boolean inCall;
    private int calls;
    private int failures;
    private int charged;
    private boolean effectPossible;
    private boolean possibleDuplicate;
    private boolean answerLost;
    private boolean resent;
    private @Nullable Verdict verdict;
    private boolean anotherIsDue;

    public Attempts(Event event) {
        this(event, Progress.NONE);
    }

    /**
     * The event's attempts go on where a former life of the process left them.
     */
    public Attempts(Event event, Progress progress) {
        this.event = event;
        this.userKey = event instanceof ChangeRequested change ? change.authKey() : null;
        this.calls = progress.calls();
        this.charged = progress.charged();
        this.effectPossible = progress.effectPossible();
        this.resent = progress.resent();
    }

    /** For the journal. */
    Progress progress() {
        return new Progress(calls, charged, effectPossible, resent);
    }

    public Event event() {
        return event;
    }

    /** Called with the permit in hand, right before the request goes out. */
    void begin(ApiCall next) {
        call = next;
        inCall = true;
        if (next.settlesTheEvent()) {
            possibleDuplicate = effectPossible;
            calls++;
        }
    }

    void succeeded(Verdict success) {
        inCall = false;
        verdict = success;
    }

    void failed(Verdict failure) {
        inCall = false;
        verdict = failure;
        failures++;
        if (call.settlesTheEvent()) {
            effectPossible |= failure.mayHaveTakenEffect();
            answerLost |= failure.kind() == Verdict.Kind.IN_DOUBT;
            if (failure.kind() == Verdict.Kind.TRY_AGAIN) {
                charged++;
            }
        }
    }

    /** The next try would come too late. */
    void expired() {
        verdict = Verdict.of(Verdict.Kind.EXPIRED, "expired-waiting");
    }

    void anotherIsDue(boolean due) {
        anotherIsDue = due;
    }

    boolean anotherIsDue() {
        return anotherIsDue;
    }

    ApiCall call() {
        return call;
    }

    /** Whether the event's own call is out and nothing has been heard of it. */
    boolean inOwnCall() {
        return inCall && call.settlesTheEvent();
    }

    int calls() {
        return calls;
    }

    /** Failed attempts of any call, for the pace of the next. */
    int failures() {
        return failures;
    }

    /** Attempts that count against the event. */
    int charged() {
        return charged;
    }

    boolean possibleDuplicate() {
        return possibleDuplicate;
    }

    /** Whether the answer to one of the event's own calls is not known. */
    boolean answerLost() {
        return answerLost;
    }

    Verdict verdict() {
        return Objects.requireNonNull(verdict, "no attempt has ended yet");
    }

    /** Whether the API confirmed the event's own call. */
    boolean confirmed() {
        return verdict != null && verdict.kind() == Verdict.Kind.SUCCESS && call.settlesTheEvent();
    }

    boolean hasVerdict() {
        return verdict != null;
    }

    public boolean needsSignIn() {
        return userKey == null;
    }

    @Nullable
    Secret userKey() {
        return userKey;
    }

    void signedIn(Secret key) {
        userKey = key;
        signedIn = true;
    }

    /** Drops a key that was not accepted; false where signing in cannot bring another one. */
    boolean fallBackToSignIn() {
        if (call.credentials() != Credentials.USER || event.person() == null || signedIn) {
            return false;
        }
        userKey = null;
        return true;
    }
}
