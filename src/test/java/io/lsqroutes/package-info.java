/** Tests of the shipped routes and of the bundle as a whole. */
@NullMarked
package io.lsqroutes;

import org.jspecify.annotations.NullMarked;
