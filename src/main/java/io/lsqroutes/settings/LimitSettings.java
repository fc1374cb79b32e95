package io.lsqroutes.settings;

import io.lsqroutes.budget.CallLimits;
import io.lsqroutes.budget.DailyQuota;
import java.time.Duration;

/** Reads the settings that bound the calls. */
final class LimitSettings {
    private static final int LARGEST_QUOTA = 10_000_000;
    /** Each holds a connection and a thread. */
    private static final int MOST_IN_FLIGHT = 1_000;
    /** What is counted over a longer time is a quota. */
    private static final Duration LONGEST_WINDOW = Duration.ofHours(1);

    private LimitSettings() {}

    static CallLimits read(SettingsReader reader) {
        CallLimits limits = new CallLimits(
                reader.count("lsq.limit.calls", 0, Settings.MOST_CALLS),
                reader.duration("lsq.limit.window", Settings.SHORTEST, LONGEST_WINDOW),
                reader.count("lsq.limit.reserve", 0, Settings.MOST_CALLS),
                reader.count("lsq.max-in-flight", 1, MOST_IN_FLIGHT),
                new DailyQuota(
                        reader.count("lsq.limit.daily", 0, LARGEST_QUOTA),
                        reader.count("lsq.limit.daily-reserve", 0, LARGEST_QUOTA),
                        reader.zone("lsq.limit.daily-zone")));
        checkReserve(reader, limits);
        checkReserve(reader, limits.daily());
        return limits;
    }

    private static void checkReserve(SettingsReader reader, CallLimits limits) {
        if (limits.calls() > 0 && reader.isFine("lsq.limit.calls") && limits.reserve() >= limits.calls()) {
            reader.problem(
                    "lsq.limit.reserve",
                    "is " + limits.reserve()
                            + ", which leaves the campaign nothing; expected less than lsq.limit.calls ("
                            + limits.calls() + ")");
        }
    }

    private static void checkReserve(SettingsReader reader, DailyQuota daily) {
        if (daily.calls() > 0 && reader.isFine("lsq.limit.daily") && daily.reserve() >= daily.calls()) {
            reader.problem(
                    "lsq.limit.daily-reserve",
                    "is " + daily.reserve()
                            + ", which leaves the campaign nothing; expected less than lsq.limit.daily ("
                            + daily.calls() + ")");
        }
    }
}
