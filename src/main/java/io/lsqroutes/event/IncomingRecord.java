package io.lsqroutes.event;

import org.jspecify.annotations.Nullable;

/**
 * What is known of a record before it is read.
 *
 * @param campaign whether it stands on the campaign topic
 * @param traceparent the W3C trace it belongs to, where it names one
 */
public record IncomingRecord(
        EventType type, boolean campaign, @Nullable String traceparent, RecordPosition source) {}
