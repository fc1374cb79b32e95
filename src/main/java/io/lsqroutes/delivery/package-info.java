/** The way in from Kafka and the way out to it: offsets in flight, one event at a time per person, outcomes. */
@NullMarked
package io.lsqroutes.delivery;

import org.jspecify.annotations.NullMarked;
