package io.lsqroutes.intake;

import io.lsqroutes.commit.OffsetTracker;
import io.lsqroutes.kafka.GroupTrouble;
import io.lsqroutes.ledger.Ledger;
import io.lsqroutes.topics.TopicWatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A consumer whose offsets go with the outcomes, through the ledger. It stops reading a lane that is full.
 *
 * <p>Like every {@link KafkaConsumer} it belongs to one thread, Camel's poll loop.
 */
final class TrackedConsumer extends KafkaConsumer<Object, Object> {
    private static final Logger LOG = LoggerFactory.getLogger(TrackedConsumer.class);
    private static final Duration LONGEST_POLL = Duration.ofMillis(100);
    private static final Duration POLL_WHILE_WORKING = Duration.ofMillis(10);
    private static final Duration LONGEST_CONFIRMATION = Duration.ofSeconds(2);

    private final OffsetTracker inFlight;
    private final Ledger ledger;
    private final TopicWatch watch;
    private final Backlog resets;
    private final BackPressure readAhead;
    private final PollLoop loop;
    private final GroupTrouble trouble;
    private final Ownership ownership;
    private final AssignedPart given;
    private final CommittedOffsets committed;
    private boolean owner;
    private boolean standsBy;
    private boolean stopped;

    /** What follows from what Kafka says to this consumer. */
    interface Ownership {
        /** This process is given every partition: before the first event is read. */
        void begin();

        /** A poll has failed; Camel makes a new consumer. */
        void pollFailed(RuntimeException why);
    }

    TrackedConsumer(
            Map<String, Object> settings,
            OffsetTracker inFlight,
            Ledger ledger,
            TopicWatch watch,
            String resetTopic,
            BackPressure readAhead,
            PollLoop loop,
            GroupTrouble trouble,
            AssignedPart given,
            Ownership ownership) {
        super(settings);
        this.loop = loop;
        this.given = given;
        this.committed = new CommittedOffsets(this);
        this.trouble = trouble;
        this.ownership = ownership;
        this.inFlight = inFlight;
        this.ledger = ledger;
        this.watch = watch;
        this.resets = new Backlog(this, resetTopic);
        this.readAhead = readAhead;
    }

    @Override
    public ConsumerRecords<Object, Object> poll(Duration timeout) {
        return loop.step(() -> pollOnce(timeout));
    }

    private ConsumerRecords<Object, Object> pollOnce(Duration timeout) {
        pauseWhatHasEnough();
        readFromTheBeginning(watch.takeMadeAnew());
        confirmMembership();
        Duration wait = inFlight.isIdle() ? LONGEST_POLL : POLL_WHILE_WORKING;
        ConsumerRecords<Object, Object> polled = pollOrReconnect(timeout.compareTo(wait) < 0 ? timeout : wait);
        ledger.membership().seen(groupMetadata());
        if (!owner) {
            return ConsumerRecords.empty();
        }
        return onlyNew(polled);
    }

    /** Camel connects anew after any error but a refused login: then its consumer would end, and the process do nothing. */
    private ConsumerRecords<Object, Object> pollOrReconnect(Duration timeout) {
        try {
            ConsumerRecords<Object, Object> polled = super.poll(timeout);
            tellOfTheGroup();
            return polled;
        } catch (WakeupException | InterruptException e) {
            throw e;
        } catch (AuthenticationException e) {
            ownership.pollFailed(e);
            throw new KafkaException("Kafka refuses the login, which is tried again: " + e.getMessage(), e);
        } catch (KafkaException | IllegalStateException e) {
            ownership.pollFailed(e);
            throw e;
        }
    }

    private void tellOfTheGroup() {
        if (given.isBrokersChoice() && !owner) {
            trouble.isShared();
        } else if (groupMetadata().generationId() >= 0) {
            trouble.isWell();
        }
    }

    private void pauseWhatHasEnough() {
        Set<String> enough = readAhead.enough(resets::known, resets::asked);
        Set<TopicPartition> paused = new HashSet<>();
        Set<TopicPartition> free = new HashSet<>();
        assignment().forEach(partition -> (stopped || !owner || enough.contains(partition.topic()) ? paused : free)
                .add(partition));
        super.pause(paused);
        super.resume(free);
    }

    /** The position in a topic that is gone means nothing in the one that has its name now. */
    private void readFromTheBeginning(Set<String> topics) {
        List<TopicPartition> anew = assignment().stream()
                .filter(partition -> topics.contains(partition.topic()))
                .toList();
        if (!anew.isEmpty()) {
            inFlight.readAgain(anew);
            seekToBeginning(anew);
        }
    }

    /** Only the group's coordinator knows whether this process is a member still; it says so to whoever commits. */
    private void confirmMembership() {
        if (!ledger.membership().isAsked() || assignment().isEmpty()) {
            return;
        }
        TopicPartition partition = assignment().iterator().next();
        try {
            // What is committed cannot be asked for: that waits for the very transaction whose end is not known.
            long safe = inFlight.lowest(partition);
            long offset = safe < 0 ? position(partition, LONGEST_CONFIRMATION) : safe;
            commitSync(Map.of(partition, new OffsetAndMetadata(offset)), LONGEST_CONFIRMATION);
            ledger.membership().confirm();
        } catch (CommitFailedException | RebalanceInProgressException | TimeoutException | AuthorizationException e) {
            LOG.info("The group does not confirm yet that this process is the owner ({})", e.toString());
        }
    }

    private ConsumerRecords<Object, Object> onlyNew(ConsumerRecords<Object, Object> polled) {
        Map<TopicPartition, List<ConsumerRecord<Object, Object>>> fresh = new HashMap<>();
        for (ConsumerRecord<Object, Object> record : polled) {
            TopicPartition partition = new TopicPartition(record.topic(), record.partition());
            if (inFlight.read(partition, record.offset(), record.timestamp())) {
                fresh.computeIfAbsent(partition, p -> new ArrayList<>()).add(record);
            }
        }
        polled.nextOffsets().forEach((partition, next) -> inFlight.readTo(partition, next.offset()));
        return new ConsumerRecords<>(fresh, polled.nextOffsets());
    }

    /** Camel pauses when it stops or suspends the route: nothing more is read until it resumes. */
    @Override
    public void pause(Collection<TopicPartition> partitions) {
        stopped = true;
        super.pause(partitions);
    }

    @Override
    public void resume(Collection<TopicPartition> partitions) {
        stopped = false;
        super.resume(partitions);
    }

    @Override
    public void subscribe(Collection<String> topics, ConsumerRebalanceListener listener) {
        super.subscribe(topics, new ConsumerRebalanceListener() {
            @Override
            public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
                if (!given.isAll(TrackedConsumer.this)) {
                    handOver();
                    TrackedConsumer.super.pause(assignment());
                    tellThatItStandsBy();
                } else if (!owner) {
                    beginOwnership(assigned);
                }
                committed.warnOfEventsDeletedUnread(assigned);
                listener.onPartitionsAssigned(assigned);
            }

            /** Whatever goes, the ownership ends with it: what is given back begins where its offsets stand. */
            @Override
            public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
                handOver();
                listener.onPartitionsRevoked(revoked);
            }

            /** Somebody else may be the owner already: nothing can be settled any more. */
            @Override
            public void onPartitionsLost(Collection<TopicPartition> lost) {
                endOwnership();
                listener.onPartitionsLost(lost);
            }
        });
    }

    private void beginOwnership(Collection<TopicPartition> assigned) {
        ledger.membership().seen(groupMetadata());
        Set<TopicPartition> kept = new HashSet<>(assignment());
        kept.removeAll(assigned);
        ownership.begin();
        committed.readOn(kept);
        owner = true;
        standsBy = false;
    }

    private void tellThatItStandsBy() {
        if (!given.isBrokersChoice() && !standsBy) {
            standsBy = true;
            LOG.info("This process stands by: another one is the owner, and it takes over when that one ends");
        }
    }

    /** Whether there was anything to let go of; that takes as long as a call. */
    private boolean handOver() {
        if (!owner) {
            return false;
        }
        try {
            ledger.handOver(this::confirmMembership);
        } finally {
            endOwnership();
        }
        return true;
    }

    private void endOwnership() {
        if (owner) {
            owner = false;
            inFlight.forget(assignment());
            ledger.loseOwnership();
            LOG.info("This process is not the owner any more");
        }
    }

    /** Camel unsubscribes after an error, too. In the middle of a rebalance Kafka would call the partitions lost. */
    @Override
    public void unsubscribe() {
        loop.step(this::handOver);
        super.unsubscribe();
    }

    @Override
    public void close() {
        loop.step(this::handOver);
        super.close();
    }
}
