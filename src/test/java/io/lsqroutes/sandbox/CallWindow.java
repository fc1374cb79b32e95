package io.lsqroutes.sandbox;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalDouble;

/** The account's limit: so many calls in a window, sliding or fixed. */
final class CallWindow {
    private final int calls;
    private final Duration length;
    private final boolean fixed;
    private final long origin;
    private final Deque<Long> admitted = new ArrayDeque<>();

    CallWindow(int calls, Duration length, boolean fixed, long origin) {
        this.calls = calls;
        this.length = length;
        this.fixed = fixed;
        this.origin = origin;
    }

    /** What is refused takes no place in the window. */
    synchronized boolean admits(long arrival) {
        if (calls == 0) {
            return true;
        }
        while (!admitted.isEmpty() && isOutside(admitted.getFirst(), arrival)) {
            admitted.removeFirst();
        }
        return admitted.size() < calls && admitted.add(arrival);
    }

    private boolean isOutside(long earlier, long arrival) {
        long nanos = length.toNanos();
        return fixed
                ? Math.floorDiv(earlier - origin, nanos) < Math.floorDiv(arrival - origin, nanos)
                : arrival - earlier >= nanos;
    }

    /** The most arrivals in any half-open interval of the window's length. */
    int most(long[] sortedArrivals) {
        int most = 0;
        int first = 0;
        for (int last = 0; last < sortedArrivals.length; last++) {
            while (sortedArrivals[last] - sortedArrivals[first] >= length.toNanos()) {
                first++;
            }
            most = Math.max(most, last - first + 1);
        }
        return most;
    }

    /**
     * The share of the limit that was used, from the first call until the first one after this time: no pause in between
     * or at the end is left out. Empty where none has come yet.
     */
    OptionalDouble used(long[] sortedArrivals, Duration time) {
        int count = 0;
        while (count < sortedArrivals.length && sortedArrivals[count] - sortedArrivals[0] < time.toNanos()) {
            count++;
        }
        if (count == sortedArrivals.length) {
            return OptionalDouble.empty();
        }
        double allowed = (double) calls * (sortedArrivals[count] - sortedArrivals[0]) / length.toNanos();
        return OptionalDouble.of(count / allowed);
    }

    String seconds() {
        return BigDecimal.valueOf(length.toMillis(), 3).stripTrailingZeros().toPlainString();
    }

    String message() {
        // Clients read the account's limit from this text, so it names one even where a quirk alone refuses.
        return calls == 0
                ? "API calls exceeded the limit of 25 in 5 second(s)"
                : "API calls exceeded the limit of " + calls + " in " + seconds() + " second(s)";
    }
}
