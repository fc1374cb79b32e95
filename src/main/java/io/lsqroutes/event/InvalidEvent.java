package io.lsqroutes.event;

import org.jspecify.annotations.Nullable;

/**
 * A record that breaks the contract.
 *
 * @param code the reason, one of the codes in docs/outcomes.md
 * @param location where in the document, never a quote from it
 */
public record InvalidEvent(EventHead head, String code, String location) implements Event {
    @Override
    public @Nullable Person person() {
        return null;
    }
}
