package io.lsqroutes.leadsquared.keys;

import io.lsqroutes.attempt.CallKind;
import io.lsqroutes.event.Secret;
import org.jspecify.annotations.Nullable;

/**
 * With what a call has succeeded since the start: nothing else shows that the keys and the portal id are right together.
 * Not synchronised.
 */
final class WorkingKeys {
    private @Nullable Secret publicAuthKey;
    private @Nullable Secret registerToken;

    void succeeded(CallKind call, PortalKeys carried) {
        if (call.carriesAccountKey()) {
            publicAuthKey = carried.publicAuthKey();
        } else if (!carried.registerToken().equals(registerToken)) {
            publicAuthKey = null;
        }
        registerToken = carried.registerToken();
    }

    /** Whether what such a call carries of these keys has worked. */
    boolean include(CallKind call, PortalKeys carried) {
        return carried.registerToken().equals(registerToken)
                && (call.carriesUserKey() || carried.publicAuthKey().equals(publicAuthKey));
    }

    boolean isEmpty() {
        return registerToken == null;
    }
}
