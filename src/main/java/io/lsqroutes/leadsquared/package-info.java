/** The portal API: requests, keys, answers and the verdict on each attempt. */
@NullMarked
package io.lsqroutes.leadsquared;

import org.jspecify.annotations.NullMarked;
