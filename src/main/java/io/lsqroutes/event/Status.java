package io.lsqroutes.event;

/** What became of an event. */
public enum Status {
    /** The API confirmed it. */
    SUCCEEDED,
    /** The API refused it for good. */
    REJECTED,
    /** Given up after the policy's attempts. */
    FAILED,
    /** An attempt's answer is not known. */
    IN_DOUBT,
    /** Too old before a call could be made, or before the next one. */
    EXPIRED,
    /** It breaks the contract; no call was made. */
    INVALID,
    /** Another record with its id came before it; no call was made. */
    DUPLICATE
}
