package io.lsqroutes.attempt;

import java.time.Duration;

/**
 * What the settings say about trying again.
 *
 * @param attempts calls an event is worth when its own calls fail
 * @param callDeadline after that time a call whose answer was lost no longer takes effect
 * @param pauses between two attempts
 */
public record RetryRules(int attempts, Duration callDeadline, Pauses pauses) {}
