package io.lsqroutes.leadsquared;

import java.time.Duration;

/**
 * What the settings say about trying again.
 *
 * @param attempts calls an event is worth when its own calls fail
 * @param window the account's window, after which a refused call may be made again
 * @param callDeadline after that time a call whose answer was lost no longer takes effect
 */
public record RetryRules(int attempts, Duration window, Duration callDeadline) {}
