package io.lsqroutes.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
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
    private final Map<String, Queued> queued = new ConcurrentHashMap<>();
    private final AtomicInteger typed = new AtomicInteger();

    /** Why an event was queued. */
    enum Kind {
        EXAMPLE,
        CAMPAIGN,
        TYPED
    }

    /** An event that was queued, about somebody as one would type them. */
    record Queued(String whom, Kind kind, long nanos) {}

    SandboxEvents(String bootstrapServers, Portal portal) {
        this.portal = portal;
        this.producer = new KafkaProducer<>(
                // One request at a time: on a topic that is new, the second may be taken and the first refused for
                // good.
                Map.of("bootstrap.servers", bootstrapServers, "max.in.flight.requests.per.connection", 1),
                new StringSerializer(),
                new StringSerializer());
    }

    /** How many events the sandbox queued by itself. */
    int shown() {
        return (int) queued.values().stream()
                .filter(event -> event.kind() != Kind.TYPED)
                .count();
    }

    Queued queued(String eventId) {
        return Objects.requireNonNull(queued.get(eventId), eventId);
    }

    void queueExamples() {
        reset("reset-by-email", "johnwick@example.com", Map.of("emailAddress", "johnwick@example.com"));
        reset("reset-by-phone", "+14-157415569", Map.of("searchKey", phone("+14-157415569")));
        reset(
                "reset-by-phone-to-phone",
                "+14-157415570",
                Map.of("searchKey", phone("+14-157415570"), "recipientField", Map.of("schemaName", "Phone")));
        change(
                "change-with-auth-key",
                "helen@example.com",
                Map.of("authKey", portal.signInKeyFor("helen@example.com")));
        change("change-by-signing-in", "iosef@example.com", Map.of("emailAddress", "iosef@example.com"));
        reset("reset-answered-500-once", "charon+500@example.com", Map.of("emailAddress", "charon+500@example.com"));
        reset(
                "reset-of-an-unknown-user",
                "nobody+error@example.com",
                Map.of("emailAddress", "nobody+error@example.com"));
        reset(
                "reset-of-two-persons",
                "a@example.com and +1",
                Map.of("emailAddress", "a@example.com", "searchKey", phone("+1")));
        for (int i = 1; i <= CAMPAIGN; i++) {
            String whom = "person-" + i + "@example.com";
            Map<String, Object> event = new LinkedHashMap<>();
            event.put("campaignId", "sandbox-spring");
            event.put("emailAddress", whom);
            send(
                    "reset-campaign",
                    "person-" + i,
                    "campaign-" + i,
                    event,
                    new Queued(whom, Kind.CAMPAIGN, System.nanoTime()));
        }
    }

    /** A 429 makes the bundle slower for a while, as it should: what it does without one is to be seen first. */
    String queueTooMany() {
        String address = "winston+429@example.com";
        reset("reset-answered-429-once", address, Map.of("emailAddress", address));
        return address;
    }

    /** Queues a reset for an address that somebody typed. */
    void queueReset(String address) {
        send(
                "reset-requested",
                address,
                "typed-" + typed.incrementAndGet(),
                Map.of("emailAddress", address),
                new Queued(address, Kind.TYPED, System.nanoTime()));
    }

    private static Map<String, String> phone(String number) {
        return Map.of("schemaName", "Phone", "value", number);
    }

    private void reset(String eventId, String whom, Map<String, ?> fields) {
        send("reset-requested", eventId, eventId, fields, new Queued(whom, Kind.EXAMPLE, System.nanoTime()));
    }

    private void change(String eventId, String person, Map<String, ?> fields) {
        Map<String, Object> event = new LinkedHashMap<>(fields);
        event.put("currentPassword", portal.password(person));
        event.put("newPassword", "NewSamplepassword@123");
        send("change-requested", person, eventId, event, new Queued(person, Kind.EXAMPLE, System.nanoTime()));
    }

    private void send(String topic, String key, String eventId, Map<String, ?> fields, Queued entry) {
        queued.put(eventId, entry);
        Map<String, Object> event = new LinkedHashMap<>(fields);
        event.put("eventId", eventId);
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
