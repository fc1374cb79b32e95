package io.lsqroutes.leadsquared.signin;

import io.lsqroutes.attempt.Attempts;
import io.lsqroutes.attempt.CallFailed;
import io.lsqroutes.attempt.CallKind;
import io.lsqroutes.attempt.Delivery;
import io.lsqroutes.attempt.Verdict;
import io.lsqroutes.leadsquared.keys.AccountKeys;
import io.lsqroutes.leadsquared.keys.Unauthorized;
import org.apache.camel.ExchangeProperty;
import org.jspecify.annotations.Nullable;

/** Decides whose fault a 401 was, once the account's keys have been fetched or replaced since. */
public final class UnauthorizedPolicy {
    private final AccountKeys keys;

    public UnauthorizedPolicy(AccountKeys keys) {
        this.keys = keys;
    }

    /** A call that was answered 401 ends here, unmade, where the account's keys are not what it failed for. */
    public void decide(@ExchangeProperty(Delivery.PROPERTY) Delivery delivery) throws CallFailed {
        Attempts attempts = delivery.attempts();
        Unauthorized unauthorized = SignInProgress.of(attempts).carriedKeys().refusal();
        if (unauthorized == null) {
            return;
        }
        Verdict decided = decided(unauthorized);
        if (decided != null) {
            throw attempts.ruledOut(unauthorized.call(), decided);
        }
        if (unauthorized.call() == CallKind.SIGN_IN && !keys.willDifferFrom(unauthorized.carried())) {
            // The same password with the same keys is refused again, and may lock its person out.
            throw attempts.heldUp(CallKind.SIGN_IN, "keys-not-proved");
        }
    }

    /** Null where that is not known, or the call is worth another try. */
    private @Nullable Verdict decided(Unauthorized unauthorized) {
        return switch (unauthorized.call()) {
            case SIGN_IN ->
                keys.provedGood(unauthorized.carried()) ? unauthorized.verdict().signInRefused() : null;
            case CHANGE_PASSWORD -> {
                boolean users = !keys.hasNewToken(unauthorized.carried())
                        && keys.haveWorked(unauthorized.call(), unauthorized.carried());
                yield users ? unauthorized.verdict() : null;
            }
            default -> null;
        };
    }
}
