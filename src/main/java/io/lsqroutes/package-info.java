/**
 * Starts and wires the bundle. An event goes this way:
 *
 * <ol>
 *   <li>{@code intake} reads a record as an {@code event}, and lets one event of a person go at a time.
 *   <li>{@code ledger} admits it: the {@code journal} says whether it is new, done, on its way or in doubt.
 *   <li>{@code intake} forwards it where it is a campaign's on the reset topic; its way then begins again there.
 *   <li>{@code breaker} lets its {@code attempt} through while the account is well.
 *   <li>{@code budget} grants the call within the account's limit, somebody who waits first.
 *   <li>{@code ledger} records the intent of the call, and the call waits until that is committed.
 *   <li>{@code leadsquared} makes the call by {@code http}, and classifies its answer; {@code redaction} cleans its text.
 *   <li>{@code attempt} decides whether another try follows, or what the outcome is.
 *   <li>{@code ledger} settles the event: {@code commit} writes outcome, journal entry and offset in one transaction.
 * </ol>
 */
@NullMarked
package io.lsqroutes;

import org.jspecify.annotations.NullMarked;
