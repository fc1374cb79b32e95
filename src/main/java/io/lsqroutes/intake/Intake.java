package io.lsqroutes.intake;

import io.lsqroutes.event.Event;
import io.lsqroutes.event.EventDecoder;
import io.lsqroutes.event.IncomingRecord;
import io.lsqroutes.event.InvalidEvent;
import io.lsqroutes.event.RecordPosition;
import io.lsqroutes.event.ResetRequested;
import io.lsqroutes.topics.TopicNames;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.regex.Pattern;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.kafka.KafkaConstants;
import org.jspecify.annotations.Nullable;

/** Turns a record into its event, and says which way the event goes. */
public final class Intake {
    private static final Pattern TRACEPARENT = Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");

    private final TopicNames topics;
    private final EventDecoder decoder;
    private final Clock clock;

    public Intake(TopicNames topics, EventDecoder decoder, Clock clock) {
        this.topics = topics;
        this.decoder = decoder;
        this.clock = clock;
    }

    /** Reads the record, and notes which events it must not overtake: those of one person, else those of one key. */
    public Event read(Exchange exchange) {
        Message message = exchange.getMessage();
        String topic = message.getHeader(KafkaConstants.TOPIC, String.class);
        Event event = decoder.decode(
                new IncomingRecord(
                        topics.typeOf(topic),
                        topic.equals(topics.campaign()),
                        traceparent(message),
                        new RecordPosition(
                                topic,
                                message.getHeader(KafkaConstants.PARTITION, int.class),
                                message.getHeader(KafkaConstants.OFFSET, long.class),
                                message.getHeader(KafkaConstants.TIMESTAMP, long.class))),
                message.getBody(byte[].class));
        byte[] key = message.getHeader(KafkaConstants.KEY, byte[].class);
        exchange.setProperty(PersonSequencer.ORDERED_BY, orderedBy(event, key));
        exchange.setProperty(Forwarding.KEY, key);
        return event;
    }

    private static @Nullable String orderedBy(Event event, byte @Nullable [] key) {
        if (event.person() != null) {
            return "person " + event.person().identity();
        }
        return key == null ? null : "key " + Base64.getEncoder().encodeToString(key);
    }

    private static @Nullable String traceparent(Message message) {
        byte[] header = message.getHeader("traceparent", byte[].class);
        if (header == null) {
            return null;
        }
        String text = new String(header, StandardCharsets.UTF_8);
        return TRACEPARENT.matcher(text).matches() ? text : null;
    }

    public boolean isInvalid(@Body Event event) {
        return event instanceof InvalidEvent;
    }

    public boolean hasExpired(@Body Event event) {
        return event.head().expiredAt(clock.instant());
    }

    public boolean isReset(@Body Event event) {
        return event instanceof ResetRequested;
    }
}
