package io.lsqroutes.delivery;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was called and what is done, as read from the journal's topic and kept in memory. Safe for use by several threads. */
final class Journal {
    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);

    private final KafkaConnection connection;
    private final TopicPartition partition;
    private final Map<String, JournalEntry> entries = new HashMap<>();
    private long next;

    Journal(KafkaConnection connection, String topic) {
        this.connection = connection;
        this.partition = new TopicPartition(topic, 0);
    }

    synchronized @Nullable JournalEntry get(String key) {
        return entries.get(key);
    }

    /** A record of ours is committed. */
    synchronized void put(String key, JournalEntry entry) {
        entries.put(key, entry);
    }

    /**
     * Reads what was committed since the last time. Call it when this process is the only writer: after the writer before
     * it was fenced off, nothing can be added behind the end that is found here.
     */
    synchronized void catchUp() {
        long started = System.nanoTime();
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            consumer.assign(List.of(partition));
            consumer.seek(
                    partition,
                    Math.max(next, consumer.beginningOffsets(List.of(partition)).getOrDefault(partition, 0L)));
            // With read_committed the end is the last stable offset.
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofSeconds(1)).forEach(this::take);
            }
            next = consumer.position(partition);
        }
        LOG.info(
                "The journal holds {} entries, read in {} ms",
                entries.size(),
                (System.nanoTime() - started) / 1_000_000);
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        String key = new String(record.key(), StandardCharsets.UTF_8);
        if (record.value() == null) {
            entries.remove(key);
        } else if (JournalFormat.isEvent(key) || key.startsWith("/record/")) {
            entries.put(key, JournalFormat.read(record.value()));
        }
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        Map<String, Object> settings = connection.clientSettings();
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5_000);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
