/** Keeps secrets and personal values out of texts, however they are written there. */
@NullMarked
package io.lsqroutes.redaction;

import org.jspecify.annotations.NullMarked;
