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
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;

/**
 * A consumer whose offsets go with the outcomes, through the ledger. It stops reading a lane that is full.
 *
 * <p>Like every {@link KafkaConsumer} it belongs to one thread, Camel's poll loop.
 */
final class TrackedConsumer extends KafkaConsumer<Object, Object> {
    private static final Duration LONGEST_POLL = Duration.ofMillis(100);
    private static final Duration POLL_WHILE_WORKING = Duration.ofMillis(10);

    private final OffsetTracker offsetTracker;
    private final Ledger ledger;
    private final TopicWatch watch;
    private final Backlog resets;
    private final BackPressure readAhead;
    private final PollLoop loop;
    private final GroupTrouble trouble;
    private final AssignedPart given;
    private final CommittedOffsets committed;
    private final MembershipCheck membershipCheck;
    private final PartitionOwnership ownership;
    private final java.util.function.Consumer<RuntimeException> pollFailed;
    private boolean stopped;

    /**
     * @param ownershipBegins runs when this process is given every partition, before the first event is read
     * @param pollFailed is told why a poll has failed; Camel makes a new consumer
     */
    TrackedConsumer(
            Map<String, Object> settings,
            OffsetTracker offsetTracker,
            Ledger ledger,
            TopicWatch watch,
            String resetTopic,
            BackPressure readAhead,
            PollLoop loop,
            GroupTrouble trouble,
            AssignedPart given,
            Runnable ownershipBegins,
            java.util.function.Consumer<RuntimeException> pollFailed) {
        super(settings);
        this.offsetTracker = offsetTracker;
        this.ledger = ledger;
        this.watch = watch;
        this.resets = new Backlog(this, resetTopic);
        this.readAhead = readAhead;
        this.loop = loop;
        this.trouble = trouble;
        this.given = given;
        this.committed = new CommittedOffsets(this);
        this.membershipCheck = new MembershipCheck(this, offsetTracker, ledger.membership());
        this.ownership =
                new PartitionOwnership(this, offsetTracker, ledger, given, membershipCheck, committed, ownershipBegins);
        this.pollFailed = pollFailed;
    }

    @Override
    public ConsumerRecords<Object, Object> poll(Duration timeout) {
        return loop.step(() -> pollOnce(timeout));
    }

    private ConsumerRecords<Object, Object> pollOnce(Duration timeout) {
        pauseWhatHasEnough();
        committed.beginAgain(watch.takeMadeAnew(), offsetTracker);
        membershipCheck.run();
        Duration wait = offsetTracker.isIdle() ? LONGEST_POLL : POLL_WHILE_WORKING;
        ConsumerRecords<Object, Object> polled = pollOrReconnect(timeout.compareTo(wait) < 0 ? timeout : wait);
        ledger.membership().seen(groupMetadata());
        if (!ownership.isOwner()) {
            return ConsumerRecords.empty();
        }
        return onlyNew(polled);
    }

    /** After any error but a rejected login Camel connects anew. After that one its consumer would end, and do nothing. */
    private ConsumerRecords<Object, Object> pollOrReconnect(Duration timeout) {
        try {
            ConsumerRecords<Object, Object> polled = super.poll(timeout);
            tellOfTheGroup();
            return polled;
        } catch (WakeupException | InterruptException e) {
            throw e;
        } catch (AuthenticationException e) {
            pollFailed.accept(e);
            throw new KafkaException("Kafka refuses the login, which is tried again: " + e.getMessage(), e);
        } catch (KafkaException | IllegalStateException e) {
            pollFailed.accept(e);
            throw e;
        }
    }

    private void tellOfTheGroup() {
        if (given.isBrokersChoice() && !ownership.isOwner()) {
            trouble.isShared();
        } else if (groupMetadata().generationId() >= 0) {
            trouble.isWell();
        }
    }

    private void pauseWhatHasEnough() {
        Set<String> enough = readAhead.enough(resets::known, resets::asked);
        boolean all = stopped || !ownership.isOwner();
        Set<TopicPartition> paused = new HashSet<>();
        Set<TopicPartition> free = new HashSet<>();
        assignment().forEach(partition -> (all || enough.contains(partition.topic()) ? paused : free).add(partition));
        super.pause(paused);
        super.resume(free);
    }

    private ConsumerRecords<Object, Object> onlyNew(ConsumerRecords<Object, Object> polled) {
        Map<TopicPartition, List<ConsumerRecord<Object, Object>>> fresh = new HashMap<>();
        for (ConsumerRecord<Object, Object> record : polled) {
            TopicPartition partition = new TopicPartition(record.topic(), record.partition());
            if (offsetTracker.read(partition, record.offset(), record.timestamp())) {
                fresh.computeIfAbsent(partition, p -> new ArrayList<>()).add(record);
            }
        }
        polled.nextOffsets().forEach((partition, next) -> offsetTracker.readTo(partition, next.offset()));
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
        super.subscribe(topics, ownership.listener(listener, () -> super.pause(assignment())));
    }

    /** Camel unsubscribes after an error, too. In the middle of a rebalance Kafka would call the partitions lost. */
    @Override
    public void unsubscribe() {
        loop.step(ownership::handOver);
        super.unsubscribe();
    }

    @Override
    public void close() {
        loop.step(ownership::handOver);
        super.close();
    }
}
