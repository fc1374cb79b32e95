package io.lsqroutes.intake;

import io.lsqroutes.commit.OffsetTracker;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Up to where the group has read the partitions of a consumer. For the poll loop's thread. */
final class CommittedOffsets {
    private static final Logger LOG = LoggerFactory.getLogger(CommittedOffsets.class);
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(2);

    private final Consumer<?, ?> consumer;

    CommittedOffsets(Consumer<?, ?> consumer) {
        this.consumer = consumer;
    }

    /** These partitions are read on from what is committed, whatever was read of them before. */
    void readOn(Set<TopicPartition> partitions) {
        if (partitions.isEmpty()) {
            return;
        }
        Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(partitions, LONGEST_ANSWER);
        for (TopicPartition partition : partitions) {
            OffsetAndMetadata next = committed.get(partition);
            if (next == null) {
                consumer.seekToBeginning(List.of(partition));
            } else {
                consumer.seek(partition, next);
            }
        }
    }

    /** These topics were made anew: an offset in the one that is gone means nothing in the new one. */
    void beginAgain(Set<String> topics, OffsetTracker offsetTracker) {
        List<TopicPartition> anew = consumer.assignment().stream()
                .filter(partition -> topics.contains(partition.topic()))
                .toList();
        if (!anew.isEmpty()) {
            offsetTracker.readAgain(anew);
            consumer.seekToBeginning(anew);
        }
    }

    void warnOfEventsDeletedUnread(Collection<TopicPartition> assigned) {
        try {
            Map<TopicPartition, OffsetAndMetadata> committed =
                    consumer.committed(new HashSet<>(assigned), LONGEST_ANSWER);
            consumer.beginningOffsets(assigned, LONGEST_ANSWER).forEach((partition, beginning) -> {
                OffsetAndMetadata next = committed.get(partition);
                if (next != null && next.offset() < beginning) {
                    LOG.error(
                            "{} events of {} were deleted unread: they grew older than the topic keeps them",
                            beginning - next.offset(),
                            partition);
                }
            });
        } catch (TimeoutException e) {
            LOG.warn("Whether events were deleted unread is not known: Kafka does not say ({})", e.toString());
        }
    }
}
