package io.lsqroutes.event;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a time with its offset: RFC 3339, and what producers write instead of it. A date without separators, a blank for
 * the {@code T}, no seconds, an offset such as {@code +0530}, and a zone's name in brackets behind the offset.
 */
final class EventTime {
    private static final Pattern TIME =
            Pattern.compile("(?<year>[0-9]{4})(?<dash>-?)(?<month>[0-9]{2})\\k<dash>(?<day>[0-9]{2})"
                    + "(?:[Tt]| {1,3})"
                    + "(?<hour>[0-9]{2})(?::?(?<minute>[0-9]{2})(?::?(?<second>[0-9]{2})(?:[.,](?<fraction>[0-9]{1,30}))?)?)?"
                    + " ?(?:[Zz]|(?<offset>[+-][0-9]{2}(?::?[0-9]{2}(?::?[0-9]{2})?)?))"
                    + "(?:\\[[^\\[\\]]{1,60}])*");
    private static final int NANO_DIGITS = 9;
    /** A clock may tell the second that is inserted now and then. */
    private static final int LEAP_SECOND = 60;

    private EventTime() {}

    /** Null where it cannot be read, or lies in no year that can be written back. */
    static @Nullable Instant read(String text) {
        Matcher match = TIME.matcher(text.trim());
        if (!match.matches()) {
            return null;
        }
        try {
            OffsetDateTime time = time(match).withOffsetSameInstant(ZoneOffset.UTC);
            return time.getYear() >= 1970 && time.getYear() <= 9999 ? time.toInstant() : null;
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static OffsetDateTime time(Matcher match) {
        int second = number(match, "second");
        int leap = second == LEAP_SECOND ? 1 : 0;
        String offset = match.group("offset");
        return OffsetDateTime.of(
                        number(match, "year"),
                        number(match, "month"),
                        number(match, "day"),
                        number(match, "hour"),
                        number(match, "minute"),
                        second - leap,
                        nanos(match.group("fraction")),
                        offset == null ? ZoneOffset.UTC : ZoneOffset.of(offset))
                .plusSeconds(leap);
    }

    private static int number(Matcher match, String group) {
        String digits = match.group(group);
        return digits == null ? 0 : Integer.parseInt(digits);
    }

    private static int nanos(@Nullable String fraction) {
        return fraction == null ? 0 : Integer.parseInt((fraction + "0".repeat(NANO_DIGITS)).substring(0, NANO_DIGITS));
    }
}
