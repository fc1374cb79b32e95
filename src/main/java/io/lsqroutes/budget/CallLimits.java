package io.lsqroutes.budget;

import java.time.Duration;

/**
 * What the account may be asked to bear.
 *
 * @param calls that reach the portal in any window; 0 means no limit
 * @param reserve of these, calls that the campaign leaves free for somebody who waits
 * @param maxInFlight calls that hold a permit at a time
 * @param daily what a day may see of them
 */
public record CallLimits(int calls, Duration window, int reserve, int maxInFlight, DailyQuota daily) {
    /** Above the window, for a portal that counts in whole milliseconds. */
    private static final Duration GRANULARITY = Duration.ofMillis(10);
    /** What the API counts over a longer time is a quota; spread over its windows it would all but end the calls. */
    private static final Duration LONGEST_WINDOW = Duration.ofMinutes(1);

    boolean unlimited() {
        return calls == 0;
    }

    /** The slots of a window. */
    int slots() {
        return unlimited() ? maxInFlight : calls;
    }

    long windowNanos() {
        return window.plus(GRANULARITY).toNanos();
    }

    /** The calls of our window that keep within another limit, too. */
    int callsWithin(int otherCalls, Duration otherWindow) {
        if (otherWindow.isZero()) {
            return slots();
        }
        if (otherWindow.compareTo(window) <= 0) {
            return Math.max(1, otherCalls);
        }
        return otherWindow.compareTo(LONGEST_WINDOW) > 0
                ? slots()
                : (int) Math.max(1, otherCalls * window.toMillis() / otherWindow.toMillis());
    }
}
