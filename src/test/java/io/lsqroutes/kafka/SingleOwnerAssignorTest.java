package io.lsqroutes.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.lsqroutes.kafka.SingleOwnerAssignor.Part;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor.Assignment;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor.GroupSubscription;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor.Subscription;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class SingleOwnerAssignorTest {
    private static final List<String> TOPICS = List.of("reset-requested", "change-requested");
    private static final List<TopicPartition> ALL =
            TOPICS.stream().flatMap(SingleOwnerAssignorTest::partitions).toList();

    private static Stream<TopicPartition> partitions(String topic) {
        return IntStream.range(0, 2).mapToObj(i -> new TopicPartition(topic, i));
    }

    private static Map<String, List<TopicPartition>> assign(Map<String, List<TopicPartition>> owned) {
        Map<String, List<TopicPartition>> assigned = new HashMap<>();
        assignments(owned).forEach((member, assignment) -> assigned.put(member, assignment.partitions()));
        return assigned;
    }

    private static Map<String, Part> parts(Map<String, List<TopicPartition>> owned) {
        Map<String, Part> parts = new HashMap<>();
        assignments(owned)
                .forEach((member, assignment) -> parts.put(member, SingleOwnerAssignor.part(assignment.userData())));
        return parts;
    }

    private static Map<String, Assignment> assignments(Map<String, List<TopicPartition>> owned) {
        Node node = new Node(1, "localhost", 9092);
        Cluster cluster = new Cluster(
                "c",
                List.of(node),
                ALL.stream()
                        .map(p -> new PartitionInfo(p.topic(), p.partition(), node, new Node[0], new Node[0]))
                        .toList(),
                Set.of(),
                Set.of());
        Map<String, Subscription> members = new HashMap<>();
        owned.forEach((member, partitions) -> members.put(member, new Subscription(TOPICS, null, partitions)));
        return new SingleOwnerAssignor()
                .assign(cluster, new GroupSubscription(members))
                .groupAssignment();
    }

    @Test
    void oneMemberIsToldThatItHasAll_andNoneWhileAnotherStillOwnsSome() {
        assertThat(parts(Map.of("b", ALL, "a", List.of()))).isEqualTo(Map.of("b", Part.ALL, "a", Part.NOT_ALL));
        assertThat(parts(Map.of("a", ALL.subList(3, 4), "b", ALL.subList(0, 3))))
                .isEqualTo(Map.of("b", Part.NOT_ALL, "a", Part.NOT_ALL));
    }

    @Test
    void whatAnotherAssignorGivesIsTold_byTheWordThatIsNotThere() {
        assertThat(SingleOwnerAssignor.part(null)).isEqualTo(Part.UNTOLD);
        assertThat(SingleOwnerAssignor.part(ByteBuffer.allocate(0))).isEqualTo(Part.UNTOLD);
        assertThat(SingleOwnerAssignor.part(ByteBuffer.allocate(8))).isEqualTo(Part.UNTOLD);
    }

    @Test
    void theSmallestIdOwnsAllWhenNobodyOwnsAnything() {
        assertThat(assign(Map.of("b", List.of(), "a", List.of()))).satisfies(assigned -> {
            assertThat(assigned.get("a")).containsExactlyInAnyOrderElementsOf(ALL);
            assertThat(assigned.get("b")).isEmpty();
        });
    }

    @Test
    void aMemberThatJoinsTakesNothingAway() {
        assertThat(assign(Map.of("b", ALL, "a", List.of()))).satisfies(assigned -> {
            assertThat(assigned.get("b")).containsExactlyInAnyOrderElementsOf(ALL);
            assertThat(assigned.get("a")).isEmpty();
        });
    }

    @Test
    void whatAnotherStillOwnsIsGivenOnlyAfterItHasLetGo() {
        List<TopicPartition> three = ALL.subList(0, 3);
        List<TopicPartition> one = ALL.subList(3, 4);
        assertThat(assign(Map.of("a", one, "b", three))).satisfies(assigned -> {
            assertThat(assigned.get("b")).containsExactlyInAnyOrderElementsOf(three);
            assertThat(assigned.get("a")).isEmpty();
        });
    }
}
