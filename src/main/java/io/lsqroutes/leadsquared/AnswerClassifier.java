package io.lsqroutes.leadsquared;

import io.lsqroutes.attempt.Attempts;
import io.lsqroutes.attempt.CallFailed;
import io.lsqroutes.attempt.CallKind;
import io.lsqroutes.attempt.Delivery;
import io.lsqroutes.attempt.Trouble;
import io.lsqroutes.attempt.Verdict;
import io.lsqroutes.attempt.Verdict.Kind;
import io.lsqroutes.event.Event;
import io.lsqroutes.leadsquared.answer.Answer;
import io.lsqroutes.leadsquared.answer.LimitText;
import io.lsqroutes.leadsquared.answer.PermanentTypes;
import io.lsqroutes.leadsquared.answer.RateLimitNotice;
import io.lsqroutes.leadsquared.answer.RetryAfter;
import io.lsqroutes.leadsquared.answer.UsableKey;
import io.lsqroutes.leadsquared.keys.AccountKeys;
import io.lsqroutes.leadsquared.signin.SignInProgress;
import io.lsqroutes.redaction.Redaction;
import java.time.Clock;
import java.util.function.Consumer;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import org.jspecify.annotations.Nullable;

/** Decides what an answer, or its absence, means: the one place where status, headers and body are read. */
public final class AnswerClassifier {
    private static final String RATE_LIMIT_TYPE = "MXAPIRateLimitExceededException";

    private final PermanentTypes permanentTypes;
    private final AccountKeys keys;
    private final Clock clock;
    private final Consumer<RateLimitNotice> notices;

    /**
     * @param notices told of every call too many, while that call still holds its permit
     */
    public AnswerClassifier(
            PermanentTypes permanentTypes, AccountKeys keys, Clock clock, Consumer<RateLimitNotice> notices) {
        this.permanentTypes = permanentTypes;
        this.keys = keys;
        this.clock = clock;
        this.notices = notices;
    }

    /** Lets a successful answer pass and throws every other one, for redelivery to decide. */
    public Answer decide(@Body Answer answer, @ExchangeProperty(Delivery.PROPERTY) Delivery delivery)
            throws CallFailed {
        Attempts attempts = delivery.attempts();
        SignInProgress signIn = SignInProgress.of(attempts);
        Redaction redaction = Redaction.of(attempts.event(), signIn.userKey(), keys.all())
                .and(signIn.carriedKeys().secrets());
        Verdict verdict = ruledOn401(attempts, of(attempts.call(), answer, attempts.event(), redaction));
        if (verdict.kind() == Kind.RATE_LIMITED) {
            notices.accept(RateLimitNotice.of(believed(answer, attempts.event()), verdict.retryAfter()));
        }
        if (attempts.call() == CallKind.SIGN_IN && !attempts.isVerifying() && isTheApisWord(verdict, answer)) {
            signIn.tries().answered();
        }
        if (verdict.kind() != Kind.SUCCESS) {
            throw new CallFailed(verdict);
        }
        if (!attempts.call().isKeyCall()) {
            keys.accepted(attempts.call(), signIn.carried());
        }
        attempts.succeeded(verdict);
        return answer;
    }

    /**
     * A 401 on Sign In is the person's where it cannot be the account's. One on a call with a user's key may be about what
     * that call carries of the account, for as long as that has not worked.
     */
    private Verdict ruledOn401(Attempts attempts, Verdict verdict) {
        if (verdict.kind() != Kind.UNAUTHORIZED) {
            return verdict;
        }
        SignInProgress signIn = SignInProgress.of(attempts);
        return switch (attempts.call()) {
            case SIGN_IN -> keys.provedGood(signIn.carried()) ? verdict.signInRefused() : verdict;
            case CHANGE_PASSWORD -> {
                boolean proved = signIn.mayFallBackToSignIn(attempts.call())
                        || keys.haveWorked(attempts.call(), signIn.carried());
                yield proved ? verdict : verdict.of(Trouble.KEYS_NOT_ACCEPTED);
            }
            default -> verdict;
        };
    }

    public Verdict of(CallKind call, Answer answer, Event event, Redaction known) {
        Redaction redaction = known.and(answer.secrets());
        Kind kind = kind(call, answer, event);
        String code = code(kind, call, answer.status(), redaction.code(answer.text("ExceptionType")));
        boolean noKey = call.isKeyCall() && Verdict.NOT_UNDERSTOOD.equals(code);
        return new Verdict(
                kind,
                answer.status(),
                code,
                noKey
                        ? CallAddressing.path(call) + " is answered with no key that can be used"
                        : redaction.message(message(answer)),
                RetryAfter.read(answer.retryAfter(), clock.instant()),
                trouble(kind, call, answer),
                kind == Kind.SUCCESS && call.settlesTheEvent() ? redaction.leadId(answer.text("LeadId")) : null);
    }

    private Kind kind(CallKind call, Answer answer, Event event) {
        if (answer.status() == 429 || isOfRateLimitType(answer)) {
            return Kind.RATE_LIMITED;
        }
        if (answer.status() == 200 && succeeded(call, answer)) {
            return Kind.SUCCESS;
        }
        String type = answer.text("ExceptionType");
        boolean permanent = type != null && permanentTypes.contains(type);
        if (!permanent && isOfLimitText(answer, event)) {
            return Kind.RATE_LIMITED;
        }
        if (answer.status() == 401) {
            return Kind.UNAUTHORIZED;
        }
        if (answer.status() == 400 || permanent) {
            return Kind.REJECTED;
        }
        return switch (answer.status()) {
            case 200 -> saysNo(answer) && !saysYes(answer) ? Kind.REJECTED : Kind.IN_DOUBT;
            case 500 -> Kind.RETRYABLE;
            // Which side of a gateway ran out of time a 408 does not say.
            case 408, 502, 504 -> Kind.IN_DOUBT;
            case 503 -> Kind.NOT_EXECUTED;
            default -> otherStatus(answer);
        };
    }

    private static Kind otherStatus(Answer answer) {
        int status = answer.status();
        if (status >= 500) {
            return Kind.RETRYABLE;
        }
        if (status >= 400) {
            // Without LeadSquared's own words it is a gateway or a wrong path that answers: not the event's fault.
            return isEnvelope(answer) ? Kind.REJECTED : Kind.NOT_EXECUTED;
        }
        return status >= 300 ? Kind.NOT_EXECUTED : Kind.IN_DOUBT;
    }

    /** What LeadSquared says in its own words is the event's, except what it says of the keys, or when asked for them. */
    private static @Nullable Trouble trouble(Kind kind, CallKind call, Answer answer) {
        boolean own = (isEnvelope(answer) || isSignedInSomehow(call, answer)) && !call.isKeyCall();
        return switch (kind) {
            case SUCCESS, RATE_LIMITED, EXPIRED, NOT_SENT -> null;
            case REJECTED -> call.isKeyCall() ? Trouble.KEYS_NOT_ACCEPTED : null;
            case UNAUTHORIZED -> call.carriesUserKey() ? null : Trouble.KEYS_NOT_ACCEPTED;
            case NOT_EXECUTED -> notDone(answer.status());
            case RETRYABLE -> own ? null : Trouble.SERVER_ERROR;
            case IN_DOUBT -> own ? null : answer.status() >= 500 ? Trouble.SERVER_ERROR : Trouble.NOT_UNDERSTOOD;
        };
    }

    private static Trouble notDone(int status) {
        if (status == 503) {
            return Trouble.UNAVAILABLE;
        }
        return status >= 400 ? Trouble.NOT_THE_API : Trouble.REDIRECTED;
    }

    private static boolean succeeded(CallKind call, Answer answer) {
        return switch (call) {
            case FORGOT_PASSWORD -> (hasStatus(answer, "success") || answer.text("LeadId") != null) && !saysNo(answer);
            case CHANGE_PASSWORD -> answer.is("IsSuccessful", true) && !saysNo(answer);
            case SIGN_IN -> UsableKey.is(answer.text("AuthKey")) && !saysNo(answer);
            case PUBLIC_AUTH_KEY -> UsableKey.is(answer.text("PublicAuthKey"));
            case REGISTER_TOKEN -> UsableKey.is(answer.bareSecret()) && LimitText.in(answer) == null;
        };
    }

    private static boolean saysNo(Answer answer) {
        return hasStatus(answer, "error") || answer.is("IsSuccessful", false);
    }

    /** An answer that says yes and no is not understood. */
    private static boolean saysYes(Answer answer) {
        return hasStatus(answer, "success") || answer.is("IsSuccessful", true);
    }

    private static boolean hasStatus(Answer answer, String status) {
        return status.equalsIgnoreCase(answer.text("Status"));
    }

    private static boolean isEnvelope(Answer answer) {
        return answer.isObject()
                && (answer.text("Status") != null
                        || answer.text("ExceptionType") != null
                        || answer.is("IsSuccessful", false)
                        || answer.text("ResponseText") != null);
    }

    /** A call too many arrives as 429, but 200, 403 and 500 with its exception or its text are reported too. */
    private static boolean isOfRateLimitType(Answer answer) {
        return RATE_LIMIT_TYPE.equals(answer.text("ExceptionType"));
    }

    /** Words that the event brought must not look like the account's trouble, unless the status says so, too. */
    private static boolean isOfLimitText(Answer answer, Event event) {
        LimitText text = LimitText.in(answer);
        return text != null && (answer.status() == 403 || !text.standsIn(event));
    }

    /** A limit is believed where the status or the type says that the call is refused, and the event did not bring it. */
    private static @Nullable LimitText believed(Answer answer, Event event) {
        LimitText text = LimitText.in(answer);
        boolean refused = answer.status() == 429 || answer.status() == 403 || isOfRateLimitType(answer);
        return refused && text != null && !text.standsIn(event) ? text : null;
    }

    /** JSON is no gateway's page: the API has looked at the password, whatever it says. */
    private static boolean isSignedInSomehow(CallKind call, Answer answer) {
        return call == CallKind.SIGN_IN && answer.status() == 200 && answer.isJson();
    }

    /** A 500 with words may be about the person's password; without, it is about nobody. */
    private static boolean isTheApisWord(Verdict verdict, Answer answer) {
        return switch (verdict.kind()) {
            case SUCCESS, REJECTED -> true;
            case RETRYABLE -> isEnvelope(answer);
            case IN_DOUBT -> isSignedInSomehow(CallKind.SIGN_IN, answer);
            default -> false;
        };
    }

    private static @Nullable String message(Answer answer) {
        for (String field : new String[] {"ExceptionMessage", "ResponseText", "Message"}) {
            String text = answer.text(field);
            if (text != null) {
                return text;
            }
        }
        return null;
    }

    private static @Nullable String code(Kind kind, CallKind call, int status, @Nullable String type) {
        return switch (kind) {
            case SUCCESS -> null;
            case IN_DOUBT -> status >= 400 ? "gateway-error" : Verdict.NOT_UNDERSTOOD;
            case REJECTED -> call == CallKind.SIGN_IN ? Verdict.SIGN_IN_REFUSED : type == null ? "refused" : type;
            case UNAUTHORIZED -> "key-refused";
            default -> type == null ? "http-" + status : type;
        };
    }
}
