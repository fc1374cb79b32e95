package io.lsqroutes.intake;

import io.lsqroutes.kafka.SingleOwnerAssignor.Part;
import java.time.Duration;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/** What part of the partitions the group gave this process last. For the poll loop's thread. */
final class AssignedPart {
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(2);

    private Part part = Part.NOT_ALL;

    /** The assignor has told what part it gave. */
    void told(Part now) {
        part = now;
    }

    /** Whether the broker deals out, because a member of another kind is in the group. */
    boolean isBrokersChoice() {
        return part == Part.UNTOLD;
    }

    /** Whether this process alone has partitions: it has all there are. */
    boolean isAll(Consumer<?, ?> member) {
        Set<TopicPartition> given = member.assignment();
        return !given.isEmpty() && (part == Part.ALL || (part == Part.UNTOLD && isAll(member, given)));
    }

    private static boolean isAll(Consumer<?, ?> member, Set<TopicPartition> given) {
        return member.subscription().stream()
                .flatMap(topic -> member.partitionsFor(topic, LONGEST_ANSWER).stream())
                .allMatch(partition -> given.contains(new TopicPartition(partition.topic(), partition.partition())));
    }
}
