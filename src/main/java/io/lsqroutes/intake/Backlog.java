package io.lsqroutes.intake;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/** How many events of a topic were not read yet. For the thread that the consumer belongs to. */
final class Backlog {
    private static final long ASK_EVERY = Duration.ofMillis(200).toNanos();
    private static final Duration LONGEST_ANSWER = Duration.ofMillis(500);

    private final Consumer<?, ?> kafka;
    private final String topic;
    private final Map<TopicPartition, Long> ends = new HashMap<>();
    private long askedAt = System.nanoTime() - ASK_EVERY;

    Backlog(Consumer<?, ?> kafka, String topic) {
        this.kafka = kafka;
        this.topic = topic;
    }

    /** As far as the last fetch has told: it costs nothing, and grows old while the topic is paused. */
    long known() {
        return partitions().stream()
                .mapToLong(partition -> kafka.currentLag(partition).orElse(0))
                .sum();
    }

    /** The same, with the topic's end asked for anew, now and then. */
    long asked() {
        List<TopicPartition> partitions = partitions();
        try {
            if (System.nanoTime() - askedAt >= ASK_EVERY) {
                ends.clear();
                ends.putAll(kafka.endOffsets(partitions, LONGEST_ANSWER));
                askedAt = System.nanoTime();
            }
            long waiting = 0;
            for (TopicPartition partition : partitions) {
                long position = kafka.position(partition, LONGEST_ANSWER);
                waiting += Math.max(0, ends.getOrDefault(partition, position) - position);
            }
            return Math.max(waiting, known());
        } catch (TimeoutException e) {
            // Kafka is away: nothing is read, either.
            askedAt = System.nanoTime();
            return known();
        }
    }

    private List<TopicPartition> partitions() {
        return kafka.assignment().stream()
                .filter(partition -> partition.topic().equals(topic))
                .toList();
    }
}
