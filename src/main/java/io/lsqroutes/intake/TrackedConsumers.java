package io.lsqroutes.intake;

import io.lsqroutes.budget.DayCount;
import io.lsqroutes.commit.OffsetTracker;
import io.lsqroutes.journal.JournalRejected;
import io.lsqroutes.kafka.BrokerSessions;
import io.lsqroutes.kafka.GroupTrouble;
import io.lsqroutes.kafka.KafkaConnection;
import io.lsqroutes.kafka.KafkaWatch;
import io.lsqroutes.kafka.SingleOwnerAssignor;
import io.lsqroutes.ledger.Ledger;
import io.lsqroutes.topics.TopicNames;
import io.lsqroutes.topics.TopicProvisioning;
import io.lsqroutes.topics.TopicWatch;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.camel.component.kafka.DefaultKafkaClientFactory;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.errors.InvalidSessionTimeoutException;
import org.jspecify.annotations.Nullable;

/** Gives camel-kafka's intake endpoint its tracked consumer, once topics and ledger are ready for it. */
public final class TrackedConsumers extends DefaultKafkaClientFactory implements AutoCloseable {

    /** What follows when this process becomes the owner, or must not. */
    public interface Ownership {
        /** Before the ledger opens: calls of this process that are still out come to their end. */
        void begins();

        /**
         * Before the first event is read.
         *
         * @param sinceLastCall how long the account has not been called; zero where that is not known
         * @param count how often it was called on the last day on which it was; null where that is not known
         */
        void began(Duration sinceLastCall, @Nullable DayCount count);

        /** The journal must not be worked with: trying again does not help. */
        void journalRejected(JournalRejected why);

        /** Kafka takes no member of the group with these settings: trying again does not help. */
        void groupRejected(String why);
    }

    /** What the bundle does while the topics are not ready, and what its operator can do. */
    public static final String ADVICE =
            "The start waits, and is tried again every few seconds. Create the topics, or allow"
                    + " the bundle's user to CREATE and DESCRIBE them.";

    private final KafkaConnection connection;
    private final TopicProvisioning topics;
    private final Ledger ledger;
    private final OffsetTracker offsetTracker;
    private final KafkaWatch kafkaWatch;
    private final TopicWatch watch;
    private final Ownership ownership;
    private final String resetTopic;
    private final BackPressure readAhead;
    private final PollLoop loop = new PollLoop(Duration.ofSeconds(1));
    private final GroupTrouble trouble;
    private volatile @Nullable Thread waiting;
    private volatile @Nullable String problem;

    public TrackedConsumers(
            KafkaConnection connection,
            TopicNames names,
            TopicProvisioning topics,
            Ledger ledger,
            OffsetTracker offsetTracker,
            KafkaWatch kafkaWatch,
            TopicWatch watch,
            Overflow flood,
            GroupTrouble trouble,
            Ownership ownership) {
        this.connection = connection;
        this.topics = topics;
        this.ledger = ledger;
        this.offsetTracker = offsetTracker;
        this.kafkaWatch = kafkaWatch;
        this.watch = watch;
        this.ownership = ownership;
        this.trouble = trouble;
        this.resetTopic = names.reset();
        this.readAhead = new BackPressure(names, offsetTracker, flood);
    }

    /** Why no event is read yet, with the topics' names, although Kafka answers; null where that is not so. */
    public @Nullable String problem() {
        return kafkaWatch.problem() == null ? problem : null;
    }

    /**
     * Camel calls this again, a few seconds later, for as long as it fails: Kafka may come up after the bundle.
     */
    @Override
    public Consumer<Object, Object> getConsumer(Properties camelSettings) {
        loop.watch();
        return loop.step(() -> connected(camelSettings));
    }

    private Consumer<Object, Object> connected(Properties camelSettings) {
        trouble.awaitNextTry();
        waiting = Thread.currentThread();
        kafkaWatch.start();
        try {
            tellingRejection(() -> {
                topics.ensure();
                ledger.standBy(ownership::journalRejected);
            });
            problem = null;
        } catch (RuntimeException e) {
            problem = String.valueOf(e.getMessage());
            throw e;
        }
        Map<String, Object> settings = new HashMap<>();
        camelSettings.forEach((name, value) -> settings.put((String) name, value));
        settings.putAll(connection.clientSettings());
        settings.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "classic");
        settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, (int)
                connection.sessionTimeout().toMillis());
        settings.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, (int)
                connection.sessionTimeout().dividedBy(10).toMillis());
        settings.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, SingleOwnerAssignor.class.getName());
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, BackPressure.MAX_POLL_RECORDS);
        connection.putOwn(settings, ConsumerConfig.configNames());
        AssignedPart given = new AssignedPart();
        settings.put(SingleOwnerAssignor.TOLD, (java.util.function.Consumer<SingleOwnerAssignor.Part>) given::told);
        TrackedConsumer consumer = new TrackedConsumer(
                settings,
                offsetTracker,
                ledger,
                watch,
                resetTopic,
                readAhead,
                loop,
                trouble,
                given,
                this::begin,
                this::pollFailed);
        waiting = null;
        return consumer;
    }

    private void pollFailed(RuntimeException why) {
        trouble.failed(why);
        if (why instanceof InvalidSessionTimeoutException) {
            ownership.groupRejected("Kafka refuses lsq.kafka.session-timeout, which is "
                    + connection.sessionTimeout().toMillis() + " ms" + new BrokerSessions(connection).range());
        }
    }

    private void begin() {
        tellingRejection(() -> {
            ownership.begins();
            Duration sinceLastCall = ledger.becomeOwner();
            ownership.began(sinceLastCall, ledger.count());
        });
    }

    private void tellingRejection(Runnable step) {
        try {
            step.run();
        } catch (JournalRejected e) {
            ownership.journalRejected(e);
            throw e;
        }
    }

    /** Ends the wait for Kafka: Camel itself would go on with it until its shutdown time-out. */
    @Override
    public void close() {
        loop.close();
        trouble.close();
        Thread thread = waiting;
        if (thread != null) {
            thread.interrupt();
        }
    }
}
