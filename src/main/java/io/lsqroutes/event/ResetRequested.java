package io.lsqroutes.event;

import org.jspecify.annotations.Nullable;

/**
 * Somebody asks for a password reset link.
 *
 * @param recipientField the schema name of the field the link is sent to, where it is not the person's default
 */
public record ResetRequested(
        EventHead head, Person person, @Nullable String recipientField) implements Event {

    /** The same event, which came with that record before it was forwarded. */
    public ResetRequested forwardedFrom(RecordPosition origin) {
        return new ResetRequested(head.forwardedFrom(origin), person, recipientField);
    }
}
