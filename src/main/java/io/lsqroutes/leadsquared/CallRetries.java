package io.lsqroutes.leadsquared;

import io.lsqroutes.attempt.Attempts;
import io.lsqroutes.attempt.CallKind;
import io.lsqroutes.attempt.Retries;
import io.lsqroutes.attempt.RetryPolicy;
import io.lsqroutes.attempt.Verdict;
import io.lsqroutes.attempt.Verdict.Kind;
import io.lsqroutes.leadsquared.keys.AccountKeys;
import io.lsqroutes.leadsquared.keys.PortalKeys;
import io.lsqroutes.leadsquared.signin.SignInProgress;
import io.lsqroutes.leadsquared.signin.SignIns;
import io.lsqroutes.leadsquared.signin.Verification;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Decides what follows a failed key call, a refused key and a failed sign-in; the retry policy decides everything else. */
public final class CallRetries implements Retries {
    private final RetryPolicy policy;
    private final AccountKeys keys;
    private final SignIns signIns;

    public CallRetries(RetryPolicy policy, AccountKeys keys, SignIns signIns) {
        this.policy = policy;
        this.keys = keys;
        this.signIns = signIns;
    }

    @Override
    public @Nullable Duration pause(Attempts attempts, Verdict failure) {
        boolean another = anotherFollows(attempts, failure);
        if (isRefusedSignIn(attempts, failure)) {
            signIns.refused(Objects.requireNonNull(attempts.event().person(), "a sign-in names its person"));
        }
        if (!another) {
            return null;
        }
        boolean isOfKeys = failure.kind() == Kind.UNAUTHORIZED || failure.kind() == Kind.REJECTED;
        return isOfKeys ? keyPause(attempts) : policy.pause(attempts, failure);
    }

    private boolean anotherFollows(Attempts attempts, Verdict failure) {
        if (attempts.call().isKeyCall() && failure.kind() != Kind.EXPIRED) {
            // Keys that cannot be fetched are the account's trouble, not the event's.
            keys.notFetched(failure.kind());
            return true;
        }
        if (failure.kind() == Kind.UNAUTHORIZED) {
            return triesOtherKeys(attempts) && policy.anotherFollows(attempts, failure);
        }
        return attempts.call() == CallKind.SIGN_IN
                ? signsInAgain(attempts, failure)
                : policy.anotherFollows(attempts, failure);
    }

    private boolean triesOtherKeys(Attempts attempts) {
        SignInProgress signIn = SignInProgress.of(attempts);
        if (attempts.call().carriesUserKey()) {
            PortalKeys carried = signIn.carried();
            return signIn.fallBackToSignIn(attempts.call())
                    || (signIn.carriedKeys().mayAskForToken() && keys.mayHaveNewToken(carried))
                    || !keys.haveWorked(attempts.call(), carried);
        }
        keys.notAccepted(signIn.carried());
        Verification verification = signIn.verification(attempts.call());
        if (verification != null) {
            verification.refusedWithTheKeys();
        }
        return true;
    }

    private boolean signsInAgain(Attempts attempts, Verdict failure) {
        return switch (failure.kind()) {
            case RETRYABLE -> mayTryAnother(attempts);
            case IN_DOUBT -> failure.answerIsMissing() || asksOnceMore(attempts, failure);
            case REJECTED -> triesOtherPassword(attempts);
            default -> policy.anotherFollows(attempts, failure);
        };
    }

    private static boolean mayTryAnother(Attempts attempts) {
        SignInProgress signIn = SignInProgress.of(attempts);
        Verification verification = signIn.verification(attempts.call());
        if (verification != null) {
            verification.tryOther();
        } else if (signIn.tries().spent()) {
            // What the API says to sign-ins for this event is its answer.
            attempts.concludeWith(attempts.verdict().signInRefused());
            return false;
        }
        return true;
    }

    /** A sign-in that is answered, and not understood, may count at the portal as a refused one does. */
    private static boolean asksOnceMore(Attempts attempts, Verdict failure) {
        Verification verification = SignInProgress.of(attempts).verification(attempts.call());
        if (verification == null || failure.isPage() || verification.notUnderstood()) {
            return mayTryAnother(attempts);
        }
        attempts.concludeWith(Verdict.NOT_VERIFIED);
        return false;
    }

    private static boolean triesOtherPassword(Attempts attempts) {
        Verification verification = SignInProgress.of(attempts).verification(attempts.call());
        if (verification == null || verification.refused()) {
            return verification != null;
        }
        attempts.concludeWith(Verdict.NOT_VERIFIED);
        return false;
    }

    /** Where a verdict has no status, no call was made. */
    private static boolean isRefusedSignIn(Attempts attempts, Verdict failure) {
        return attempts.call() == CallKind.SIGN_IN
                && failure.httpStatus() != null
                && (failure.kind() == Kind.REJECTED || attempts.verdict().kind() == Kind.REJECTED);
    }

    /** Where another key is at hand, or will be fetched, there is nothing to wait for. */
    private Duration keyPause(Attempts attempts) {
        if (attempts.call().carriesUserKey()) {
            return Duration.ZERO;
        }
        boolean atOnce = !attempts.call().isKeyCall()
                && (keys.willDifferFrom(SignInProgress.of(attempts).carried()) || goesOnAtOnce(attempts));
        return atOnce ? Duration.ZERO : policy.backoff(attempts);
    }

    private static boolean goesOnAtOnce(Attempts attempts) {
        Verification verification = SignInProgress.of(attempts).verification(attempts.call());
        return verification != null && verification.goesOnAtOnce();
    }
}
