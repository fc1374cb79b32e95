package io.lsqroutes.journal;

import static java.util.Objects.requireNonNull;

import io.lsqroutes.kafka.KafkaConnection;
import io.lsqroutes.kafka.KafkaNotReady;
import io.lsqroutes.topics.TopicConditions;
import io.lsqroutes.topics.TopicFacts;
import io.lsqroutes.topics.TopicProvisioning;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/**
 * Reads what stands committed on topics: all of one, or one record by its place. It belongs to no group and commits no
 * offset, so nobody notices. For one thread.
 */
public final class TopicReader implements AutoCloseable {
    /** Longer than any transaction that could stand in the way is left open. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Admin admin;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<String, Integer> partitions = new HashMap<>();
    private final Map<TopicPartition, Long> ends = new HashMap<>();

    public TopicReader(KafkaConnection connection) {
        admin = TopicProvisioning.admin(connection);
        consumer = JournalRecords.consumer(
                connection,
                "read_committed",
                Map.of(
                        ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                        false,
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                        5_000,
                        // A single record is fetched with those behind it, which are thrown away.
                        ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
                        256 * 1024,
                        // At a topic's end a fetch waits for more, and a seek for that fetch: 420 ms for each single
                        // record.
                        ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
                        5));
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

    /**
     * Makes sure that this topic keeps a journal's promise.
     *
     * @throws JournalRejected if it does not
     */
    public void demandJournal(String topic) {
        try {
            TopicFacts facts = TopicFacts.read(admin, List.of(topic)).get(topic);
            String breach = facts == null ? null : TopicConditions.breach(facts);
            if (breach != null) {
                throw new JournalRejected(breach);
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException known ? known : new KafkaException(e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    /** How many partitions the topic has; 0 where there is none of that name. */
    private int partitions(String topic) {
        return partitions.computeIfAbsent(topic, name -> {
            try {
                return requireNonNull(await(admin.describeTopics(List.of(name)).allTopicNames())
                                .get(name))
                        .partitions()
                        .size();
            } catch (UnknownTopicOrPartitionException e) {
                return 0;
            }
        });
    }

    /**
     * The end behind every record that was written so far. A consumer that reads committed records alone is told less: where
     * the oldest open transaction begins, even if that is about to be committed.
     */
    private long end(TopicPartition partition) {
        return await(admin.listOffsets(Map.of(partition, OffsetSpec.latest())).partitionResult(partition))
                .offset();
    }

    private static <T> T await(KafkaFuture<T> answer) {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException known ? known : new KafkaException(e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    /** Hands over every record of the topic up to its present end, in the order of each partition. */
    public void all(String topic, Consumer<ConsumerRecord<byte[], byte[]>> take) {
        for (int i = 0; i < partitions(topic); i++) {
            TopicPartition partition = new TopicPartition(topic, i);
            long end = end(partition);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            first(partition, end, record -> {
                take.accept(record);
                return false;
            });
        }
    }

    /** The record that stands there; null where it stands there no more. */
    @Nullable
    public ConsumerRecord<byte[], byte[]> at(TopicPartition partition, long offset) {
        if (partition.partition() >= partitions(partition.topic())
                || offset >= ends.computeIfAbsent(partition, this::end)) {
            return null;
        }
        consumer.assign(List.of(partition));
        consumer.seek(partition, offset);
        // Where it is gone, reading begins at the next one that is left.
        ConsumerRecord<byte[], byte[]> next = first(partition, offset + 1, record -> record.offset() >= offset);
        return next != null && next.offset() == offset ? next : null;
    }

    /** The first record of its kind from here to the end. */
    private @Nullable ConsumerRecord<byte[], byte[]> first(
            TopicPartition partition, long end, Predicate<ConsumerRecord<byte[], byte[]>> kind) {
        long position = consumer.position(partition);
        long progress = System.nanoTime();
        while (position < end) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
                if (kind.test(record)) {
                    return record;
                }
            }
            long reached = consumer.position(partition);
            if (reached != position) {
                progress = System.nanoTime();
            } else if (System.nanoTime() - progress > PATIENCE.toNanos()) {
                throw new KafkaNotReady(partition + " cannot be read beyond " + position + "; its end is " + end);
            }
            position = reached;
        }
        return null;
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(Duration.ZERO));
        admin.close(Duration.ZERO);
    }
}
