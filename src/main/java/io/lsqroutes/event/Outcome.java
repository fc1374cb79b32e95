package io.lsqroutes.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one event, once it is handled; it claims nothing else.
 *
 * @param calls attempts of the event's own call; sign-in and key calls are not in it
 * @param possibleDuplicate whether an attempt before the last may have taken effect
 * @param code the API's exception type, or a reason code of ours
 * @param message the API's text, without secrets and without what names the person
 * @param original for a duplicate, what came before it
 */
public record Outcome(
        EventHead event,
        Status status,
        int calls,
        boolean possibleDuplicate,
        @Nullable Integer httpStatus,
        @Nullable String code,
        @Nullable String message,
        @Nullable String leadId,
        Instant completedAt,
        @Nullable Original original) {

    public Outcome(
            EventHead event,
            Status status,
            int calls,
            boolean possibleDuplicate,
            @Nullable Integer httpStatus,
            @Nullable String code,
            @Nullable String message,
            @Nullable String leadId,
            Instant completedAt) {
        this(event, status, calls, possibleDuplicate, httpStatus, code, message, leadId, completedAt, null);
    }

    /**
     * The record that had a duplicate's id first.
     *
     * @param status what became of it; null while it is on its way
     */
    public record Original(@Nullable Status status, RecordPosition source) {}

    public Outcome original(Original first) {
        return new Outcome(
                event, status, calls, possibleDuplicate, httpStatus, code, message, leadId, completedAt, first);
    }
}
