package io.lsqroutes.delivery;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.TopicPartition;

/**
 * Gives every partition to one member of the group: an account's few calls a second are one process's work, and two
 * processes could not keep the limit together. The others stand by; Kafka's group protocol elects the next.
 *
 * <p>The owner is who owns most already, so that a member that joins or leaves takes nothing away; else the smallest id.
 */
public final class OneOwner implements ConsumerPartitionAssignor {

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
        // What another member still owns is given only after that member has let go, in the rebalance that follows.
        members.forEach((member, subscription) -> {
            if (!member.equals(owner)) {
                all.removeAll(subscription.ownedPartitions());
            }
        });
        Map<String, Assignment> assignments = new HashMap<>();
        members.keySet()
                .forEach(member -> assignments.put(member, new Assignment(member.equals(owner) ? all : List.of())));
        return new GroupAssignment(assignments);
    }

    private static void partitions(Cluster metadata, String topic, List<TopicPartition> all) {
        Integer count = metadata.partitionCountForTopic(topic);
        for (int i = 0; i < (count == null ? 0 : count); i++) {
            all.add(new TopicPartition(topic, i));
        }
    }
}
