package io.lsqroutes.ledger;

import io.lsqroutes.event.Event;
import io.lsqroutes.event.EventHead;
import io.lsqroutes.event.EventJson;
import io.lsqroutes.event.EventType;
import io.lsqroutes.event.Lane;
import io.lsqroutes.event.Outcome;
import io.lsqroutes.event.RecordPosition;
import io.lsqroutes.event.ResetRequested;
import io.lsqroutes.event.Status;
import io.lsqroutes.journal.JournalFormat;
import io.lsqroutes.kafka.RecordText;
import io.lsqroutes.topics.TopicNames;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * What a person has to look at: an event that came to no good end, and where its record stands. Passwords never go with
 * it: only a reset's event is written out.
 *
 * @param code the outcome's reason code
 * @param source the record its producer wrote; its timestamp is not known of a dead letter that was read
 * @param value the event written anew; null for changes and for what breaks the contract, which may hold passwords
 */
public record DeadLetter(
        String eventId,
        Status status,
        String code,
        RecordPosition source,
        @Nullable String value) {
    /** The outcomes that need a person; an event of the interactive lane that came too late needs none. */
    public static final Set<Status> STATUSES =
            Set.copyOf(EnumSet.of(Status.INVALID, Status.FAILED, Status.IN_DOUBT, Status.EXPIRED));

    // Kafka Connect's names, which tools for dead letters know.
    private static final String TOPIC = "__connect.errors.topic";
    private static final String PARTITION = "__connect.errors.partition";
    private static final String OFFSET = "__connect.errors.offset";
    private static final String EXCEPTION_CLASS = "__connect.errors.exception.class.name";
    private static final String EXCEPTION_MESSAGE = "__connect.errors.exception.message";
    private static final String EVENT_ID = "lsq.event-id";
    private static final String STATUS = "lsq.status";

    // Part of the contract: readers compare with these texts, wherever the classes stand today.
    private static final String BREACH = "io.lsqroutes.event.InvalidEvent";
    private static final String FAILURE = "io.lsqroutes.leadsquared.CallFailed";

    /** Null where the outcome needs nobody. */
    static @Nullable DeadLetter of(Outcome outcome, Event event) {
        if (!STATUSES.contains(outcome.status())
                || (outcome.status() == Status.EXPIRED && outcome.event().lane() != Lane.CAMPAIGN)) {
            return null;
        }
        String value = outcome.status() != Status.INVALID && event instanceof ResetRequested reset
                ? RecordText.text(EventJson.write(reset, reset.head().expiresAt()))
                : null;
        return new DeadLetter(
                outcome.event().eventId(),
                outcome.status(),
                Objects.requireNonNullElse(outcome.code(), "internal-error"),
                outcome.event().origin(),
                value);
    }

    /** Null where it is none of ours. */
    public static @Nullable DeadLetter read(ConsumerRecord<byte[], byte[]> record) {
        try {
            RecordPosition source = new RecordPosition(
                    header(record, TOPIC),
                    Integer.parseInt(header(record, PARTITION)),
                    Long.parseLong(header(record, OFFSET)),
                    0);
            return new DeadLetter(
                    header(record, EVENT_ID),
                    Status.valueOf(header(record, STATUS)),
                    header(record, EXCEPTION_MESSAGE),
                    source,
                    record.value() == null ? null : RecordText.text(record.value()));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    public EventType type(TopicNames topics) {
        return topics.typeOf(source.topic());
    }

    /** The journal's key for its event. */
    public String journalKey(TopicNames topics) {
        return JournalFormat.key(
                new EventHead(eventId, type(topics), Lane.INTERACTIVE, null, null, Instant.EPOCH, null, source));
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        if (header == null || header.value() == null) {
            throw new IllegalArgumentException(name);
        }
        return RecordText.text(header.value());
    }

    ProducerRecord<byte[], byte[]> record(String topic) {
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(topic, RecordText.bytes(eventId), value == null ? null : RecordText.bytes(value));
        record.headers()
                .add(TOPIC, RecordText.bytes(source.topic()))
                .add(PARTITION, RecordText.bytes(Integer.toString(source.partition())))
                .add(OFFSET, RecordText.bytes(Long.toString(source.offset())))
                .add(EXCEPTION_CLASS, RecordText.bytes(status == Status.INVALID ? BREACH : FAILURE))
                .add(EXCEPTION_MESSAGE, RecordText.bytes(code))
                .add(EVENT_ID, RecordText.bytes(eventId))
                .add(STATUS, RecordText.bytes(status.name()));
        return record;
    }
}
