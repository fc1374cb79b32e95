package io.lsqroutes.breaker;

import io.lsqroutes.attempt.Attempts;
import io.lsqroutes.attempt.CallKind;
import io.lsqroutes.attempt.Trouble;
import io.lsqroutes.attempt.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * A call has met what may be the account's trouble.
 *
 * @param person whom the call was about
 * @param keysWorked whether a call has succeeded with the same keys and portal id since the start
 * @param charges whether the answer counts against its event, should it be the event's own
 * @param detail what is known beside the trouble, for people; null where that is nothing
 */
record TroubleMet(
        CallKind call,
        String person,
        Trouble trouble,
        boolean keysWorked,
        boolean charges,
        @Nullable String detail) {
    static TroubleMet of(Attempts attempts, Verdict verdict, Trouble trouble, boolean keysWorked) {
        CallKind call = attempts.call();
        boolean charges = verdict.kind() != Verdict.Kind.IN_DOUBT || call != CallKind.FORGOT_PASSWORD;
        return new TroubleMet(call, attempts.person(), trouble, keysWorked, charges, detail(verdict, trouble, call));
    }

    /** Which host was not reached and why, or that a key call brings no key. */
    private static @Nullable String detail(Verdict verdict, Trouble trouble, CallKind call) {
        boolean noKey = call.isKeyCall() && Verdict.NOT_UNDERSTOOD.equals(verdict.code());
        return trouble.isOfConnection() || noKey ? verdict.message() : null;
    }

    boolean isOfKeyCall() {
        return call.isKeyCall();
    }

    /** Why no other call is made now, for people. */
    String reason() {
        if (trouble == Trouble.KEYS_NOT_ACCEPTED) {
            if (isOfKeyCall()) {
                return "the account's access keys are refused";
            }
            return keysWorked ? trouble.reason() : "the account's keys or the portal id are refused";
        }
        return detail == null ? trouble.reason() : trouble.reason() + " (" + detail + ")";
    }
}
