/** The account and its keys: which are in use, which have worked, and which a call carried. */
@NullMarked
package io.lsqroutes.leadsquared.keys;

import org.jspecify.annotations.NullMarked;
