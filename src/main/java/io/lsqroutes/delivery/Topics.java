package io.lsqroutes.delivery;

import io.lsqroutes.event.EventRules;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sees to it that the topics of the contract are there before the first event is read. */
public final class Topics {
    private static final Logger LOG = LoggerFactory.getLogger(Topics.class);

    private final KafkaConnection connection;
    private final TopicNames names;
    private final boolean create;
    private final TopicSettings settings;
    private boolean checked;

    /**
     * Nothing is asked or created yet.
     *
     * @param create whether missing topics are created; otherwise they are only named
     */
    public Topics(KafkaConnection connection, TopicNames names, boolean create, EventRules rules) {
        this.settings = new TopicSettings(names, rules);
        this.connection = connection;
        this.names = names;
        this.create = create;
    }

    /**
     * Creates what is missing, or says what it is.
     *
     * @throws KafkaNotReady if Kafka cannot be asked, or a topic is missing and may not be created
     * @throws JournalRefused if the journal's topic would forget what it has to keep
     */
    public void ensure() {
        Admin admin = admin(connection);
        try {
            Set<String> present = admin.listTopics().names().get();
            List<NewTopic> missing = new ArrayList<>(wanted());
            missing.removeIf(topic -> present.contains(topic.name()));
            if (!missing.isEmpty()) {
                List<String> missingNames = missing.stream().map(NewTopic::name).toList();
                if (!create) {
                    throw new KafkaNotReady("Topics are missing and lsq.topics.create is false: " + missingNames);
                }
                create(admin, missing);
                LOG.info("Created topics {}", missingNames);
            }
            if (!checked) {
                settings.check(admin);
                checked = true;
            }
        } catch (ExecutionException e) {
            throw new KafkaNotReady("Kafka at " + connection.bootstrapServers() + " cannot be used: " + e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaNotReady("Interrupted while waiting for Kafka");
        } finally {
            // Without a bound it would wait for what it asked a broker that is away.
            admin.close(Duration.ZERO);
        }
    }

    /** The caller closes it. */
    static Admin admin(KafkaConnection connection) {
        Map<String, Object> settings = connection.clientSettings();
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 5_000);
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
        return Admin.create(settings);
    }

    /** Another replica, or the producers' own tooling, may create the same topic at the same moment. */
    private static void create(Admin admin, List<NewTopic> missing) throws ExecutionException, InterruptedException {
        for (var result : admin.createTopics(missing).values().values()) {
            try {
                result.get();
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw e;
                }
            }
        }
    }

    private List<NewTopic> wanted() {
        return List.of(
                events(names.reset(), Duration.ofDays(3), Map.of()),
                events(names.campaign(), Duration.ofDays(14), Map.of()),
                // It holds passwords: short segments make the short retention true.
                events(names.change(), Duration.ofDays(1), Map.of(TopicConfig.SEGMENT_MS_CONFIG, "600000")),
                topic(names.results(), Duration.ofDays(30), Map.of()),
                topic(names.deadLetters(), Duration.ofDays(30), Map.of()),
                journal());
    }

    /** Expiry is counted from the broker's time, which no producer's clock can bend. */
    private static NewTopic events(String name, Duration retention, Map<String, String> extra) {
        Map<String, String> settings = new HashMap<>(extra);
        settings.put(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime");
        return topic(name, retention, settings);
    }

    /** One partition: one writer, one order. */
    private NewTopic journal() {
        return new NewTopic(names.journal(), Optional.of(1), Optional.empty())
                .configs(Map.of(
                        TopicConfig.CLEANUP_POLICY_CONFIG,
                        TopicConfig.CLEANUP_POLICY_COMPACT + ',' + TopicConfig.CLEANUP_POLICY_DELETE,
                        TopicConfig.RETENTION_MS_CONFIG,
                        Long.toString(Duration.ofDays(30).toMillis()),
                        // How long ago the last call was made, no process's clock can tell another.
                        TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
                        "LogAppendTime"));
    }

    private static NewTopic topic(String name, Duration retention, Map<String, String> extra) {
        Map<String, String> settings = new HashMap<>(extra);
        settings.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE);
        settings.put(TopicConfig.RETENTION_MS_CONFIG, Long.toString(retention.toMillis()));
        return new NewTopic(name, Optional.empty(), Optional.empty()).configs(settings);
    }
}
