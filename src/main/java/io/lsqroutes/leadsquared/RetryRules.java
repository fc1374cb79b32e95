package io.lsqroutes.leadsquared;

import java.time.Duration;

/**
 * What the settings say about trying again.
 *
 * @param attempts calls an event is worth when its own calls fail
 * @param window the account's window, after which a refused call may be made again
 */
public record RetryRules(int attempts, Duration window) {}
