package io.lsqroutes.budget;

/**
 * Whose call goes next.
 *
 * @param inNanos how long until then: 0 at once, {@link Long#MAX_VALUE} when an answer has to come first
 */
record Turn(Lane lane, long inNanos) {}
