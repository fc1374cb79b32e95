package io.lsqroutes.kafka;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Configurable;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Gives every partition to one member of the group: an account's few calls a second are one process's work, and two
 * processes could not keep the limit together. The others stand by; Kafka's group protocol elects the next.
 *
 * <p>The owner is who owns most already, so that a member that joins or leaves takes nothing away; else the smallest id.
 */
public final class SingleOwnerAssignor implements ConsumerPartitionAssignor, Configurable {
    /** The consumer's setting that holds a {@code Consumer<Part>}: it is told of this member's part, on the poll loop's thread. */
    public static final String TOLD = "lsq.part";

    /** What part of the group's partitions a member has. */
    public enum Part {
        /** All: nobody else has any. */
        ALL,
        /** None, or not all yet. */
        NOT_ALL,
        /** Whatever another assignor gives it: a member of another kind is in the group, and the broker deals out. */
        UNTOLD
    }

    private static final byte HAS_NOT_ALL = 0;
    private static final byte HAS_ALL = 1;

    private Consumer<Part> told = part -> {};

    @Override
    @SuppressWarnings("unchecked")
    public void configure(Map<String, ?> settings) {
        told = (Consumer<Part>) Objects.requireNonNull(settings.get(TOLD));
    }

    @Override
    public String name() {
        return "one-owner";
    }

    @Override
    public List<RebalanceProtocol> supportedProtocols() {
        return List.of(RebalanceProtocol.COOPERATIVE, RebalanceProtocol.EAGER);
    }

    @Override
    public ByteBuffer subscriptionUserData(Set<String> topics) {
        return ByteBuffer.allocate(0);
    }

    @Override
    public GroupAssignment assign(Cluster metadata, GroupSubscription group) {
        Map<String, Subscription> members = group.groupSubscription();
        String owner = members.entrySet().stream()
                .min(Comparator.<Map.Entry<String, Subscription>>comparingInt(
                                member -> -member.getValue().ownedPartitions().size())
                        .thenComparing(Map.Entry::getKey))
                .orElseThrow()
                .getKey();
        List<TopicPartition> all = new ArrayList<>();
        members.values().stream()
                .flatMap(member -> member.topics().stream())
                .distinct()
                .sorted()
                .forEach(topic -> partitions(metadata, topic, all));
        int whole = all.size();
        // What another member still owns is given only after that member has let go, in the rebalance that follows.
        members.forEach((member, subscription) -> {
            if (!member.equals(owner)) {
                all.removeAll(subscription.ownedPartitions());
            }
        });
        Part part = all.size() == whole ? Part.ALL : Part.NOT_ALL;
        Map<String, Assignment> assignments = new HashMap<>();
        members.keySet()
                .forEach(member -> assignments.put(
                        member,
                        member.equals(owner)
                                ? new Assignment(all, marker(part))
                                : new Assignment(List.of(), marker(Part.NOT_ALL))));
        return new GroupAssignment(assignments);
    }

    private static ByteBuffer marker(Part part) {
        return ByteBuffer.wrap(new byte[] {part == Part.ALL ? HAS_ALL : HAS_NOT_ALL});
    }

    /** Only this assignor writes a marker beside the partitions. The broker may assign in its place, and writes none. */
    @Override
    public void onAssignment(Assignment assignment, ConsumerGroupMetadata group) {
        told.accept(part(assignment.userData()));
    }

    static Part part(@Nullable ByteBuffer marker) {
        if (marker == null || marker.remaining() != 1) {
            return Part.UNTOLD;
        }
        return marker.get(marker.position()) == HAS_ALL ? Part.ALL : Part.NOT_ALL;
    }

    private static void partitions(Cluster metadata, String topic, List<TopicPartition> all) {
        Integer count = metadata.partitionCountForTopic(topic);
        for (int i = 0; i < (count == null ? 0 : count); i++) {
            all.add(new TopicPartition(topic, i));
        }
    }
}
