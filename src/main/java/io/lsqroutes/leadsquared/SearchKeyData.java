package io.lsqroutes.leadsquared;

import com.fasterxml.jackson.annotation.JsonProperty;

/** A person named by a field that is unique in the account. */
record SearchKeyData(
        @JsonProperty("SchemaName") String schemaName,
        @JsonProperty("Value") String value) {
    @Override
    public String toString() {
        return "SearchKeyData[***]";
    }
}
