package io.lsqroutes.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads topics: all of one, one record by its place, or what comes from now on. It belongs to no group and commits no
 * offset, so it disturbs nobody. Safe for use by several threads; single records are read one after the other.
 */
public final class TopicReader implements AutoCloseable {
    private static final Duration LONGEST_POLL = Duration.ofMillis(500);
    /** Some 2 MB of journal entries. */
    private static final int KEPT = 4_000;

    /** The first read of a journal may be of millions. */
    private static final Map<String, Object> MANY = Map.of(
            ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 10_000, ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 4 << 20);

    private static final Map<String, Object> FEW = Map.of(
            // A default fetch would bring a megabyte for a single record.
            ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
            32 * 1024,
            // Fewer records than a fetch brings. With all of them the consumer would fetch what follows, and the next
            // question would wait for that.
            ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
            100,
            // At a topic's end a fetch waits for more, and the next question waits for that fetch.
            ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
            5);

    /** Takes what a poll brought, and the offset at which reading goes on. */
    public interface Batch {
        void take(ConsumerRecords<byte[], byte[]> polled, long next);
    }

    private final KafkaConnection connection;
    private final IsolationLevel isolation;
    private final Duration patience;
    private final Map<IsolationLevel, KafkaConsumer<byte[], byte[]>> consumers = new EnumMap<>(IsolationLevel.class);
    private final Map<TopicPartition, Map<Long, ConsumerRecord<byte[], byte[]>>> neighbours = new HashMap<>();

    private TopicReader(KafkaConnection connection, IsolationLevel isolation, Duration patience) {
        this.connection = connection;
        this.isolation = isolation;
        this.patience = patience;
    }

    /** Single records are read only where they are committed. It waits longer than a transaction may be left open. */
    public static TopicReader ofCommitted(KafkaConnection connection) {
        return new TopicReader(connection, IsolationLevel.READ_COMMITTED, Duration.ofMinutes(2));
    }

    /** Single records are known to be committed. So a transaction that another program left open hides none of them. */
    public static TopicReader ofKnown(KafkaConnection connection) {
        return new TopicReader(connection, IsolationLevel.READ_UNCOMMITTED, Duration.ofSeconds(5));
    }

    /** A consumer that belongs to no group, unless the extra settings name one. */
    public static KafkaConsumer<byte[], byte[]> consumer(
            KafkaConnection connection, IsolationLevel isolation, Map<String, Object> extra) {
        Map<String, Object> settings = connection.clientSettings();
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation.toString());
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 5_000);
        settings.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
        settings.putAll(extra);
        connection.putOwn(settings, ConsumerConfig.configNames());
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /**
     * Makes sure that there are such topics.
     *
     * @throws KafkaNotReady if one is missing; its name is told
     */
    public void demand(Collection<String> topics) {
        List<String> missing = new ArrayList<>();
        for (String topic : new TreeSet<>(topics)) {
            if (partitions(topic) == 0) {
                missing.add(topic);
            }
        }
        if (!missing.isEmpty()) {
            throw new KafkaNotReady("Topics are missing: " + missing);
        }
    }

    /** How many partitions the topic has; 0 if there is no topic of that name. */
    private synchronized int partitions(String topic) {
        return asked(isolation, kafka -> kafka.partitionsFor(topic).size());
    }

    /** Where the partition begins: what stood before was deleted by age. */
    public synchronized long beginning(TopicPartition partition) {
        return asked(isolation, partition, kafka -> kafka.beginningOffsets(List.of(partition)))
                .getOrDefault(partition, 0L);
    }

    /**
     * The end behind every record that was written so far. A consumer of committed records is told less: the place where
     * the oldest open transaction begins.
     */
    public synchronized long end(TopicPartition partition) {
        return asked(IsolationLevel.READ_UNCOMMITTED, partition, kafka -> kafka.endOffsets(List.of(partition)))
                .getOrDefault(partition, 0L);
    }

    /**
     * The record at this offset; empty if it is not there any more. Its neighbours are kept for a while, because records
     * that are asked for together mostly stand together.
     *
     * @throws KafkaException if Kafka does not answer
     */
    public synchronized Optional<ConsumerRecord<byte[], byte[]>> at(TopicPartition partition, long offset) {
        Map<Long, ConsumerRecord<byte[], byte[]>> kept = neighbours.computeIfAbsent(partition, p -> new Kept());
        if (!kept.containsKey(offset) && partition.partition() < partitions(partition.topic())) {
            asked(isolation, partition, kafka -> fetch(kafka, partition, offset, kept));
        }
        return Optional.ofNullable(kept.get(offset));
    }

    /** The records that were read last, by their offsets. */
    private static final class Kept extends LinkedHashMap<Long, ConsumerRecord<byte[], byte[]>> {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, ConsumerRecord<byte[], byte[]>> eldest) {
            return size() > KEPT;
        }
    }

    /** Reads what stands at this offset; if nothing does, what comes next. */
    private boolean fetch(
            KafkaConsumer<byte[], byte[]> kafka,
            TopicPartition partition,
            long offset,
            Map<Long, ConsumerRecord<byte[], byte[]>> kept) {
        kafka.seek(partition, offset);
        long started = System.nanoTime();
        while (kafka.position(partition) <= offset) {
            ConsumerRecords<byte[], byte[]> polled = kafka.poll(LONGEST_POLL);
            polled.forEach(record -> kept.put(record.offset(), record));
            if (!polled.isEmpty() || offset >= end(partition)) {
                return true;
            }
            if (System.nanoTime() - started > patience.toNanos()) {
                throw new KafkaNotReady(partition + " does not show its record at " + offset);
            }
        }
        return true;
    }

    /** Hands over every committed record of the topic up to its present end, in the order of each partition. */
    public void all(String topic, Consumer<ConsumerRecord<byte[], byte[]>> take) {
        int partitions = partitions(topic);
        for (int i = 0; i < partitions; i++) {
            TopicPartition partition = new TopicPartition(topic, i);
            UpTo end = new UpTo(partition, beginning(partition), end(partition), take);
            follow(partition, end.position, end::isOpen, end);
        }
    }

    /** Reads a partition up to an end, which it has to come nearer now and then. */
    private final class UpTo implements Batch {
        private final TopicPartition partition;
        private final long end;
        private final Consumer<ConsumerRecord<byte[], byte[]>> take;
        private long position;
        private long movedAt = System.nanoTime();

        UpTo(TopicPartition partition, long position, long end, Consumer<ConsumerRecord<byte[], byte[]>> take) {
            this.partition = partition;
            this.position = position;
            this.end = end;
            this.take = take;
        }

        boolean isOpen() {
            return position < end;
        }

        @Override
        public void take(ConsumerRecords<byte[], byte[]> polled, long next) {
            polled.forEach(take);
            if (next != position) {
                movedAt = System.nanoTime();
            } else if (System.nanoTime() - movedAt > patience.toNanos()) {
                throw new KafkaNotReady(partition + " cannot be read beyond " + position + "; its end is " + end);
            }
            position = next;
        }
    }

    /** Hands over what is committed, from this offset on, for as long as it is wanted. */
    public void follow(TopicPartition partition, long from, BooleanSupplier stillWanted, Batch batch) {
        try (KafkaConsumer<byte[], byte[]> kafka = consumer(connection, IsolationLevel.READ_COMMITTED, MANY)) {
            kafka.assign(List.of(partition));
            kafka.seek(partition, from);
            while (stillWanted.getAsBoolean()) {
                ConsumerRecords<byte[], byte[]> polled = kafka.poll(LONGEST_POLL);
                batch.take(polled, kafka.position(partition));
            }
        }
    }

    private <A> A asked(
            IsolationLevel level, TopicPartition partition, Function<KafkaConsumer<byte[], byte[]>, A> question) {
        return asked(level, kafka -> {
            // It warns of every answer about a partition that is not its own.
            if (!kafka.assignment().equals(Set.of(partition))) {
                kafka.assign(List.of(partition));
            }
            return question.apply(kafka);
        });
    }

    private <A> A asked(IsolationLevel level, Function<KafkaConsumer<byte[], byte[]>, A> question) {
        KafkaConsumer<byte[], byte[]> kafka = consumers.computeIfAbsent(level, l -> consumer(connection, l, FEW));
        try {
            return question.apply(kafka);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    @Override
    public synchronized void close() {
        consumers.values().forEach(kafka -> kafka.close(CloseOptions.timeout(Duration.ZERO)));
        consumers.clear();
    }
}
