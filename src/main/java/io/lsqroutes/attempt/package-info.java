/** What was tried for one event, what each attempt came to, and whether another one follows. */
@NullMarked
package io.lsqroutes.attempt;

import org.jspecify.annotations.NullMarked;
