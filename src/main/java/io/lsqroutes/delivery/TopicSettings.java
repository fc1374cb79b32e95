package io.lsqroutes.delivery;

import io.lsqroutes.event.EventRules;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Holds the settings that topics have in Kafka against what they are for. */
final class TopicSettings {
    private static final Logger LOG = LoggerFactory.getLogger(TopicSettings.class);
    private static final Duration LONG_SEGMENT = Duration.ofHours(1);

    private final TopicNames names;
    private final Map<String, Duration> expiry;

    TopicSettings(TopicNames names, EventRules rules) {
        this.names = names;
        this.expiry = Map.of(
                names.reset(), rules.resetExpiry(),
                names.campaign(), rules.campaignExpiry(),
                names.change(), rules.changeExpiry());
    }

    /**
     * Warns of what loses events or keeps passwords.
     *
     * @throws JournalRefused if the journal is not compacted: it would forget calls
     */
    void check(Admin admin) throws InterruptedException {
        Map<String, Config> settings;
        try {
            settings = settings(admin);
        } catch (ExecutionException e) {
            LOG.warn("The topics' settings cannot be read ({}), so they are not checked", String.valueOf(e.getCause()));
            return;
        }
        if (!value(settings, names.journal(), TopicConfig.CLEANUP_POLICY_CONFIG).contains("compact")) {
            throw new JournalRefused("it is not compacted; its topic needs cleanup.policy=compact,delete");
        }
        for (String topic : names.events()) {
            long kept = number(settings, topic, TopicConfig.RETENTION_MS_CONFIG);
            Duration needed = expiry.getOrDefault(topic, Duration.ZERO).multipliedBy(2);
            if (kept >= 0 && kept < needed.toMillis()) {
                LOG.warn(
                        "{} keeps events for {}, which is less than twice their expiry ({}): some may be deleted unread",
                        topic,
                        Duration.ofMillis(kept),
                        needed.dividedBy(2));
            }
        }
        long segment = number(settings, names.change(), TopicConfig.SEGMENT_MS_CONFIG);
        if (segment > LONG_SEGMENT.toMillis()) {
            LOG.warn(
                    "{} holds passwords, and deletes them only in segments of {}; set segment.ms to 600000",
                    names.change(),
                    Duration.ofMillis(segment));
        }
    }

    private Map<String, Config> settings(Admin admin) throws ExecutionException, InterruptedException {
        Map<String, Config> settings = new HashMap<>();
        var resources = Stream.concat(names.events().stream(), Stream.of(names.journal()))
                .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic))
                .toList();
        admin.describeConfigs(resources).all().get().forEach((topic, config) -> settings.put(topic.name(), config));
        return settings;
    }

    private static String value(Map<String, Config> settings, String topic, String name) {
        Config config = settings.get(topic);
        return config == null || config.get(name) == null
                ? ""
                : config.get(name).value();
    }

    private static long number(Map<String, Config> settings, String topic, String name) {
        String value = value(settings, topic, name);
        return value.isEmpty() ? -1 : Long.parseLong(value);
    }
}
