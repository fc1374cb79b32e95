package io.lsqroutes.sandbox;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One call, as it arrived and as it was answered.
 *
 * @param path with the query
 * @param headers by lower-case name
 * @param person whom the call is about, "" where it does not say
 * @param status what was answered: 0 where the connection was cut instead
 * @param refused the call was above the limit; a 429 that a {@link Quirk} asked for is not
 * @param carriedOut the mail was sent or the password changed, whether or not the answer got through
 */
public record PortalCall(
        long arrivalNanos,
        Instant at,
        String method,
        String path,
        Map<String, List<String>> headers,
        String body,
        String person,
        int status,
        boolean refused,
        boolean carriedOut) {

    public PortalCall {
        Map<String, List<String>> sorted = new TreeMap<>();
        headers.forEach((name, values) -> sorted.put(name, List.copyOf(values)));
        headers = Collections.unmodifiableMap(sorted);
    }

    /** The path alone. */
    public String endpoint() {
        int query = path.indexOf('?');
        return query < 0 ? path : path.substring(0, query);
    }

    /** The header's value; "" where there is none, or more than one. */
    public String header(String lowerCaseName) {
        List<String> values = headers.getOrDefault(lowerCaseName, List.of());
        return values.size() == 1 ? values.get(0) : "";
    }

    /** The query parameter's value; "" where there is none. */
    public String parameter(String name) {
        Matcher found =
                Pattern.compile("[?&]" + Pattern.quote(name) + "=([^&]*)").matcher(path);
        return found.find() ? URLDecoder.decode(found.group(1), StandardCharsets.UTF_8) : "";
    }

    PortalCall about(String whom) {
        return new PortalCall(arrivalNanos, at, method, path, headers, body, whom, status, refused, carriedOut);
    }

    PortalCall answered(Answer answer, boolean wasRefused) {
        return new PortalCall(
                arrivalNanos,
                at,
                method,
                path,
                headers,
                body,
                person,
                answer.statusSent(),
                wasRefused,
                answer.carriedOut());
    }

    /** Without query, headers, body and person: they hold secrets and personal data. */
    @Override
    public String toString() {
        return method + " " + endpoint() + " -> " + (status == 0 ? "cut" : status) + (refused ? " (refused)" : "");
    }
}
