package io.lsqroutes.event;

/** Whether somebody waits for what an event asks for. */
public enum Lane {
    /** A person at a login page. */
    INTERACTIVE,
    /** Nobody: one of many events that were queued at once. */
    CAMPAIGN
}
