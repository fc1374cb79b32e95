package io.lsqroutes.commit;

import io.lsqroutes.event.RecordPosition;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * The offsets that were read and whose outcomes are not acknowledged yet. What may be committed follows from them. Safe for
 * use by several threads.
 */
public final class OffsetTracker {

    private enum Place {
        /** Not called for where it stands, or waiting for its next attempt. */
        APART,
        /** Behind another event of its person. */
        QUEUED
    }

    private static final class Partition {
        /**
         * Offsets without an acknowledged outcome, each with its record's timestamp. Holes between offsets (markers,
         * compaction) need no care: they were never put in.
         */
        private final TreeMap<Long, Long> open = new TreeMap<>();

        /** Those of the open ones that take none of their lane's places. */
        private final Map<Long, Place> outside = new HashMap<>();

        private long next;
        private long committed = -1;
    }

    private final Map<TopicPartition, Partition> partitions = new HashMap<>();

    /** Notes a record as read; false if it is under way already, so that it is handed out only once. */
    public synchronized boolean read(TopicPartition partition, long offset, long timestamp) {
        Partition known = partitions.computeIfAbsent(partition, p -> new Partition());
        if (offset < known.next) {
            // The partition is read again from further back. The journal knows what is done already.
            known.committed = -1;
        }
        known.next = offset + 1;
        if (Objects.equals(known.open.put(offset, timestamp), timestamp)) {
            return false;
        }
        known.outside.remove(offset);
        return true;
    }

    /** Reading goes on at this offset. What lies before it and is no record, such as the end of a transaction, is done. */
    public synchronized void readTo(TopicPartition partition, long next) {
        Partition known = partitions.computeIfAbsent(partition, p -> new Partition());
        if (next < known.next) {
            known.committed = -1;
        }
        known.next = next;
    }

    /** This record takes none of its lane's places: it is not called for where it stands, or waits for its next attempt. */
    public synchronized void setApart(RecordPosition source) {
        outside(source).put(source.offset(), Place.APART);
    }

    /** This record waits for another one of its person: until it is its turn, it takes none of its lane's places. */
    public synchronized void queue(RecordPosition source) {
        outside(source).putIfAbsent(source.offset(), Place.QUEUED);
    }

    /** It is the turn of this record; the one it waited for has left its place. */
    public synchronized void takePlace(RecordPosition source) {
        outside(source).remove(source.offset(), Place.QUEUED);
    }

    private Map<Long, Place> outside(RecordPosition source) {
        Partition known = partitions.get(new TopicPartition(source.topic(), source.partition()));
        return known != null && Objects.equals(known.open.get(source.offset()), source.timestamp())
                ? known.outside
                : new HashMap<>();
    }

    /** The outcome of this record is acknowledged. */
    synchronized void done(RecordPosition source) {
        Partition known = partitions.get(new TopicPartition(source.topic(), source.partition()));
        if (known != null && known.open.remove(source.offset(), source.timestamp())) {
            known.outside.remove(source.offset());
        }
    }

    /** Events of these topics that were read, have no acknowledged outcome, and take a place in their lane. */
    public synchronized int count(Collection<String> topics) {
        return sum(topics, known -> known.open.size() - known.outside.size());
    }

    /** Those that take none. */
    public synchronized int outside(Collection<String> topics) {
        return sum(topics, known -> known.outside.size());
    }

    /** Those of them that wait for another one of their person. */
    public synchronized int queued(Collection<String> topics) {
        return sum(topics, known -> Collections.frequency(known.outside.values(), Place.QUEUED));
    }

    private int sum(Collection<String> topics, ToIntFunction<Partition> number) {
        return partitions.entrySet().stream()
                .filter(entry -> topics.contains(entry.getKey().topic()))
                .mapToInt(entry -> number.applyAsInt(entry.getValue()))
                .sum();
    }

    /**
     * What may be committed and is not yet, once these records are done, too.
     */
    synchronized Map<TopicPartition, OffsetAndMetadata> committable(Set<RecordPosition> done) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        partitions.forEach((partition, known) -> {
            long next = known.open.entrySet().stream()
                    .filter(open -> !done.contains(source(partition, open)))
                    .findFirst()
                    .map(open -> Math.min(open.getKey(), known.next))
                    .orElse(known.next);
            if (next > known.committed) {
                offsets.put(partition, new OffsetAndMetadata(next));
            }
        });
        return offsets;
    }

    private static RecordPosition source(TopicPartition partition, Map.Entry<Long, Long> open) {
        return new RecordPosition(partition.topic(), partition.partition(), open.getKey(), open.getValue());
    }

    /** The lowest offset that has to be read again after a crash; -1 where nothing was read. */
    public synchronized long lowest(TopicPartition partition) {
        Partition known = partitions.get(partition);
        if (known == null) {
            return -1;
        }
        return known.open.isEmpty() ? known.next : Math.min(known.open.firstKey(), known.next);
    }

    /** Whether nothing is under way. */
    public synchronized boolean isIdle() {
        return partitions.values().stream().allMatch(known -> known.open.isEmpty());
    }

    synchronized void committed(Map<TopicPartition, OffsetAndMetadata> offsets) {
        offsets.forEach((partition, offset) -> {
            Partition known = partitions.get(partition);
            if (known != null) {
                known.committed = offset.offset();
            }
        });
    }

    /**
     * These partitions are read from their beginning. What is under way stays known. Some of it may be of the topic that was
     * deleted. Some may be of the new topic already, and is handed out only once.
     */
    public synchronized void readAgain(Collection<TopicPartition> again) {
        again.forEach(partition -> {
            Partition known = partitions.computeIfAbsent(partition, p -> new Partition());
            known.next = 0;
            known.committed = -1;
        });
    }

    /** These partitions belong to somebody else now. */
    public synchronized void forget(Collection<TopicPartition> revoked) {
        revoked.forEach(partitions::remove);
    }
}
