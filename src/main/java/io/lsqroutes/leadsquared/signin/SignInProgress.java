package io.lsqroutes.leadsquared.signin;

import io.lsqroutes.attempt.Attempts;
import io.lsqroutes.attempt.CallKind;
import io.lsqroutes.attempt.Fault;
import io.lsqroutes.attempt.Preparation;
import io.lsqroutes.attempt.Verdict;
import io.lsqroutes.event.ChangeRequested;
import io.lsqroutes.event.Event;
import io.lsqroutes.event.EventType;
import io.lsqroutes.event.Secret;
import io.lsqroutes.leadsquared.keys.CarriedKeys;
import io.lsqroutes.leadsquared.keys.PortalKeys;
import io.lsqroutes.leadsquared.signin.Verification.Password;
import org.jspecify.annotations.Nullable;

/** How far the sign-in of one event's person has come, and which keys the event's calls carried. Not synchronised. */
public final class SignInProgress implements Preparation {
    private final Event event;
    private final SignInTries tries = new SignInTries();
    private final CarriedKeys carriedKeys = new CarriedKeys();
    private @Nullable Secret userKey;
    private boolean signedIn;
    private @Nullable Verification verification;

    public SignInProgress(Event event) {
        this.event = event;
        this.userKey = event instanceof ChangeRequested change ? change.authKey() : null;
    }

    /** That of the event that these attempts are made for. */
    public static SignInProgress of(Attempts attempts) {
        return (SignInProgress) attempts.preparation();
    }

    public CarriedKeys carriedKeys() {
        return carriedKeys;
    }

    /** The account's keys as the last call carried them. */
    public PortalKeys carried() {
        return carriedKeys.last();
    }

    public SignInTries tries() {
        return tries;
    }

    @Override
    public void failed(CallKind call, Verdict failure, boolean out) {
        if (out && verification(call) == null) {
            carriedKeys.failed(call, failure);
        }
        if (out && call == CallKind.SIGN_IN && !isVerifying() && failure.isPage()) {
            tries.addPage(failure);
        }
        tries.ended();
    }

    @Override
    public void blame(Fault whose) {
        tries.blame(whose);
    }

    @Override
    public boolean mayBeSpent() {
        return tries.mayBeSpent();
    }

    /** Whether signing in has to bring the user's key, or to tell whether the change was made. */
    public boolean needsSignIn() {
        return userKey == null || verification != null;
    }

    @Override
    public boolean signsInNext() {
        return event.head().type() == EventType.CHANGE && needsSignIn();
    }

    @Override
    public void verify(boolean likely) {
        verification = new Verification(likely ? Password.NEW : Password.CURRENT);
    }

    @Override
    public boolean isVerifying() {
        return verification != null;
    }

    /** What this call finds out by signing in; null where it is not made for that. */
    public @Nullable Verification verification(CallKind call) {
        return call == CallKind.SIGN_IN ? verification : null;
    }

    /** The password to sign the person in with. */
    public Secret password(ChangeRequested change) {
        return verification == null ? change.currentPassword() : verification.password(change);
    }

    /** What calls in the user's name carry; null before the person has signed in. */
    @Nullable
    public Secret userKey() {
        return userKey;
    }

    /** Signing in has brought this key, and may have shown whether the change was made. */
    public void signedIn(Secret key, Attempts attempts) {
        userKey = key;
        signedIn = true;
        Verification ended = verification;
        if (ended != null) {
            verification = null;
            attempts.settledDoubt(ended.changeWasMade());
        }
    }

    /** Drops a key that was not accepted; false where signing in cannot bring another one. */
    public boolean fallBackToSignIn(CallKind call) {
        if (!mayFallBackToSignIn(call)) {
            return false;
        }
        userKey = null;
        carriedKeys.settled();
        return true;
    }

    public boolean mayFallBackToSignIn(CallKind call) {
        return call.carriesUserKey() && event.person() != null && !signedIn;
    }

    @Override
    public void ruledOut() {
        carriedKeys.settled();
    }
}
