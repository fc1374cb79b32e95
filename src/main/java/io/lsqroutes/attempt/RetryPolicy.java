package io.lsqroutes.attempt;

import io.lsqroutes.attempt.CallKind.Credentials;
import io.lsqroutes.attempt.Verdict.Kind;
import io.lsqroutes.event.EventType;
import io.lsqroutes.event.InDoubtPolicy;
import io.lsqroutes.event.InDoubtRules;
import io.lsqroutes.leadsquared.AccountKeys;
import io.lsqroutes.leadsquared.AnswerClassifier;
import io.lsqroutes.leadsquared.PortalKeys;
import io.lsqroutes.leadsquared.SignInProgress;
import io.lsqroutes.leadsquared.SignIns;
import io.lsqroutes.leadsquared.Verification;
import io.lsqroutes.leadsquared.Verification.Password;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.ExchangePropertyKey;

/** Tells Camel's redelivery whether a failed attempt is followed by another one, and when. */
public final class RetryPolicy {
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    /** Each try may send a mail, and only other persons' events can show whose fault it is. */
    private static final Duration LONGEST_IN_DOUBT = Duration.ofMinutes(10);

    private final RetryRules rules;
    private final InDoubtRules inDoubt;
    private final AccountKeys keys;
    private final SignIns signIns;
    private final BooleanSupplier lineStands;
    private final Clock clock;
    private final DoubleSupplier random;

    /**
     * @param random the jitter's source, from 0 to 1
     */
    public RetryPolicy(
            RetryRules rules,
            InDoubtRules inDoubt,
            AccountKeys keys,
            SignIns signIns,
            BooleanSupplier lineStands,
            Clock clock,
            DoubleSupplier random) {
        this.lineStands = lineStands;
        this.rules = rules;
        this.inDoubt = inDoubt;
        this.keys = keys;
        this.signIns = signIns;
        this.clock = clock;
        this.random = random;
    }

    /** An attempt has failed. */
    void process(Exchange exchange) {
        Attempts attempts = exchange.getProperty(Attempts.PROPERTY, Attempts.class);
        Verdict verdict = Objects.requireNonNull(
                AnswerClassifier.of(exchange.getProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, Exception.class)),
                "redelivery is for failed calls");
        attempts.failed(verdict);
        boolean again = mayTryAgain(attempts, verdict);
        if (isRefusedSignIn(attempts, verdict)) {
            signIns.refused(Objects.requireNonNull(attempts.event().person(), "a sign-in names its person"));
        }
        Duration pause = again ? pause(verdict, attempts) : Duration.ZERO;
        if (again && attempts.event().head().expiredAt(clock.instant().plus(pause))) {
            attempts.concludeWith(Verdict.EXPIRED_WAITING);
            again = false;
        }
        attempts.anotherIsDue(again);
        // After a lost answer, too: what follows from that is decided here, once, and no call is out meanwhile.
        boolean told =
                again && attempts.call().settlesTheEvent() && verdict.kind().isOfACall();
        exchange.setProperty(Attempts.PROGRESS, told ? attempts.progress() : null);
        exchange.getMessage().setHeader(Exchange.REDELIVERY_DELAY, pause.toMillis());
    }

    public boolean again(@ExchangeProperty(Attempts.PROPERTY) Attempts attempts) {
        return attempts.anotherIsDue();
    }

    /** False for an event that Camel gave up only because the bundle stops: it is read again by the next owner. */
    public boolean isOver(@ExchangeProperty(Attempts.PROPERTY) Attempts attempts) {
        return !attempts.anotherIsDue();
    }

    /** Where a verdict has no status, no call was made. */
    private static boolean isRefusedSignIn(Attempts attempts, Verdict verdict) {
        return attempts.call() == CallKind.SIGN_IN
                && verdict.httpStatus() != null
                && (verdict.kind() == Kind.REJECTED || attempts.verdict().kind() == Kind.REJECTED);
    }

    private boolean mayTryAgain(Attempts attempts, Verdict verdict) {
        if (attempts.call().credentials() == Credentials.ACCESS && verdict.kind() != Kind.EXPIRED) {
            // Keys that cannot be fetched are the account's trouble, not the event's.
            keys.notFetched(verdict.kind());
            return true;
        }
        boolean ownCall = attempts.call().settlesTheEvent();
        return switch (verdict.kind()) {
            case RATE_LIMITED, NOT_SENT -> true;
            case NOT_EXECUTED -> !ownCall || attempts.charged() < rules.attempts();
            case UNAUTHORIZED -> tryOtherKeys(attempts) && (!ownCall || attempts.charged() < rules.attempts());
            case IN_DOUBT ->
                ownCall ? verdict.answerIsMissing() && resolves(attempts) : signsInAgain(attempts, verdict);
            case RETRYABLE -> ownCall ? repeats(attempts) : preparesAgain(attempts);
            case REJECTED -> triesOtherPassword(attempts);
            case SUCCESS, EXPIRED -> false;
        };
    }

    private boolean resolves(Attempts attempts) {
        return switch (inDoubt.policy(attempts.event())) {
            case PARK -> false;
            case RESEND -> attempts.firstAnswerLost();
            case VERIFY -> verifies(attempts, Password.NEW);
        };
    }

    private boolean repeats(Attempts attempts) {
        return attempts.event().head().type() == EventType.RESET
                ? attempts.charged() < rules.attempts()
                : verifies(attempts, Password.CURRENT);
    }

    /** A change that may have been made would be refused the second time, and look as if it never was. */
    private boolean verifies(Attempts attempts, Password first) {
        boolean verifies =
                inDoubt.policy(attempts.event()) == InDoubtPolicy.VERIFY && attempts.charged() < rules.attempts();
        if (verifies) {
            attempts.preparation().verify(first == Password.NEW);
        }
        return verifies;
    }

    private static boolean preparesAgain(Attempts attempts) {
        Verification verification = SignInProgress.of(attempts).verification(attempts.call());
        if (verification != null) {
            verification.tryOther();
        } else if (SignInProgress.of(attempts).tries().spent()) {
            attempts.concludeWith(attempts.verdict().signInRefused());
            return false;
        }
        return true;
    }

    /** A sign-in that is answered, and not understood, may count at the portal as a refused one does. */
    private static boolean signsInAgain(Attempts attempts, Verdict verdict) {
        if (verdict.answerIsMissing()) {
            return true;
        }
        Verification verification = SignInProgress.of(attempts).verification(attempts.call());
        if (verification == null || verdict.isPage() || verification.notUnderstood()) {
            return preparesAgain(attempts);
        }
        attempts.concludeWith(Verdict.of(Kind.IN_DOUBT, "not-verified"));
        return false;
    }

    private static boolean triesOtherPassword(Attempts attempts) {
        Verification verification = SignInProgress.of(attempts).verification(attempts.call());
        if (verification == null || verification.refused()) {
            return verification != null;
        }
        attempts.concludeWith(Verdict.of(Kind.IN_DOUBT, "not-verified"));
        return false;
    }

    private boolean tryOtherKeys(Attempts attempts) {
        if (attempts.call().credentials() == Credentials.USER) {
            PortalKeys carried = SignInProgress.of(attempts).carried();
            return SignInProgress.of(attempts).fallBackToSignIn(attempts.call())
                    || (SignInProgress.of(attempts).carriedKeys().mayAskForToken() && keys.mayHaveNewToken(carried))
                    || !keys.haveWorked(attempts.call(), carried);
        }
        keys.refused(SignInProgress.of(attempts).carried());
        Verification verification = SignInProgress.of(attempts).verification(attempts.call());
        if (verification != null) {
            verification.refusedWithTheKeys();
        }
        return true;
    }

    private Duration pause(Verdict verdict, Attempts attempts) {
        if (verdict.kind() == Kind.UNAUTHORIZED || verdict.kind() == Kind.REJECTED) {
            return keyPause(attempts);
        }
        if (verdict.kind() == Kind.RATE_LIMITED || verdict.kind() == Kind.NOT_SENT) {
            // The whole account holds; when that is over, who somebody waits for goes first.
            return Duration.ZERO;
        }
        boolean changeMayBeUnderWay = verdict.kind() == Kind.IN_DOUBT && attempts.call() == CallKind.CHANGE_PASSWORD;
        if (verdict.trouble() != null && lineStands.getAsBoolean() && !changeMayBeUnderWay) {
            // The line paces what is tried until it runs again.
            return Duration.ZERO;
        }
        Duration pause = verdict.kind() == Kind.IN_DOUBT ? doubtPause(verdict, attempts) : backoff(attempts);
        Duration asked = verdict.retryAfter();
        return asked != null && asked.compareTo(pause) > 0 ? asked : pause;
    }

    /** A lost change may still be made until its deadline; a reset that a former life lost has waited long enough. */
    private Duration doubtPause(Verdict verdict, Attempts attempts) {
        if (attempts.call() == CallKind.CHANGE_PASSWORD) {
            return rules.callDeadline();
        }
        return verdict.equals(Verdict.PROCESS_DIED) ? Duration.ZERO : backoff(attempts);
    }

    /** Where nothing more may be tried, depending on whose fault the failures were, it takes time to find that out. */
    private Duration backoff(Attempts attempts) {
        boolean mayBeSpent = attempts.mayBeSpent(rules.attempts());
        boolean keyCallsTell = keys.canBeFetched();
        Duration most = doubled(attempts.failures(), mayBeSpent && !keyCallsTell ? LONGEST_IN_DOUBT : LONGEST_PAUSE);
        Duration pause = Duration.ofMillis((long) (most.toMillis() * random.getAsDouble()));
        return mayBeSpent && keyCallsTell && pause.compareTo(Trouble.PAUSE) < 0 ? Trouble.PAUSE : pause;
    }

    /** Where another key is at hand, or will be fetched, there is nothing to wait for. */
    private Duration keyPause(Attempts attempts) {
        return switch (attempts.call().credentials()) {
            case USER -> Duration.ZERO;
            case ACCOUNT ->
                keys.willDifferFrom(SignInProgress.of(attempts).carried()) || goesOnAtOnce(attempts)
                        ? Duration.ZERO
                        : backoff(attempts);
            case ACCESS -> backoff(attempts);
        };
    }

    private static boolean goesOnAtOnce(Attempts attempts) {
        Verification verification = SignInProgress.of(attempts).verification(attempts.call());
        return verification != null && verification.goesOnAtOnce();
    }

    private static Duration doubled(int failures, Duration longest) {
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(Math.max(0, failures - 1), 20));
        return pause.compareTo(longest) > 0 ? longest : pause;
    }
}
