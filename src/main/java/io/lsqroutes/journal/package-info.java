/** What was called and what is done, as the journal topic holds it. */
@NullMarked
package io.lsqroutes.journal;

import org.jspecify.annotations.NullMarked;
