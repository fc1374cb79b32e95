package io.lsqroutes.delivery;

import io.lsqroutes.event.Source;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * The offsets that were read and whose outcome is not acknowledged yet; what may be committed follows from them.
 * Safe for use by several threads.
 */
public final class InFlight {

    private static final class Partition {
        /**
         * Offsets without an acknowledged outcome, each with its record's timestamp. Holes between offsets (markers,
         * compaction) need no care: they were never put in.
         */
        private final TreeMap<Long, Long> open = new TreeMap<>();

        /** Those of the open ones that take none of their lane's places. */
        private final Set<Long> apart = new HashSet<>();

        private long next;
        private long committed = -1;
    }

    private final Map<TopicPartition, Partition> partitions = new HashMap<>();

    /** Notes a record as read; false if it is under way, and must not be handed out twice. */
    synchronized boolean read(TopicPartition partition, long offset, long timestamp) {
        Partition known = partitions.computeIfAbsent(partition, p -> new Partition());
        if (offset < known.next) {
            // The partition is read again from further back; what is done already, the journal knows.
            known.committed = -1;
        }
        known.next = offset + 1;
        if (Objects.equals(known.open.put(offset, timestamp), timestamp)) {
            return false;
        }
        known.apart.remove(offset);
        return true;
    }

    /** This record takes none of its lane's places: it is not called for where it stands, or waits for its next attempt. */
    public synchronized void setApart(Source source) {
        Partition known = partitions.get(new TopicPartition(source.topic(), source.partition()));
        if (known != null && Objects.equals(known.open.get(source.offset()), source.timestamp())) {
            known.apart.add(source.offset());
        }
    }

    /** The outcome of this record is acknowledged. */
    synchronized void done(Source source) {
        Partition known = partitions.get(new TopicPartition(source.topic(), source.partition()));
        if (known != null && known.open.remove(source.offset(), source.timestamp())) {
            known.apart.remove(source.offset());
        }
    }

    /** Events of this topic that were set apart and have not gone their way yet. */
    synchronized int apart(String topic) {
        return partitions.entrySet().stream()
                .filter(entry -> topic.equals(entry.getKey().topic()))
                .mapToInt(entry -> entry.getValue().apart.size())
                .sum();
    }

    /** Events of these topics that were read, have no acknowledged outcome, and are not set apart. */
    synchronized int count(Collection<String> topics) {
        return partitions.entrySet().stream()
                .filter(entry -> topics.contains(entry.getKey().topic()))
                .mapToInt(entry ->
                        entry.getValue().open.size() - entry.getValue().apart.size())
                .sum();
    }

    /**
     * What may be committed and is not yet, once these records are done, too.
     */
    synchronized Map<TopicPartition, OffsetAndMetadata> committable(Set<Source> done) {
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

    private static Source source(TopicPartition partition, Map.Entry<Long, Long> open) {
        return new Source(partition.topic(), partition.partition(), open.getKey(), open.getValue());
    }

    /** The lowest offset that has to be read again after a crash; -1 where nothing was read. */
    synchronized long lowest(TopicPartition partition) {
        Partition known = partitions.get(partition);
        if (known == null) {
            return -1;
        }
        return known.open.isEmpty() ? known.next : Math.min(known.open.firstKey(), known.next);
    }

    /** Whether nothing is under way. */
    synchronized boolean isIdle() {
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
     * These partitions are read from their beginning. What is under way stays known: some of it may be of the topic that
     * was there before, and some was read of the new one already, and must not be handed out twice.
     */
    synchronized void readAgain(Collection<TopicPartition> again) {
        again.forEach(partition -> {
            Partition known = partitions.computeIfAbsent(partition, p -> new Partition());
            known.next = 0;
            known.committed = -1;
        });
    }

    /** These partitions belong to somebody else now. */
    synchronized void forget(Collection<TopicPartition> revoked) {
        revoked.forEach(partitions::remove);
    }
}
