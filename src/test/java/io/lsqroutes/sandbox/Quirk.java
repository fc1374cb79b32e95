package io.lsqroutes.sandbox;

import java.util.Arrays;
import java.util.function.Supplier;

/**
 * A way to misbehave. {@link #SLOW} and {@link #CUT} carry the call out and then lose the answer; with all others nothing
 * is done, and with {@link #DROPPED} the caller cannot tell it from {@link #CUT}.
 */
public enum Quirk {
    TOO_MANY_REQUESTS("429", "429, too many requests"),
    SERVER_ERROR("500", "500, a plain text"),
    SERVER_ERROR_ENVELOPE("500-envelope", "500, in LeadSquared's own words"),
    UNAVAILABLE("503", "503, a plain text"),
    BAD_REQUEST("400", "400, the request is not valid"),
    UNAUTHORIZED("401", "401, the token is not valid"),
    NOT_FOUND("404", "404, no such user, in LeadSquared's own words"),
    NOT_FOUND_HTML("404-html", "404, a web page"),
    FORBIDDEN_HTML("403-html", "403, a web page"),
    REDIRECT("302", "a redirect"),
    ERROR("error", "200, but no such user"),
    NOT_SUCCESSFUL("false", "200, but not successful"),
    LIMIT_AS_200("limit200", "200, but too many requests"),
    LIMIT_AS_403("limit403", "403, too many requests"),
    SLOW("slow", "carries the call out, answers after 30 s"),
    CUT("cut", "carries the call out, then cuts the connection"),
    DROPPED("dropped", "does nothing and cuts the connection"),
    HTML("html", "200, a web page"),
    EMPTY("empty", "200, an empty body");

    private final String tag;
    private final String meaning;

    Quirk(String tag, String meaning) {
        this.tag = tag;
        this.meaning = meaning;
    }

    /** What a sandbox user types into an address to get it, as in {@code ada+429@example.com}. */
    public String tag() {
        return tag;
    }

    /** What the portal does. */
    String meaning() {
        return meaning;
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
