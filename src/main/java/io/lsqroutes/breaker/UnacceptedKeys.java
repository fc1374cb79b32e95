package io.lsqroutes.breaker;

import java.util.function.BooleanSupplier;

/**
 * What is known of the account's keys after a call was refused because of them.
 *
 * @param haveWorked whether a call has succeeded with them since the start
 * @param othersMayHelp whether other keys are at hand, or will be fetched, and the call may be made once more
 * @param areReplaced says later whether the next call carries other keys
 */
public record UnacceptedKeys(boolean haveWorked, boolean othersMayHelp, BooleanSupplier areReplaced) {}
