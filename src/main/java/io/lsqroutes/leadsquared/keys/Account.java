package io.lsqroutes.leadsquared.keys;

import io.lsqroutes.event.Fingerprint;
import io.lsqroutes.event.Secret;
import org.jspecify.annotations.Nullable;

/**
 * The LeadSquared account as the settings name it: the first two keys are given, or fetched with the other two.
 *
 * @param host the portal API's base URL, without a slash at its end
 */
public record Account(
        String host,
        String portalId,
        @Nullable Secret publicAuthKey,
        @Nullable Secret registerToken,
        @Nullable Secret accessKey,
        @Nullable Secret secretKey) {

    /** Tells accounts apart without showing the portal's id. */
    public String name() {
        return host + '#' + Fingerprint.of(portalId);
    }
}
