package io.lsqroutes.topics;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/**
 * What Kafka says of a topic.
 *
 * @param partitions how many it has; 0 where this process may not look at it
 * @param replicas of the partition that has the fewest
 * @param settings the topic's settings in Kafka's words; null where this process may not read them
 */
public record TopicFacts(
        String name,
        Uuid id,
        int partitions,
        int replicas,
        @Nullable Map<String, String> settings) {

    /**
     * Asks for these topics. One that does not exist is left out.
     *
     * @throws ExecutionException if Kafka does not answer
     */
    public static Map<String, TopicFacts> read(Admin admin, Collection<String> topics)
            throws ExecutionException, InterruptedException {
        Map<String, KafkaFuture<TopicDescription>> descriptions =
                admin.describeTopics(topics).topicNameValues();
        var settings = admin.describeConfigs(topics.stream()
                        .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic))
                        .toList())
                .values();
        Map<String, TopicFacts> facts = new HashMap<>();
        for (var described : descriptions.entrySet()) {
            String name = described.getKey();
            try {
                TopicDescription description = described.getValue().get();
                Config config = allowed(settings.get(new ConfigResource(ConfigResource.Type.TOPIC, name)));
                facts.put(name, of(description, config == null ? null : values(config)));
            } catch (ExecutionException e) {
                if (e.getCause() instanceof AuthorizationException) {
                    facts.put(name, new TopicFacts(name, Uuid.ZERO_UUID, 0, 0, null));
                } else if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw e;
                }
            }
        }
        return facts;
    }

    private static Map<String, String> values(Config config) {
        return config.entries().stream()
                .filter(entry -> entry.value() != null)
                .collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value));
    }

    private static TopicFacts of(TopicDescription topic, @Nullable Map<String, String> settings) {
        int replicas = topic.partitions().stream()
                .mapToInt(partition -> partition.replicas().size())
                .min()
                .orElse(0);
        return new TopicFacts(topic.name(), topic.topicId(), topic.partitions().size(), replicas, settings);
    }

    private static <T> @Nullable T allowed(@Nullable KafkaFuture<T> answer)
            throws ExecutionException, InterruptedException {
        try {
            return answer == null ? null : answer.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AuthorizationException
                    || e.getCause() instanceof UnknownTopicOrPartitionException) {
                return null;
            }
            throw e;
        }
    }

    /** Whether this process may look at the topic at all. */
    boolean isVisible() {
        return partitions > 0;
    }

    /** The value of one of the topic's settings; empty where it is not known. */
    String setting(String key) {
        return settings == null ? "" : settings.getOrDefault(key, "");
    }

    /** The same of a number; -1, which Kafka uses for "no limit", where it is not known. */
    long number(String key) {
        String value = setting(key);
        return value.isEmpty() ? -1 : Long.parseLong(value);
    }

    boolean isCompacted() {
        return setting("cleanup.policy").contains("compact");
    }
}
