/** Reads the event topics: which records are read on, in which order events go, and which are campaign events. */
@NullMarked
package io.lsqroutes.intake;

import org.jspecify.annotations.NullMarked;
