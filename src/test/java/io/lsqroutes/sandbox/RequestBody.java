package io.lsqroutes.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A JSON body, read strictly: exactly the documented fields, every text non-empty. */
record RequestBody(JsonNode json) {
    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    static RequestBody parse(String text) {
        // Decoding puts U+FFFD where the bytes were not UTF-8.
        if (text.indexOf('\uFFFD') >= 0) {
            throw new IllegalArgumentException("The body is not UTF-8");
        }
        try {
            return new RequestBody(STRICT.readTree(text));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("The body is not JSON", e);
        }
    }

    RequestBody inOneShapeOf(List<Set<String>> shapes) {
        Set<String> fields = new HashSet<>();
        json.fieldNames().forEachRemaining(fields::add);
        if (!json.isObject() || !shapes.contains(fields)) {
            throw new IllegalArgumentException("The fields are not one of " + shapes);
        }
        return this;
    }

    String text(String field) {
        JsonNode value = json.path(field);
        if (!value.isTextual() || value.textValue().isEmpty()) {
            throw new IllegalArgumentException(field + " is not a non-empty string");
        }
        return value.textValue();
    }

    RequestBody object(String field, Set<String> fields) {
        return new RequestBody(json.path(field)).inOneShapeOf(List.of(fields));
    }

    boolean has(String field) {
        return json.has(field);
    }

    String person() {
        if (has("EmailAddress")) {
            return PortalAccounts.person("EmailAddress:" + text("EmailAddress"));
        }
        RequestBody key = object("SearchKeyData", Set.of("SchemaName", "Value"));
        return PortalAccounts.person(key.text("SchemaName") + ":" + key.text("Value"));
    }
}
