package io.lsqroutes.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** The events that the sandbox queues: one of every kind, some that meet trouble, and a small campaign. */
final class SandboxEvents implements AutoCloseable {
    static final int CAMPAIGN = 100;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final KafkaProducer<String, String> producer;
    private final Portal portal;
    private final AtomicInteger queued = new AtomicInteger();
    private final AtomicInteger typed = new AtomicInteger();

    SandboxEvents(String bootstrapServers, Portal portal) {
        this.portal = portal;
        this.producer = new KafkaProducer<>(
                // One request at a time: on a topic that is new, the second may be taken and the first refused for
                // good.
                Map.of("bootstrap.servers", bootstrapServers, "max.in.flight.requests.per.connection", 1),
                new StringSerializer(),
                new StringSerializer());
    }

    int queued() {
        return queued.get();
    }

    void queueExamples() {
        reset("reset-by-email", Map.of("emailAddress", "johnwick@example.com"));
        reset("reset-by-phone", Map.of("searchKey", phone("+14-157415569")));
        reset(
                "reset-by-phone-to-phone",
                Map.of("searchKey", phone("+14-157415570"), "recipientField", Map.of("schemaName", "Phone")));
        change(
                "change-with-auth-key",
                "helen@example.com",
                Map.of("authKey", portal.signInKeyFor("helen@example.com")));
        change("change-by-signing-in", "iosef@example.com", Map.of("emailAddress", "iosef@example.com"));
        reset("reset-answered-500-once", Map.of("emailAddress", "charon+500@example.com"));
        reset("reset-of-an-unknown-user", Map.of("emailAddress", "nobody+error@example.com"));
        reset("reset-of-two-persons", Map.of("emailAddress", "a@example.com", "searchKey", phone("+1")));
        for (int i = 1; i <= CAMPAIGN; i++) {
            Map<String, Object> event = new LinkedHashMap<>();
            event.put("eventId", "campaign-" + i);
            event.put("campaignId", "sandbox-spring");
            event.put("emailAddress", "person-" + i + "@example.com");
            send("reset-campaign", "person-" + i, event);
        }
    }

    /** A refusal makes the bundle slower for a while, as it should: what it does without one is to be seen first. */
    void queueRefused() {
        reset("reset-answered-429-once", Map.of("emailAddress", "winston+429@example.com"));
    }

    /** Queues a reset for an address that somebody typed. */
    String queueReset(String address) {
        String eventId = "typed-" + typed.incrementAndGet();
        reset(eventId, Map.of("emailAddress", address));
        return eventId;
    }

    private static Map<String, String> phone(String number) {
        return Map.of("schemaName", "Phone", "value", number);
    }

    private void reset(String eventId, Map<String, ?> fields) {
        Map<String, Object> event = new LinkedHashMap<>(fields);
        event.put("eventId", eventId);
        send("reset-requested", eventId, event);
    }

    private void change(String eventId, String person, Map<String, ?> fields) {
        Map<String, Object> event = new LinkedHashMap<>(fields);
        event.put("eventId", eventId);
        event.put("currentPassword", portal.password(person));
        event.put("newPassword", "NewSamplepassword@123");
        send("change-requested", person, event);
    }

    private void send(String topic, String key, Map<String, ?> event) {
        queued.incrementAndGet();
        try {
            producer.send(new ProducerRecord<>(topic, key, JSON.writeValueAsString(event)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
