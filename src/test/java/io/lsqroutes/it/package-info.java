/** The bundle as a whole: a real broker, a portal that counts, and where it matters processes of their own. */
@NullMarked
package io.lsqroutes.it;

import org.jspecify.annotations.NullMarked;
