package io.lsqroutes.event;

import java.util.Locale;

/** What an event asks for; the topic decides it. */
public enum EventType {
    RESET,
    CHANGE;

    /** The name on the results topic. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
