/** The account's call budget: no more calls in any window than the limit, and all of it used. */
@NullMarked
package io.lsqroutes.budget;

import org.jspecify.annotations.NullMarked;
