package io.lsqroutes.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What the portal answers, and how it gets to the caller.
 *
 * @param carriedOut whether what was asked for has been done
 */
record Answer(int status, String contentType, String body, Delivery delivery, boolean carriedOut) {
    private static final String JSON = "application/json; charset=utf-8";

    enum Delivery {
        PROMPT,
        SLOW,
        CUT
    }

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static Answer json(int status, JsonNode body) {
        return of(status, JSON, body.toString());
    }

    static Answer of(int status, String contentType, String body) {
        return new Answer(status, contentType, body, Delivery.PROMPT, false);
    }

    static Answer error(int status, String exceptionType, String message) {
        return json(
                status,
                object().put("Status", "Error")
                        .put("ExceptionType", exceptionType)
                        .put("ExceptionMessage", message));
    }

    static Answer successful(boolean successful, String text) {
        return json(200, object().put("IsSuccessful", successful).put("ResponseText", text));
    }

    static Answer rateLimited(int status, String message) {
        return error(status, "MXAPIRateLimitExceededException", message);
    }

    static Answer badRequest(String message) {
        return error(400, "MXInvalidInputException", message);
    }

    static Answer unauthorized(String message) {
        return error(401, "MXInvalidTokenException", message);
    }

    /** What was asked for has been done. */
    Answer done() {
        return new Answer(status, contentType, body, delivery, true);
    }

    Answer by(Delivery way) {
        return new Answer(status, contentType, body, way, carriedOut);
    }

    /** 0 where the caller gets none. */
    int statusSent() {
        return delivery == Delivery.CUT ? 0 : status;
    }
}
