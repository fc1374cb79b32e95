/** How the bundle starts, on any machine, and what it says and makes then. */
@NullMarked
package io.lsqroutes.it.start;

import org.jspecify.annotations.NullMarked;
