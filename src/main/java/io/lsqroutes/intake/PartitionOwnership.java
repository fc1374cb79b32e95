package io.lsqroutes.intake;

import io.lsqroutes.commit.OffsetTracker;
import io.lsqroutes.ledger.Ledger;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Begins and ends an ownership as the group gives and takes partitions. The owner has all partitions; any other process
 * stands by. For the poll loop's thread.
 */
final class PartitionOwnership {
    private static final Logger LOG = LoggerFactory.getLogger(PartitionOwnership.class);

    private final Consumer<?, ?> consumer;
    private final OffsetTracker offsetTracker;
    private final Ledger ledger;
    private final AssignedPart given;
    private final MembershipCheck membershipCheck;
    private final CommittedOffsets committed;
    private final Runnable begins;
    private boolean owner;
    private boolean standsBy;

    /**
     * @param begins runs when this process is given every partition, before the first event is read
     */
    PartitionOwnership(
            Consumer<?, ?> consumer,
            OffsetTracker offsetTracker,
            Ledger ledger,
            AssignedPart given,
            MembershipCheck membershipCheck,
            CommittedOffsets committed,
            Runnable begins) {
        this.consumer = consumer;
        this.offsetTracker = offsetTracker;
        this.ledger = ledger;
        this.given = given;
        this.membershipCheck = membershipCheck;
        this.committed = committed;
        this.begins = begins;
    }

    boolean isOwner() {
        return owner;
    }

    /**
     * Follows the rebalances, and passes them on.
     *
     * @param pauseAll pauses everything that is assigned
     */
    ConsumerRebalanceListener listener(ConsumerRebalanceListener next, Runnable pauseAll) {
        return new ConsumerRebalanceListener() {
            @Override
            public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
                if (!given.isAll(consumer)) {
                    handOver();
                    pauseAll.run();
                    standBy();
                } else if (!owner) {
                    begin(assigned);
                }
                committed.warnOfEventsDeletedUnread(assigned);
                next.onPartitionsAssigned(assigned);
            }

            /** The ownership ends with the first partition that goes. What is given back is read on from its offsets. */
            @Override
            public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
                handOver();
                next.onPartitionsRevoked(revoked);
            }

            /** Another process may be the owner already, so nothing can be settled any more. */
            @Override
            public void onPartitionsLost(Collection<TopicPartition> lost) {
                end();
                next.onPartitionsLost(lost);
            }
        };
    }

    private void begin(Collection<TopicPartition> assigned) {
        ledger.membership().seen(consumer.groupMetadata());
        Set<TopicPartition> kept = new HashSet<>(consumer.assignment());
        kept.removeAll(assigned);
        begins.run();
        committed.readOn(kept);
        owner = true;
        standsBy = false;
    }

    private void standBy() {
        if (!given.isBrokersChoice() && !standsBy) {
            standsBy = true;
            LOG.info("This process stands by: another one is the owner, and it takes over when that one ends");
        }
    }

    /** Ends the ownership in good order, if there is one. It takes as long as a call. */
    boolean handOver() {
        if (!owner) {
            return false;
        }
        try {
            ledger.handOver(membershipCheck::run);
        } finally {
            end();
        }
        return true;
    }

    private void end() {
        if (owner) {
            owner = false;
            offsetTracker.forget(consumer.assignment());
            ledger.loseOwnership();
            LOG.info("This process is not the owner any more");
        }
    }
}
