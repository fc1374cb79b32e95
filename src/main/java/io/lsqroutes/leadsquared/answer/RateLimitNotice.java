package io.lsqroutes.leadsquared.answer;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the API says to an account that calls too often.
 *
 * @param pause how long it asks to be left alone; zero where it does not
 * @param calls so many calls it names as the limit
 * @param window in this time; zero where it names none
 */
public record RateLimitNotice(Duration pause, int calls, Duration window) {

    /**
     * Tells what one refused call says.
     *
     * @param named what it names as its limit, where that is believed
     */
    public static RateLimitNotice of(@Nullable LimitText named, @Nullable Duration retryAfter) {
        Duration pause = retryAfter == null ? Duration.ZERO : retryAfter;
        return named == null
                ? new RateLimitNotice(pause, 0, Duration.ZERO)
                : new RateLimitNotice(pause, named.calls(), named.window());
    }
}
