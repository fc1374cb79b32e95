package io.lsqroutes.attempt;

import io.lsqroutes.attempt.Verdict.Kind;
import org.apache.camel.ExchangeProperty;

/** Ends an event without another call, where it has become known since its last one that it has failed often enough. */
public final class SpentAttempts {
    private final RetryRules rules;

    public SpentAttempts(RetryRules rules) {
        this.rules = rules;
    }

    /** After a key call, which may have shown whose fault the failures were. */
    public void decide(@ExchangeProperty(Delivery.PROPERTY) Delivery delivery) throws CallFailed {
        Attempts attempts = delivery.attempts();
        if (attempts.isVerifying()) {
            // What became of the last call is found out first.
            return;
        }
        Verdict last = attempts.lastFailure();
        if (last != null && isTriedAgain(last) && attempts.charged() >= rules.attempts()) {
            throw attempts.ruledOut(attempts.ownCall(), last);
        }
    }

    private static boolean isTriedAgain(Verdict failure) {
        return failure.kind() == Kind.RETRYABLE || failure.kind() == Kind.NOT_EXECUTED;
    }
}
