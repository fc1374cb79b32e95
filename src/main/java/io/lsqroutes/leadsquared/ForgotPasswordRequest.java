package io.lsqroutes.leadsquared;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/** The body of Forgot Password, in one of its three shapes. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ForgotPasswordRequest(
        @JsonProperty("EmailAddress") @Nullable String emailAddress,
        @JsonProperty("SearchKeyData") @Nullable SearchKeyData searchKeyData,
        @JsonProperty("RecipientField") @Nullable RecipientField recipientField) {

    record RecipientField(@JsonProperty("SchemaName") String schemaName) {}

    @Override
    public String toString() {
        return "ForgotPasswordRequest[***]";
    }
}
