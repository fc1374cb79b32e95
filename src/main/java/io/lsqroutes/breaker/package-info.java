/** The account's circuit breaker: while the account is in trouble calls wait, and one at a time is tried. */
@NullMarked
package io.lsqroutes.breaker;

import org.jspecify.annotations.NullMarked;
