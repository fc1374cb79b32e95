package io.lsqroutes.attempt;

import java.time.Duration;

/**
 * How long the bundle waits before it tries or looks again.
 *
 * @param retry before an event's second attempt; it doubles with each attempt that follows
 * @param probe before an account in trouble is tried for the first time
 * @param look between two looks at what changes without a sign
 */
public record Pauses(Duration retry, Duration probe, Duration look) {
    /** Those of every bundle that runs; only tests have shorter ones. */
    public static final Pauses USUAL = new Pauses(Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofSeconds(1));

    private static final Duration LONGEST_PROBE = Duration.ofMinutes(5);
    private static final Duration LONGEST_PROBE_IN_DOUBT = Duration.ofSeconds(30);
    private static final Duration AT_FIRST_IN_DOUBT = Duration.ofSeconds(10);
    private static final Duration AT_FIRST = Duration.ofMinutes(1);

    /** The pause before the attempt that follows so many failed ones, which is never longer than this. */
    Duration retryAfter(int failures, Duration longest) {
        Duration pause = retry.multipliedBy(1L << Math.min(Math.max(0, failures - 1), 20));
        return pause.compareTo(longest) > 0 ? longest : pause;
    }

    /**
     * Problems that only an operator or the next day can fix are probed with growing pauses. So are problems where every
     * probe costs an event, once the trouble has lasted long.
     */
    public Duration longestProbe(Trouble trouble, boolean keyCallsTell, Duration stood) {
        return switch (trouble) {
            case KEYS_NOT_ACCEPTED, QUOTA_SPENT -> LONGEST_PROBE;
            case NOT_UNDERSTOOD ->
                keyCallsTell ? probe : stood.compareTo(AT_FIRST) < 0 ? AT_FIRST_IN_DOUBT : LONGEST_PROBE_IN_DOUBT;
            default -> probe;
        };
    }
}
