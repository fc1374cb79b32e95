/** Starts and wires the bundle. */
@NullMarked
package io.lsqroutes;

import org.jspecify.annotations.NullMarked;
