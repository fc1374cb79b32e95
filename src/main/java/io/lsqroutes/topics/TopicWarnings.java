package io.lsqroutes.topics;

import io.lsqroutes.event.EventRules;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.apache.kafka.common.config.TopicConfig;
import org.jspecify.annotations.Nullable;

/** Says what of the topics' settings loses events or keeps personal data too long: one sentence with its remedy each. */
final class TopicWarnings {
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration SHORT_SEGMENT = Duration.ofMinutes(10);
    private static final String RETENTION = TopicConfig.RETENTION_MS_CONFIG;

    private final TopicNames names;
    private final Map<String, Duration> expiry;
    private final Map<String, Duration> contract;

    TopicWarnings(TopicNames names, EventRules rules) {
        this.names = names;
        this.expiry = Map.of(
                names.reset(), rules.resetExpiry(),
                names.campaign(), rules.campaignExpiry(),
                names.change(), rules.changeExpiry());
        this.contract = Map.of(
                names.results(), Duration.ofDays(30),
                names.deadLetters(), Duration.ofDays(14),
                names.journal(), Duration.ofDays(30));
    }

    /**
     * The sentences, one for each kind of trouble; none where all is well.
     *
     * @param brokers how many brokers the cluster has
     */
    List<String> of(Collection<TopicFacts> topics, int brokers) {
        List<String> warnings = new ArrayList<>();
        TreeSet<String> unread = new TreeSet<>();
        topics.stream().filter(topic -> topic.settings() == null).forEach(topic -> unread.add(topic.name()));
        if (!unread.isEmpty()) {
            warnings.add("The settings of " + String.join(", ", unread)
                    + " cannot be read, so they are not checked; allow DESCRIBE_CONFIGS on these topics");
        }
        Map<String, TopicFacts> read = new LinkedHashMap<>();
        topics.forEach(topic -> read.put(topic.name(), topic));
        for (String topic : new TreeSet<>(read.keySet())) {
            warnings.addAll(retention(read.get(topic)));
        }
        add(
                warnings,
                topics,
                topic -> !topic.name().equals(names.journal()) && topic.isCompacted(),
                "are compacted: of two records with one key the older is lost",
                "cleanup.policy=delete");
        add(
                warnings,
                topics,
                topic -> names.events().contains(topic.name())
                        && topic.setting(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG)
                                .equals("CreateTime"),
                "take a producer's clock for the time of an event, and its expiry is counted from that",
                "message.timestamp.type=LogAppendTime");
        add(
                warnings,
                topics,
                topic -> !topic.name().equals(names.change()) && longSegments(topic, DAY),
                "have a segment.ms of more than a day: personal data stays longer than retention.ms says",
                "segment.ms=86400000");
        add(
                warnings,
                topics,
                topic -> topic.name().equals(names.change()) && longSegments(topic, SHORT_SEGMENT),
                "hold passwords, and delete them only in segments of more than 10 minutes",
                "segment.ms=600000");
        if (brokers > 1) {
            add(
                    warnings,
                    topics,
                    topic -> topic.replicas() == 1,
                    "have a replication factor of 1 on a cluster of " + brokers
                            + " brokers: when that one is lost, so is what they hold",
                    null);
            add(
                    warnings,
                    topics,
                    topic -> topic.replicas() > 2 && topic.number(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG) == 1,
                    "are acknowledged by a single broker (min.insync.replicas=1), and what it alone holds can be lost",
                    "min.insync.replicas=2");
        }
        return warnings;
    }

    private static boolean longSegments(TopicFacts topic, Duration longest) {
        return topic.number(TopicConfig.SEGMENT_MS_CONFIG) > longest.toMillis();
    }

    private List<String> retention(@Nullable TopicFacts topic) {
        List<String> warnings = new ArrayList<>();
        if (topic == null || !topic.setting(TopicConfig.CLEANUP_POLICY_CONFIG).contains("delete")) {
            return warnings;
        }
        String name = topic.name();
        long kept = topic.number(RETENTION);
        Duration events = expiry.get(name);
        Duration needed = events == null ? contract.get(name) : events.multipliedBy(2);
        if (needed != null && kept >= 0 && kept < needed.toMillis()) {
            String why = events == null
                    ? " keeps its records for " + Duration.ofMillis(kept) + ", and " + needed.toDays()
                            + " days are promised: "
                            + (name.equals(names.journal())
                                    ? "older ids are forgotten and may be called again"
                                    : "older ones are gone")
                    : " keeps events for " + Duration.ofMillis(kept) + ", which is less than twice their expiry ("
                            + events + "): some may be deleted unread";
            warnings.add(name + why + "; remedy: " + TopicConditions.set(name, RETENTION + '=' + needed.toMillis()));
        }
        if (topic.number(TopicConfig.RETENTION_BYTES_CONFIG) >= 0) {
            warnings.add(name + " is cut at a size (retention.bytes), so records may go before their time; remedy: "
                    + TopicConditions.set(name, TopicConfig.RETENTION_BYTES_CONFIG + "=-1"));
        }
        return warnings;
    }

    private static void add(
            List<String> warnings,
            Collection<TopicFacts> topics,
            Predicate<TopicFacts> trouble,
            String what,
            @Nullable String remedy) {
        TreeSet<String> found = new TreeSet<>();
        topics.stream().filter(trouble).forEach(topic -> found.add(topic.name()));
        if (!found.isEmpty()) {
            String command = remedy == null
                    ? "kafka-reassign-partitions.sh with more replicas for each"
                    : TopicConditions.set(found.size() == 1 ? found.first() : "TOPIC", remedy);
            warnings.add("Topics " + String.join(", ", found) + ' ' + what + "; remedy: " + command);
        }
    }
}
