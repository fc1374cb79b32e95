package io.lsqroutes.budget;

import io.lsqroutes.event.Lane;

/**
 * Whose call goes next.
 *
 * @param inNanos how long until then: 0 at once, {@link Long#MAX_VALUE} when an answer has to come first
 */
record NextGrant(Lane lane, long inNanos) {}
