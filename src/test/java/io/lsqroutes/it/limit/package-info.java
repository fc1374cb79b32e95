/**
 * The promise on the limit: at most so many calls in any window and on any day, across kills, owners and other
 * programs.
 */
@NullMarked
package io.lsqroutes.it.limit;

import org.jspecify.annotations.NullMarked;
