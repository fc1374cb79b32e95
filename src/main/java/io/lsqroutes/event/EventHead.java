package io.lsqroutes.event;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What every event has, whatever it asks for.
 *
 * @param lane whether somebody waits for it
 * @param requestedAt when the producer says it was asked for, if it says so
 * @param traceparent the W3C trace the record belongs to, handed on to the outcome
 * @param expiresAt from then on (with {@link #CLOCK_TOLERANCE}) no call is made for it
 * @param source the record it was read from
 * @param origin the record its producer wrote, which outcomes name: another one where the event was forwarded
 */
public record EventHead(
        String eventId,
        EventType type,
        Lane lane,
        @Nullable String campaignId,
        @Nullable Instant requestedAt,
        Instant expiresAt,
        @Nullable String traceparent,
        RecordPosition source,
        RecordPosition origin) {

    /** Producers' clocks and the broker's may differ by this much. */
    static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(5);

    public EventHead(
            String eventId,
            EventType type,
            Lane lane,
            @Nullable String campaignId,
            @Nullable Instant requestedAt,
            Instant expiresAt,
            @Nullable String traceparent,
            RecordPosition source) {
        this(eventId, type, lane, campaignId, requestedAt, expiresAt, traceparent, source, source);
    }

    /** The same event, which came with that record before it was forwarded. */
    EventHead forwardedFrom(RecordPosition first) {
        return new EventHead(eventId, type, lane, campaignId, requestedAt, expiresAt, traceparent, source, first);
    }

    public boolean expiredAt(Instant now) {
        return now.isAfter(expiresAt.plus(CLOCK_TOLERANCE));
    }
}
