/** All that is LeadSquared: a call kind goes in, and a verdict comes back. */
@NullMarked
package io.lsqroutes.leadsquared;

import org.jspecify.annotations.NullMarked;
