package io.lsqroutes.budget;

import java.time.Duration;

/**
 * The calls of a window this bundle takes: fewer after a call too many, since then others call on the same account, and step by
 * step more again. Not synchronised; times come in, in nanoseconds of one monotonic clock.
 */
final class AdaptiveLimit {
    private static final long STEP = Duration.ofSeconds(10).toNanos();
    /** The first steps add one call each; those that come after 40 s without a call too many add three. */
    private static final long SMALL_STEPS = 3;

    private static final long LARGE_STEP = 3;
    /** So long after the last call too many, a limit that the API named is forgotten: it may have been raised, or meant otherwise. */
    private static final long NAMED_FOR = Duration.ofHours(1).toNanos();

    private final long windowNanos;
    private final int configured;
    private int named;
    private int calls;
    private long rateLimitedAt;
    private long loweredAt;

    AdaptiveLimit(int most, long windowNanos, long now) {
        this.configured = most;
        this.named = most;
        this.calls = most;
        this.windowNanos = windowNanos;
        this.rateLimitedAt = now;
        this.loweredAt = now - windowNanos;
    }

    int at(long now) {
        long steps = (now - rateLimitedAt) / STEP;
        long more = steps <= SMALL_STEPS ? steps : SMALL_STEPS + (steps - SMALL_STEPS) * LARGE_STEP;
        return (int) Math.min(most(now), calls + more);
    }

    private int most(long now) {
        return now - rateLimitedAt < NAMED_FOR ? named : configured;
    }

    /** Lowers it by three tenths, true, unless an earlier call too many did so less than a window ago: one cause, one effect. */
    boolean rateLimited(long now) {
        int before = at(now);
        named = most(now);
        boolean lowered = now - loweredAt >= windowNanos;
        calls = lowered ? Math.max(1, before * 7 / 10) : before;
        rateLimitedAt = now;
        loweredAt = lowered ? now : loweredAt;
        return lowered;
    }

    /** The answer names a limit of the API's own; true where that is less than was known. It is kept for an hour. */
    boolean named(int limit) {
        boolean less = limit < named;
        if (less) {
            named = limit;
            calls = Math.min(calls, limit);
        }
        return less;
    }
}
