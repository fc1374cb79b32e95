/** The topics of the contract: their names, their making, their conditions, and the watch over them. */
@NullMarked
package io.lsqroutes.topics;

import org.jspecify.annotations.NullMarked;
