package io.lsqroutes.intake;

import io.lsqroutes.attempt.Delivery;
import io.lsqroutes.event.Event;
import io.lsqroutes.event.EventDecoder;
import io.lsqroutes.event.IncomingRecord;
import io.lsqroutes.event.RecordPosition;
import io.lsqroutes.topics.TopicNames;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.IntSupplier;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.kafka.KafkaConstants;
import org.jspecify.annotations.Nullable;

/** Turns a record into the delivery of its event. */
public final class Intake {
    private static final Pattern TRACEPARENT = Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");

    private final TopicNames topics;
    private final EventDecoder decoder;
    private final Forwarding forwarding;
    private final IntSupplier epoch;

    /**
     * @param epoch the number of the ownership under which records are read now
     */
    public Intake(TopicNames topics, EventDecoder decoder, Forwarding forwarding, IntSupplier epoch) {
        this.topics = topics;
        this.decoder = decoder;
        this.forwarding = forwarding;
        this.epoch = epoch;
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
        exchange.setProperty(
                Delivery.PROPERTY,
                new Delivery(event, key, orderedBy(event, key), forwarding.forwards(event), epoch.getAsInt()));
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
}
