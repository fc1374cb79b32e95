package io.lsqroutes.topics;

import io.lsqroutes.kafka.KafkaConnection;
import io.lsqroutes.kafka.KafkaNotReady;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the topics while this process is the owner: no call is made whose outcome has nowhere to go, and an event topic
 * that is deleted and made anew is read from its beginning. Safe for use by several threads.
 */
public final class TopicWatch implements AutoCloseable {
    /** What the bundle does while an output topic is in trouble, and what its operator can do. */
    public static final String ADVICE =
            "No call is made meanwhile; nothing is lost, and work goes on by itself. Create the"
                    + " topic, or allow the bundle's user to WRITE to it and to DESCRIBE it.";

    private static final Logger LOG = LoggerFactory.getLogger(TopicWatch.class);
    private static final long EVERY = Duration.ofSeconds(10).toNanos();

    private final KafkaConnection connection;
    private final TopicNames names;
    private final TopicConditions conditions;
    private final Map<String, Uuid> ids = new HashMap<>();
    private final Set<String> madeAnew = new HashSet<>();
    private @Nullable Admin admin;
    private @Nullable Long checkedAt;
    private volatile @Nullable String problem;
    private volatile @Nullable String rejected;

    public TopicWatch(KafkaConnection connection, TopicNames names, TopicConditions conditions) {
        this.connection = connection;
        this.names = names;
        this.conditions = conditions;
    }

    /** Why no call can be made, with the topic's name; null while all is well. */
    public @Nullable String problem() {
        return problem == null ? rejected : problem;
    }

    /** A topic rejects a record of the bundle until somebody changes the topic; null if every topic takes every record. */
    public void recordRejected(@Nullable String why) {
        rejected = why;
    }

    /** Whether outcomes can be written, as far as is known; asks Kafka when the last answer is ten seconds old. */
    public synchronized boolean ready() {
        if (checkedAt == null || System.nanoTime() - checkedAt > EVERY) {
            check();
        }
        return problem == null;
    }

    /** A write failed, so what was known of the topics may be wrong by now. */
    public synchronized void doubt() {
        checkedAt = null;
    }

    /**
     * Forgets what was seen before: somebody else may have been the owner since.
     *
     * @throws KafkaNotReady if a topic breaks a condition, or Kafka does not say
     */
    public synchronized void begin() {
        ids.clear();
        madeAnew.clear();
        check();
        try {
            conditions.demand(admin());
        } catch (ExecutionException e) {
            throw new KafkaNotReady("Kafka does not say how the topics are set: " + e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaNotReady("Interrupted while the topics were looked at");
        }
    }

    private Admin admin() {
        Admin kafka = admin == null ? TopicProvisioning.admin(connection) : admin;
        admin = kafka;
        return kafka;
    }

    /** The event topics that were made anew since this was asked the last time. */
    public synchronized Set<String> takeMadeAnew() {
        if (madeAnew.isEmpty()) {
            return Set.of();
        }
        Set<String> topics = Set.copyOf(madeAnew);
        madeAnew.clear();
        return topics;
    }

    private void check() {
        try {
            Admin kafka = admin();
            Map<String, KafkaFuture<TopicDescription>> topics = kafka.describeTopics(
                            names.all(), new DescribeTopicsOptions().includeAuthorizedOperations(true))
                    .topicNameValues();
            for (String topic : names.events()) {
                remember(topic, topics);
            }
            @Nullable String found = null;
            for (String topic : names.outputs()) {
                found = found == null ? trouble(topic, topics) : found;
            }
            problem = found;
            holdToConditions(kafka);
        } catch (ExecutionException | KafkaException e) {
            // Kafka does not answer, or its name is gone: whether it can be written to shows when it does.
            close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        checkedAt = System.nanoTime();
    }

    /** A broken condition ends the process. Until then what is answered is still written. */
    private void holdToConditions(Admin kafka) throws ExecutionException, InterruptedException {
        try {
            conditions.demand(kafka);
        } catch (KafkaNotReady e) {
            LOG.debug("A topic's condition is not kept: {}", e.getMessage());
        }
    }

    private void remember(String topic, Map<String, KafkaFuture<TopicDescription>> topics)
            throws ExecutionException, InterruptedException {
        try {
            TopicDescription description = describe(topic, topics);
            if (description != null) {
                Uuid before = ids.put(topic, description.topicId());
                if (before != null && !before.equals(description.topicId())) {
                    LOG.warn("{} was deleted and made anew; it is read from its beginning", topic);
                    madeAnew.add(topic);
                }
            }
        } catch (AuthorizationException e) {
            LOG.warn("{} may not be looked at", topic);
        }
    }

    private static @Nullable String trouble(String topic, Map<String, KafkaFuture<TopicDescription>> topics)
            throws ExecutionException, InterruptedException {
        try {
            TopicDescription description = describe(topic, topics);
            if (description == null) {
                return topic + " is missing";
            }
            Set<AclOperation> allowed = description.authorizedOperations();
            boolean writable = allowed == null || allowed.contains(AclOperation.WRITE);
            return writable ? null : topic + " may not be written to";
        } catch (AuthorizationException e) {
            return topic + " may not be written to";
        }
    }

    private static @Nullable TopicDescription describe(String topic, Map<String, KafkaFuture<TopicDescription>> topics)
            throws ExecutionException, InterruptedException {
        try {
            return Objects.requireNonNull(topics.get(topic)).get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return null;
            }
            if (e.getCause() instanceof AuthorizationException unauthorized) {
                throw unauthorized;
            }
            throw e;
        }
    }

    @Override
    public synchronized void close() {
        if (admin != null) {
            admin.close(Duration.ZERO);
            admin = null;
        }
    }
}
