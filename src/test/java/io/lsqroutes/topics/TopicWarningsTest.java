package io.lsqroutes.topics;

import static org.assertj.core.api.Assertions.assertThat;

import io.lsqroutes.event.EventRules;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;

class TopicWarningsTest {
    private static final TopicNames NAMES = new TopicNames("reset", "campaign", "change", "results", "dead", "journal");
    private static final Map<String, String> GOOD = Map.of(
            "cleanup.policy", "delete",
            "retention.ms", "2592000000",
            "retention.bytes", "-1",
            "segment.ms", "600000",
            "message.timestamp.type", "LogAppendTime",
            "min.insync.replicas", "1");

    private final TopicWarnings warnings = new TopicWarnings(
            NAMES, new EventRules(Set.of(), Duration.ofHours(24), Duration.ofDays(7), Duration.ofMinutes(15)));

    private static List<TopicFacts> topics(int replicas, Map<String, String> settings) {
        return NAMES.all().stream()
                .map(name -> {
                    Map<String, String> all = new HashMap<>(GOOD);
                    all.putAll(settings);
                    return new TopicFacts(name, Uuid.randomUuid(), 1, replicas, all);
                })
                .toList();
    }

    @Test
    void goodTopicsAreNotWarnedAbout_alsoWithOneReplicaOnTheOnlyBroker() {
        assertThat(warnings.of(topics(1, Map.of()), 1)).isEmpty();
        assertThat(warnings.of(topics(2, Map.of()), 3)).isEmpty();
        assertThat(warnings.of(topics(3, Map.of("min.insync.replicas", "2")), 3))
                .isEmpty();
    }

    @Test
    void oneReplicaOnAClusterOfSeveralBrokersIsWarnedAbout_withItsRemedy() {
        assertThat(warnings.of(topics(1, Map.of()), 3))
                .singleElement()
                .asString()
                .contains("campaign, change, dead, journal, reset, results", "replication factor of 1", "3 brokers")
                .contains("remedy: kafka-reassign-partitions.sh");
    }

    @Test
    void threeReplicasOfWhichOneAcknowledgesAreWarnedAbout() {
        assertThat(warnings.of(topics(3, Map.of()), 3))
                .singleElement()
                .asString()
                .contains("min.insync.replicas=1", "min.insync.replicas=2");
    }

    @Test
    void settingsThatMayNotBeReadAreSaid() {
        List<TopicFacts> unread = NAMES.all().stream()
                .map(name -> new TopicFacts(name, Uuid.randomUuid(), 1, 1, null))
                .toList();

        assertThat(warnings.of(unread, 1)).singleElement().asString().contains("DESCRIBE_CONFIGS");
    }

    @Test
    void aTopicThatIsOnlyCompactedKeepsItsRecords_andNothingIsSaidOfItsRetention() {
        List<TopicFacts> journal = topics(1, Map.of("cleanup.policy", "compact", "retention.ms", "1000")).stream()
                .filter(topic -> topic.name().equals("journal"))
                .toList();

        assertThat(warnings.of(journal, 1)).noneMatch(line -> line.contains("keeps its records"));
    }
}
