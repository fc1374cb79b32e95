package io.lsqroutes.leadsquared;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import io.lsqroutes.event.Secret;
import org.jspecify.annotations.Nullable;

/** The body of Sign In with Password. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record SignInRequest(
        @JsonProperty("EmailAddress") @Nullable String emailAddress,

        @JsonProperty("Password") @JsonSerialize(using = RevealedSecret.class)
        Secret password,

        @JsonProperty("SearchKeyData") @Nullable SearchKeyData searchKeyData) {
    @Override
    public String toString() {
        return "SignInRequest[***]";
    }
}
