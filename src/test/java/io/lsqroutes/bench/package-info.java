/** The budget beside what libraries offer, under the same load. */
@NullMarked
package io.lsqroutes.bench;

import org.jspecify.annotations.NullMarked;
