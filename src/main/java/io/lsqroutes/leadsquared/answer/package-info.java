/** What LeadSquared answers, and how an answer, or its absence, is read. */
@NullMarked
package io.lsqroutes.leadsquared.answer;

import org.jspecify.annotations.NullMarked;
