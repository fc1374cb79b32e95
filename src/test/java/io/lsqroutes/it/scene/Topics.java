package io.lsqroutes.it.scene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Writes events to a broker and reads what came of them, as any other program would. */
public final class Topics implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final String bootstrapServers;
    private final KafkaProducer<byte[], byte[]> producer;
    private final KafkaConsumer<byte[], byte[]> results;
    private final List<ConsumerRecord<byte[], byte[]>> outcomes = new ArrayList<>();

    public Topics(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
        producer = new KafkaProducer<>(
                // One request at a time: on a topic that is new, the second may be taken and the first refused for
                // good.
                Map.of("bootstrap.servers", bootstrapServers, "max.in.flight.requests.per.connection", 1),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        results = consumer("password-results");
    }

    private KafkaConsumer<byte[], byte[]> consumer(String topic) {
        KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "auto.offset.reset",
                        "earliest",
                        "isolation.level",
                        "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        consumer.assign(List.of(new TopicPartition(topic, 0)));
        return consumer;
    }

    /** All that stands committed on a topic, once it is at least that many records. */
    public List<ConsumerRecord<byte[], byte[]>> awaitRecords(String topic, int count, Duration atMost) {
        List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(topic)) {
            await().atMost(atMost).untilAsserted(() -> {
                consumer.poll(Duration.ofMillis(100)).forEach(found::add);
                assertThat(found.size()).as("records on %s", topic).isGreaterThanOrEqualTo(count);
                assertThat(consumer.endOffsets(consumer.assignment()))
                        .allSatisfy((partition, end) ->
                                assertThat(consumer.position(partition)).isEqualTo(end));
            });
        }
        return found;
    }

    /** A record's headers, as text. */
    public static Map<String, String> headers(ConsumerRecord<byte[], byte[]> record) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (Header header : record.headers()) {
            assertThat(headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8)))
                    .isNull();
        }
        return headers;
    }

    /** Queues a record without waiting for the broker. */
    public void send(String topic, @Nullable String key, @Nullable String event) {
        producer.send(record(topic, key, event));
    }

    /** Queues a record and gives its offset. */
    public long sent(String topic, @Nullable String key, @Nullable String event)
            throws InterruptedException, ExecutionException {
        return producer.send(record(topic, key, event)).get().offset();
    }

    /** Queues a record and gives its timestamp. */
    public long stamped(String topic, String key, String event) throws InterruptedException, ExecutionException {
        return producer.send(record(topic, key, event)).get().timestamp();
    }

    /** Writes a record with this timestamp. */
    public void sentAt(long timestamp, String topic, String key, String value)
            throws InterruptedException, ExecutionException {
        producer.send(new ProducerRecord<>(topic, null, timestamp, bytes(key), bytes(value)))
                .get();
    }

    private static ProducerRecord<byte[], byte[]> record(String topic, @Nullable String key, @Nullable String event) {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, bytes(key), bytes(event));
        record.headers().add("traceparent", bytes("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"));
        record.headers().add("planted-header", bytes("planted-header-value"));
        return record;
    }

    private static byte @Nullable [] bytes(@Nullable String text) {
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }

    /** The outcomes so far, by event id, once there are that many. */
    public ObjectNode awaitOutcomes(int count, Duration atMost) {
        // The size alone: a failure that told all records would be written ten times in a second.
        await().atMost(atMost)
                .untilAsserted(() -> assertThat(records().size()).as("outcomes").isGreaterThanOrEqualTo(count));
        ObjectNode byEvent = JSON.createObjectNode();
        for (ConsumerRecord<byte[], byte[]> outcome : outcomes) {
            byEvent.set(new String(outcome.key(), StandardCharsets.UTF_8), json(outcome));
        }
        return byEvent;
    }

    /** What became of the records with this id, so far. */
    public List<String> statuses(String eventId) {
        return outcomes.stream()
                .filter(outcome -> eventId.equals(new String(outcome.key(), StandardCharsets.UTF_8)))
                .map(outcome -> json(outcome).path("status").asText())
                .toList();
    }

    public List<ConsumerRecord<byte[], byte[]>> records() {
        results.poll(Duration.ofMillis(100)).forEach(outcomes::add);
        return outcomes;
    }

    public static JsonNode json(ConsumerRecord<byte[], byte[]> outcome) {
        try {
            return JSON.readTree(new String(outcome.value(), StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        producer.close();
        results.close();
    }
}
