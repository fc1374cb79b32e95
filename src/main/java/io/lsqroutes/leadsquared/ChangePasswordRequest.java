package io.lsqroutes.leadsquared;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import io.lsqroutes.event.Secret;

/** The body of Change Password. */
record ChangePasswordRequest(
        @JsonProperty("CurrentPassword") @JsonSerialize(using = RevealedSecret.class)
        Secret currentPassword,

        @JsonProperty("NewPassword") @JsonSerialize(using = RevealedSecret.class)
        Secret newPassword) {}
