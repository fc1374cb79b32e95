package io.lsqroutes.leadsquared.keys;

import io.lsqroutes.event.Secret;

/** The account's two keys as one call carried them: what is answered to it is about these, whatever is in use by then. */
public record PortalKeys(Secret publicAuthKey, Secret registerToken) {}
