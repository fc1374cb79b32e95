package io.lsqroutes.sandbox;

import java.util.Arrays;
import java.util.function.Supplier;

/**
 * A way to misbehave. {@link #SLOW} and {@link #CUT} carry the call out and then lose the answer; with all others nothing
 * is done, and with {@link #DROPPED} the caller cannot tell it from {@link #CUT}.
 */
public enum Quirk {
    TOO_MANY_REQUESTS("429"),
    SERVER_ERROR("500"),
    SERVER_ERROR_ENVELOPE("500-envelope"),
    UNAVAILABLE("503"),
    BAD_REQUEST("400"),
    UNAUTHORIZED("401"),
    NOT_FOUND("404"),
    NOT_FOUND_HTML("404-html"),
    FORBIDDEN_HTML("403-html"),
    REDIRECT("302"),
    ERROR("error"),
    NOT_SUCCESSFUL("false"),
    LIMIT_AS_200("limit200"),
    LIMIT_AS_403("limit403"),
    SLOW("slow"),
    CUT("cut"),
    DROPPED("dropped"),
    HTML("html"),
    EMPTY("empty");

    private final String tag;

    Quirk(String tag) {
        this.tag = tag;
    }

    /** What a sandbox user types into an address to get it, as in {@code ada+429@example.com}. */
    public String tag() {
        return tag;
    }

    static Quirk tagged(String tag) {
        return Arrays.stream(values())
                .filter(quirk -> quirk.tag.equals(tag))
                .findFirst()
                .orElseThrow();
    }

    /** A fault of the request does not go away by asking again. */
    boolean lasting() {
        return switch (this) {
            case BAD_REQUEST, UNAUTHORIZED, NOT_FOUND, ERROR, NOT_SUCCESSFUL -> true;
            default -> false;
        };
    }

    Answer applyTo(Supplier<Answer> call, String limitMessage) {
        return switch (this) {
            case TOO_MANY_REQUESTS -> Answer.rateLimited(429, limitMessage);
            case SERVER_ERROR -> Answer.of(500, "text/plain", "Internal Server Error");
            case SERVER_ERROR_ENVELOPE -> Answer.error(500, "MXUnhandledException", "Something went wrong");
            case UNAVAILABLE -> Answer.of(503, "text/plain", "Service Unavailable");
            case BAD_REQUEST -> Answer.badRequest("The request is not valid");
            case UNAUTHORIZED -> Answer.unauthorized("The token is not valid");
            case NOT_FOUND -> Answer.error(404, "MXUserNotFoundException", "User not found");
            case NOT_FOUND_HTML -> Answer.of(404, "text/html", "<html><body><h1>Not Found</h1></body></html>");
            case FORBIDDEN_HTML -> Answer.of(403, "text/html", "<html><body><h1>Forbidden</h1></body></html>");
            case REDIRECT -> Answer.of(302, "text/html", "<html><body><h1>Moved</h1></body></html>");
            case ERROR -> Answer.error(200, "MXUserNotFoundException", "User not found");
            case NOT_SUCCESSFUL -> Answer.successful(false, "The request could not be completed");
            case LIMIT_AS_200 -> Answer.rateLimited(200, limitMessage);
            case LIMIT_AS_403 -> Answer.rateLimited(403, limitMessage);
            case SLOW -> call.get().by(Answer.Delivery.SLOW);
            case CUT -> call.get().by(Answer.Delivery.CUT);
            case DROPPED -> Answer.of(200, "", "").by(Answer.Delivery.CUT);
            case HTML -> Answer.of(200, "text/html", "<html><body><h1>Please wait</h1></body></html>");
            case EMPTY -> Answer.of(200, "", "");
        };
    }
}
