package io.lsqroutes;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends the process in order where it cannot go on, for the first reason that comes up. Safe for use by several threads. */
final class ProcessEnd {
    private static final Logger LOG = LoggerFactory.getLogger(ProcessEnd.class);

    private final Ending ending;
    private volatile @Nullable String reason;

    ProcessEnd(Ending ending) {
        this.ending = ending;
    }

    /** Calls that are out end first. What follows from the first reason is not told. */
    synchronized void begin(int code, String why) {
        if (reason != null) {
            return;
        }
        LOG.error("This process stops: {}", why);
        reason = why;
        ending.stopWith(code);
    }

    /** Why the process stops, for the health check; null while it does not. */
    @Nullable
    String reason() {
        return reason;
    }
}
