package io.lsqroutes.kafka;

import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.jspecify.annotations.Nullable;

/**
 * What the poll loop knows of the consumer group, for the ledger: a KafkaConsumer answers its own thread alone. Safe for
 * use by both.
 */
public final class GroupMembership {
    private @Nullable ConsumerGroupMetadata group;
    private boolean asked;
    private boolean confirmed;

    /** The group as it was at the last poll. */
    public synchronized void seen(ConsumerGroupMetadata current) {
        if (!current.equals(group)) {
            group = current;
            notifyAll();
        }
    }

    public synchronized ConsumerGroupMetadata group() {
        if (group == null) {
            throw new IllegalStateException("only a member of the group is the owner");
        }
        return group;
    }

    /** Waits a moment for a poll that shows the group as it is now. */
    public synchronized void awaitNews(BooleanSupplier stillOwner) throws InterruptedException {
        ConsumerGroupMetadata before = group;
        for (int i = 0; i < 100 && stillOwner.getAsBoolean() && Objects.equals(before, group); i++) {
            wait(10);
        }
    }

    /** Whether the ledger waits for {@link #confirm}. */
    public synchronized boolean isAsked() {
        return asked;
    }

    /** The group's coordinator has just taken this process for a member. */
    public synchronized void confirm() {
        asked = false;
        confirmed = true;
        notifyAll();
    }

    /**
     * Waits until the group's coordinator says that this process is still a member, or it is no owner any more.
     */
    public synchronized boolean confirmed(BooleanSupplier stillOwner) throws InterruptedException {
        asked = true;
        confirmed = false;
        while (!confirmed && stillOwner.getAsBoolean()) {
            wait(10);
        }
        asked = false;
        return confirmed && stillOwner.getAsBoolean();
    }
}
