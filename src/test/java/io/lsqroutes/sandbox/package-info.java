/** A LeadSquared portal, a broker and a feed of events, all in one process, for tests and for trying the bundle out. */
@NullMarked
package io.lsqroutes.sandbox;

import org.jspecify.annotations.NullMarked;
