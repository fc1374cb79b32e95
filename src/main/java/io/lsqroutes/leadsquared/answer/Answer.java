package io.lsqroutes.leadsquared.answer;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.lsqroutes.event.Secret;
import io.lsqroutes.redaction.RevealedFields;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the API answered: status, {@code Retry-After} and the JSON of the body. It holds keys, so it does not print itself. */
public final class Answer {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final int status;
    private final @Nullable String retryAfter;
    private final String body;
    private final JsonNode json;

    private Answer(int status, @Nullable String retryAfter, byte[] body) {
        this.status = status;
        this.retryAfter = retryAfter;
        this.body = new String(body, StandardCharsets.UTF_8);
        this.json = parse(body);
    }

    /** A body that is not JSON from its first byte to its last leaves a missing node: half an answer is no answer. */
    public static Answer of(int status, @Nullable String retryAfter, byte @Nullable [] body) {
        return new Answer(status, retryAfter, body == null ? new byte[0] : body);
    }

    private static JsonNode parse(byte[] body) {
        try {
            return MAPPER.readTree(body);
        } catch (IOException e) {
            // What is no JSON, and what is no text.
            return MissingNode.getInstance();
        }
    }

    public int status() {
        return status;
    }

    @Nullable
    public String retryAfter() {
        return retryAfter;
    }

    /** All that the answer says where it is a single text, in JSON or as it is; null where it is anything else. */
    @Nullable
    public String bareText() {
        return json.isTextual() ? json.textValue() : json.isMissingNode() ? body : null;
    }

    public boolean isJson() {
        return !json.isMissingNode();
    }

    public boolean isObject() {
        return json.isObject();
    }

    /** A text field of the answer's object; null where it is missing, empty or not text. */
    @Nullable
    public String text(String field) {
        JsonNode node = json.get(field);
        return node != null && node.isTextual() && !node.textValue().isBlank() ? node.textValue() : null;
    }

    public boolean is(String field, boolean expected) {
        JsonNode node = json.get(field);
        return node != null && node.isBoolean() && node.booleanValue() == expected;
    }

    @Nullable
    public Secret secret(String field) {
        String text = text(field);
        return text == null ? null : new Secret(text);
    }

    /** What the answer itself gives away, for it to be cut out of the answer's texts. */
    public List<Secret> secrets() {
        return RevealedFields.in(json);
    }

    /** The answer of a call that answers with a bare JSON string. */
    @Nullable
    public Secret bareSecret() {
        return json.isTextual() && !json.textValue().isBlank() ? new Secret(json.textValue()) : null;
    }

    @Override
    public String toString() {
        return "Answer[" + status + "]";
    }
}
