package io.lsqroutes.journal;

import io.lsqroutes.kafka.KafkaConnection;
import io.lsqroutes.kafka.KafkaNotReady;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** Reads single records of the journal, and where it ends now. Safe for use by several threads, one after the other. */
public final class JournalRecords {
    private static final Duration LONGEST_READ = Duration.ofSeconds(5);
    /** Some 2 MB. */
    private static final int KEPT = 4_000;

    private final KafkaConnection connection;
    private final TopicPartition partition;
    private @Nullable KafkaConsumer<byte[], byte[]> consumer;
    /** By their offsets: what stands there never changes. */
    private final Map<Long, ConsumerRecord<byte[], byte[]>> neighbours = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, ConsumerRecord<byte[], byte[]>> eldest) {
            return size() > KEPT;
        }
    };

    JournalRecords(KafkaConnection connection, TopicPartition partition) {
        this.connection = connection;
        this.partition = partition;
    }

    /** A consumer of the journal that belongs to no group. */
    public static KafkaConsumer<byte[], byte[]> consumer(
            KafkaConnection connection, String isolation, Map<String, Object> extra) {
        Map<String, Object> settings = connection.clientSettings();
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 5_000);
        settings.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
        settings.putAll(extra);
        connection.putOwn(settings, ConsumerConfig.configNames());
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /**
     * The end as it is now, open transactions included: with the end that {@code read_committed} shows, a transaction that
     * another program left open would hide everything behind it.
     *
     * @throws KafkaException if Kafka does not answer
     */
    synchronized long end() {
        return asked(kafka -> kafka.endOffsets(List.of(partition)).getOrDefault(partition, 0L));
    }

    /** Where the journal begins: what stood before was deleted by age. */
    synchronized long beginning() {
        return asked(kafka -> kafka.beginningOffsets(List.of(partition)).getOrDefault(partition, 0L));
    }

    /**
     * The record at this offset, which is known to be committed; empty where it is gone. Its neighbours are kept for a
     * while: ids that are asked for together mostly stand together.
     *
     * @throws KafkaException if Kafka does not answer
     */
    synchronized Optional<ConsumerRecord<byte[], byte[]>> at(long offset) {
        ConsumerRecord<byte[], byte[]> kept = neighbours.get(offset);
        return kept == null ? asked(kafka -> fetched(kafka, offset)) : Optional.of(kept);
    }

    private Optional<ConsumerRecord<byte[], byte[]>> fetched(KafkaConsumer<byte[], byte[]> kafka, long offset) {
        kafka.seek(partition, offset);
        long started = System.nanoTime();
        while (kafka.position(partition) <= offset) {
            ConsumerRecords<byte[], byte[]> polled = kafka.poll(LONGEST_READ);
            polled.forEach(record -> neighbours.put(record.offset(), record));
            if (!polled.isEmpty()) {
                return Optional.ofNullable(neighbours.get(offset));
            }
            if (System.nanoTime() - started > LONGEST_READ.toNanos()) {
                throw new KafkaNotReady("The journal does not show its record at " + offset);
            }
        }
        return Optional.empty();
    }

    /** What is done with the consumer. */
    private interface Question<A> {
        A ask(KafkaConsumer<byte[], byte[]> kafka);
    }

    private <A> A asked(Question<A> question) {
        KafkaConsumer<byte[], byte[]> kafka = consumer;
        if (kafka == null) {
            // A default fetch would bring a megabyte for a single record, and one that waits for more at the end of the
            // topic would hold up the next.
            Map<String, Object> small = Map.of(
                    ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
                    32 * 1024,
                    ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                    // Fewer than a fetch brings: the consumer would fetch what follows, and the next question wait for
                    // that.
                    100,
                    ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
                    5);
            kafka = consumer(connection, "read_uncommitted", small);
            // It warns of every answer about a partition that is not its own.
            kafka.assign(List.of(partition));
            consumer = kafka;
        }
        try {
            return question.ask(kafka);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    synchronized void close() {
        if (consumer != null) {
            consumer.close(CloseOptions.timeout(Duration.ZERO));
            consumer = null;
        }
    }
}
