/** The trouble of the account, of Kafka and of the process itself: it costs no event anything, and it is told. */
@NullMarked
package io.lsqroutes.it.trouble;

import org.jspecify.annotations.NullMarked;
