package io.lsqroutes.budget;

import io.lsqroutes.event.Lane;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Locale;

/**
 * How often the account may be called in a day.
 *
 * @param calls of a day; 0 means any number
 * @param reserve of these, calls that the campaign leaves to those who wait
 * @param zone whose midnight begins a day
 */
public record DailyQuota(int calls, int reserve, ZoneId zone) {
    /** Any number of calls. */
    public static final DailyQuota NONE = new DailyQuota(0, 0, ZoneId.of("UTC"));

    /** The calls of a day after which the lane stands still. */
    int most(Lane lane) {
        if (calls == 0) {
            return Integer.MAX_VALUE;
        }
        return lane == Lane.CAMPAIGN ? calls - reserve : calls;
    }

    LocalDate dayAt(Instant time) {
        return LocalDate.ofInstant(time, zone);
    }

    /** What is to be said where nobody is called for any more. */
    String spent(DayCount count) {
        return String.format(
                Locale.ROOT,
                "the day's quota is spent: %d of %d calls, until %s",
                count.calls(),
                calls,
                endOf(count.day()));
    }

    Instant endOf(LocalDate day) {
        return day.plusDays(1).atStartOfDay(zone).toInstant();
    }
}
