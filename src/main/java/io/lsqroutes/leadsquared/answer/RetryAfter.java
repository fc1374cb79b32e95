package io.lsqroutes.leadsquared.answer;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** Reads {@code Retry-After}: seconds or a date, never more than a minute, after which the API is simply asked again. */
public final class RetryAfter {
    static final Duration CAP = Duration.ofMinutes(1);

    private RetryAfter() {}

    /** Null where the header is missing, nonsense or in the past. */
    public static @Nullable Duration read(@Nullable String header, Instant now) {
        if (header == null) {
            return null;
        }
        Duration wait = wait(header.trim(), now);
        if (wait == null || wait.isNegative() || wait.isZero()) {
            return null;
        }
        return wait.compareTo(CAP) > 0 ? CAP : wait;
    }

    private static @Nullable Duration wait(String header, Instant now) {
        if (header.matches("[0-9]+")) {
            // More digits than a long holds are more than the cap, too.
            return header.length() > 9 ? CAP : Duration.ofSeconds(Long.parseLong(header));
        }
        try {
            return Duration.between(
                    now,
                    ZonedDateTime.parse(header, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant());
        } catch (DateTimeException e) {
            return null;
        }
    }
}
