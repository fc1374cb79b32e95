/** Says what the journal knows of an event, records the intent of each call, and settles the event. */
@NullMarked
package io.lsqroutes.ledger;

import org.jspecify.annotations.NullMarked;
