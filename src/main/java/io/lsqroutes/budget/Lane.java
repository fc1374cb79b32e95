package io.lsqroutes.budget;

/** Who goes first. */
enum Lane {
    /** Somebody waits for it. */
    INTERACTIVE,
    /** Nobody does. */
    CAMPAIGN
}
