/** The promises on outcomes: one for each event, honest, and without secrets, whatever dies. */
@NullMarked
package io.lsqroutes.it.outcome;

import org.jspecify.annotations.NullMarked;
