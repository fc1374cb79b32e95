package io.lsqroutes.leadsquared;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the API says to an account that calls too often.
 *
 * @param pause how long it asks to be left alone; zero where it does not
 * @param calls so many calls it names as the limit
 * @param window in this time; zero where it names none
 */
public record Refusal(Duration pause, int calls, Duration window) {
    private static final Pattern LIMIT_TEXT =
            Pattern.compile("API calls exceeded the limit of ([0-9]+) in ([0-9]+) second", Pattern.CASE_INSENSITIVE);
    /** More digits than an int holds are no limit to speak of. */
    private static final int MOST_DIGITS = 9;

    static boolean standsIn(String text) {
        return LIMIT_TEXT.matcher(text).find();
    }

    static Refusal of(String text, @Nullable Duration retryAfter) {
        Duration pause = retryAfter == null ? Duration.ZERO : retryAfter;
        Matcher limit = LIMIT_TEXT.matcher(text);
        if (!limit.find()
                || limit.group(1).length() > MOST_DIGITS
                || limit.group(2).length() > MOST_DIGITS) {
            return new Refusal(pause, 0, Duration.ZERO);
        }
        return new Refusal(
                pause, Integer.parseInt(limit.group(1)), Duration.ofSeconds(Integer.parseInt(limit.group(2))));
    }
}
