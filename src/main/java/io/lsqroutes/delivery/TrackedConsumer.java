package io.lsqroutes.delivery;

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
import org.apache.kafka.common.TopicPartition;

/**
 * A consumer that never commits: offsets go with the outcomes, through the ledger. It stops reading a lane that is full.
 *
 * <p>Like every {@link KafkaConsumer} it belongs to one thread, Camel's poll loop.
 */
final class TrackedConsumer extends KafkaConsumer<Object, Object> {
    static final int MAX_ADMITTED_PER_LANE = 25;
    /** Small against the lane, so that one poll does not overfill it. */
    static final int MAX_POLL_RECORDS = 5;

    private static final Duration LONGEST_POLL = Duration.ofMillis(100);
    private static final Duration POLL_WHILE_WORKING = Duration.ofMillis(10);

    private final InFlight inFlight;
    private final Ledger ledger;
    private final List<Set<String>> lanes;
    private final Runnable becameOwner;
    private boolean owner;
    private boolean stopped;

    TrackedConsumer(
            Map<String, Object> settings,
            InFlight inFlight,
            Ledger ledger,
            List<Set<String>> lanes,
            Runnable becameOwner) {
        super(settings);
        this.becameOwner = becameOwner;
        this.inFlight = inFlight;
        this.ledger = ledger;
        this.lanes = lanes;
    }

    @Override
    public ConsumerRecords<Object, Object> poll(Duration timeout) {
        pauseFullLanes();
        Duration wait = inFlight.isIdle() ? LONGEST_POLL : POLL_WHILE_WORKING;
        ConsumerRecords<Object, Object> polled = super.poll(timeout.compareTo(wait) < 0 ? timeout : wait);
        ledger.seen(groupMetadata());
        return onlyNew(polled);
    }

    private void pauseFullLanes() {
        Set<TopicPartition> full = new HashSet<>();
        Set<TopicPartition> free = new HashSet<>();
        for (Set<String> lane : lanes) {
            boolean pause = stopped || inFlight.count(lane) + MAX_POLL_RECORDS > MAX_ADMITTED_PER_LANE;
            assignment().stream()
                    .filter(partition -> lane.contains(partition.topic()))
                    .forEach(partition -> (pause ? full : free).add(partition));
        }
        super.pause(full);
        super.resume(free);
    }

    private ConsumerRecords<Object, Object> onlyNew(ConsumerRecords<Object, Object> polled) {
        Map<TopicPartition, List<ConsumerRecord<Object, Object>>> fresh = new HashMap<>();
        for (ConsumerRecord<Object, Object> record : polled) {
            TopicPartition partition = new TopicPartition(record.topic(), record.partition());
            if (inFlight.read(partition, record.offset())) {
                fresh.computeIfAbsent(partition, p -> new ArrayList<>()).add(record);
            }
        }
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
                if (!owner && !assigned.isEmpty()) {
                    ledger.seen(groupMetadata());
                    becameOwner.run();
                    owner = true;
                }
                listener.onPartitionsAssigned(assigned);
            }

            @Override
            public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
                ledger.flush();
                leave(revoked);
                listener.onPartitionsRevoked(revoked);
            }

            private void leave(Collection<TopicPartition> gone) {
                inFlight.forget(gone);
                Set<TopicPartition> left = new HashSet<>(assignment());
                left.removeAll(gone);
                if (owner && left.isEmpty()) {
                    owner = false;
                    ledger.loseOwnership();
                }
            }

            @Override
            public void onPartitionsLost(Collection<TopicPartition> lost) {
                leave(lost);
                listener.onPartitionsLost(lost);
            }
        });
    }
}
