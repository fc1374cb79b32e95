package io.lsqroutes.topics;

import io.lsqroutes.event.EventRules;
import io.lsqroutes.kafka.KafkaConnection;
import io.lsqroutes.kafka.KafkaNotReady;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sees to it that the topics of the contract are there before the first event is read. */
public final class TopicProvisioning {
    private static final Logger LOG = LoggerFactory.getLogger(TopicProvisioning.class);
    private static final String LONGEST_SEGMENT =
            Long.toString(Duration.ofDays(1).toMillis());

    private final KafkaConnection connection;
    private final TopicNames names;
    private final Creation creation;
    private final TopicConditions conditions;
    private final TopicWarnings warnings;
    private final Set<String> warned = new HashSet<>();

    /**
     * How missing topics are made.
     *
     * @param allowed whether they are created; otherwise they are only named
     * @param replication how many brokers hold each record; empty where the broker decides
     */
    public record Creation(boolean allowed, Optional<Short> replication) {}

    /** Nothing is asked or created yet. */
    public TopicProvisioning(
            KafkaConnection connection,
            TopicNames names,
            Creation creation,
            TopicConditions conditions,
            EventRules rules) {
        this.connection = connection;
        this.names = names;
        this.creation = creation;
        this.conditions = conditions;
        this.warnings = new TopicWarnings(names, rules);
    }

    /**
     * Creates what is missing, or says what it is; then holds every topic against its conditions.
     *
     * @throws KafkaNotReady if Kafka cannot be asked, a topic is missing and may not be created, or one breaks a condition
     */
    public void ensure() {
        Admin admin = admin(connection);
        try {
            // First of all: a journal that was deleted must not be made anew behind what is known of the old one.
            conditions.demand(admin);
            Set<String> present = admin.listTopics().names().get();
            List<NewTopic> missing = new ArrayList<>(wanted());
            missing.removeIf(topic -> present.contains(topic.name()));
            if (!missing.isEmpty()) {
                create(admin, missing);
                conditions.demand(admin);
            }
            warn(admin);
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
    public static Admin admin(KafkaConnection connection) {
        Map<String, Object> settings = connection.clientSettings();
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 5_000);
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
        connection.putOwn(settings, AdminClientConfig.configNames());
        return Admin.create(settings);
    }

    private void create(Admin admin, List<NewTopic> missing) throws ExecutionException, InterruptedException {
        List<String> missingNames = missing.stream().map(NewTopic::name).toList();
        if (!creation.allowed()) {
            throw new KafkaNotReady("Topics are missing and lsq.topics.create is false: " + missingNames);
        }
        for (var result : admin.createTopics(missing).values().values()) {
            try {
                result.get();
            } catch (ExecutionException e) {
                if (e.getCause() instanceof InvalidReplicationFactorException) {
                    throw new KafkaNotReady(tooFewBrokers(admin, missingNames));
                }
                // Another replica, or the producers' own tooling, may create the same topic at the same moment.
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw e;
                }
            }
        }
        LOG.info("Created topics {}", missingNames);
    }

    private String tooFewBrokers(Admin admin, List<String> missing) throws ExecutionException, InterruptedException {
        int brokers = admin.describeCluster().nodes().get().size();
        String wanted = creation.replication()
                .map(replication -> "lsq.topics.replication is " + replication)
                .orElse("the broker's default.replication.factor is higher");
        return "The topics " + missing + " cannot be created: " + wanted + ", and Kafka has " + brokers
                + (brokers == 1 ? " broker" : " brokers") + "; set lsq.topics.replication to at most " + brokers
                + ", or start more brokers";
    }

    /** Once for each start; a sentence that was said is not repeated when Kafka is only connected to anew. */
    private void warn(Admin admin) throws InterruptedException {
        try {
            int brokers = admin.describeCluster().nodes().get().size();
            warnings.of(TopicFacts.read(admin, names.all()).values(), brokers).stream()
                    .filter(warned::add)
                    .forEach(LOG::warn);
        } catch (ExecutionException e) {
            LOG.warn("The topics' settings cannot be read ({}), so they are not checked", String.valueOf(e.getCause()));
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
    private NewTopic events(String name, Duration retention, Map<String, String> extra) {
        Map<String, String> settings = new HashMap<>(extra);
        settings.put(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime");
        return topic(name, retention, settings);
    }

    /** One partition: one writer, one order. */
    private NewTopic journal() {
        return new NewTopic(names.journal(), Optional.of(1), creation.replication())
                .configs(Map.of(
                        TopicConfig.CLEANUP_POLICY_CONFIG,
                        TopicConfig.CLEANUP_POLICY_COMPACT + ',' + TopicConfig.CLEANUP_POLICY_DELETE,
                        TopicConfig.RETENTION_MS_CONFIG,
                        Long.toString(Duration.ofDays(30).toMillis()),
                        TopicConfig.SEGMENT_MS_CONFIG,
                        LONGEST_SEGMENT,
                        // How long ago the last call was made, no process's clock can tell another.
                        TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
                        "LogAppendTime"));
    }

    private NewTopic topic(String name, Duration retention, Map<String, String> extra) {
        Map<String, String> settings = new HashMap<>(extra);
        // Kafka deletes whole segments, and the youngest never: what is in it stays longer than the retention says.
        settings.putIfAbsent(TopicConfig.SEGMENT_MS_CONFIG, LONGEST_SEGMENT);
        settings.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE);
        settings.put(TopicConfig.RETENTION_MS_CONFIG, Long.toString(retention.toMillis()));
        return new NewTopic(name, Optional.empty(), creation.replication()).configs(settings);
    }
}
