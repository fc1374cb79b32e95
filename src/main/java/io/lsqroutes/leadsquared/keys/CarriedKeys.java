package io.lsqroutes.leadsquared.keys;

import io.lsqroutes.attempt.CallKind;
import io.lsqroutes.attempt.Verdict;
import io.lsqroutes.attempt.Verdict.Kind;
import io.lsqroutes.event.Secret;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The account's keys that the calls for one event carried, and the 401 that they may have to answer for. */
public final class CarriedKeys {
    private @Nullable PortalKeys last;
    private @Nullable Unauthorized refusal;
    private boolean tokenAskedFor;

    /** The request goes out with these. */
    public void carry(PortalKeys keys) {
        last = keys;
        refusal = null;
    }

    /** What the last call carried beside, or as, its authorization. */
    public PortalKeys last() {
        return Objects.requireNonNull(last, "no call has carried the account's keys yet");
    }

    /** Whether the next call carries other keys than the last one. */
    public boolean haveBeenReplaced(AccountKeys keys) {
        return last != null && keys.willDifferFrom(last);
    }

    /** For an answer that repeats them, whatever is in use by then. */
    public List<Secret> secrets() {
        return last == null ? List.of() : List.of(last.publicAuthKey(), last.registerToken());
    }

    /** A call has failed. A failure to fetch keys leaves open what they are fetched for. */
    public void failed(CallKind call, Verdict failure) {
        if (failure.kind() == Kind.UNAUTHORIZED && !call.isKeyCall() && last != null) {
            refusal = new Unauthorized(call, last, failure);
        }
    }

    /** What is still to be ruled on; null where there is nothing, or a call has gone out since. */
    @Nullable
    public Unauthorized refusal() {
        return refusal;
    }

    /** It is ruled on, or nothing depends on it any more. */
    public void settled() {
        refusal = null;
    }

    /** Whether the registration token has yet to be asked for because of this event's user key. */
    public boolean mayAskForToken() {
        boolean first = !tokenAskedFor;
        tokenAskedFor = true;
        return first;
    }
}
