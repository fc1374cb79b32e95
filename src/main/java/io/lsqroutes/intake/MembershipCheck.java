package io.lsqroutes.intake;

import io.lsqroutes.commit.OffsetTracker;
import io.lsqroutes.kafka.GroupMembership;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out whether this process is still a member of the group. Only the group's coordinator knows, and it answers a
 * commit alone. For the poll loop's thread.
 */
final class MembershipCheck {
    private static final Logger LOG = LoggerFactory.getLogger(MembershipCheck.class);
    private static final Duration LONGEST_CONFIRMATION = Duration.ofSeconds(2);

    private final Consumer<?, ?> consumer;
    private final OffsetTracker offsetTracker;
    private final GroupMembership membership;

    MembershipCheck(Consumer<?, ?> consumer, OffsetTracker offsetTracker, GroupMembership membership) {
        this.consumer = consumer;
        this.offsetTracker = offsetTracker;
        this.membership = membership;
    }

    /** Confirms the membership to the ledger, if the ledger waits for that and the coordinator agrees. */
    void run() {
        if (!membership.isAsked() || consumer.assignment().isEmpty()) {
            return;
        }
        TopicPartition partition = consumer.assignment().iterator().next();
        try {
            // The committed offset cannot be asked for: the answer waits for the very transaction whose end is unknown.
            long safe = offsetTracker.lowest(partition);
            long offset = safe < 0 ? consumer.position(partition, LONGEST_CONFIRMATION) : safe;
            consumer.commitSync(Map.of(partition, new OffsetAndMetadata(offset)), LONGEST_CONFIRMATION);
            membership.confirm();
        } catch (CommitFailedException | RebalanceInProgressException | TimeoutException | AuthorizationException e) {
            LOG.info("The group does not confirm yet that this process is the owner ({})", e.toString());
        }
    }
}
