/** The command that puts dead events back on their topics. */
@NullMarked
package io.lsqroutes.replay;

import org.jspecify.annotations.NullMarked;
