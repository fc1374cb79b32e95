package io.lsqroutes.kafka;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.InconsistentGroupProtocolException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Why this process is no proper member of its consumer group, or cannot read as one, and how long it waits before it tries
 * again. Safe for use by several threads.
 */
public final class GroupTrouble implements AutoCloseable {
    /** What the bundle does meanwhile, and what its operator can do. */
    public static final String ADVICE =
            "No event is read meanwhile; nothing is lost. It is tried again every 10 s at the latest, and work goes on by"
                    + " itself. Give the bundle a group id of its own (lsq.kafka.group), and allow its user to READ that"
                    + " group and the event topics.";

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
    /** Kafka lets a member join, and rejects its reads a moment later. */
    private static final long OVER_AFTER = Duration.ofSeconds(3).toNanos();

    private static final Logger LOG = LoggerFactory.getLogger(GroupTrouble.class);

    private final String group;
    private final LongSupplier nanoTime;
    private final CountDownLatch closed = new CountDownLatch(1);
    private @Nullable String problem;
    private int failures;
    private long lastMet;

    public GroupTrouble(String group, LongSupplier nanoTime) {
        this.group = group;
        this.nanoTime = nanoTime;
    }

    /** What is wrong, with the group's name; null while all is well. */
    public synchronized @Nullable String problem() {
        return problem;
    }

    /** A poll has failed, and the consumer is made anew. */
    public synchronized void failed(RuntimeException poll) {
        failures++;
        met(reason(poll));
    }

    private String reason(RuntimeException poll) {
        if (poll instanceof InconsistentGroupProtocolException) {
            return anotherKind();
        }
        if (poll instanceof GroupAuthorizationException) {
            return "The consumer group " + group + " may not be used: Kafka does not allow this user to READ it";
        }
        if (poll instanceof TopicAuthorizationException unauthorized) {
            return "The topics " + unauthorized.unauthorizedTopics() + " may not be read";
        }
        if (poll instanceof AuthenticationException) {
            return "Kafka refuses the login of the consumer group " + group;
        }
        // What goes wrong when this process becomes the owner comes wrapped.
        Throwable why = poll.getCause() == null ? poll : poll.getCause();
        return "The events cannot be read (" + why.getClass().getSimpleName() + ": " + why.getMessage() + ")";
    }

    private String anotherKind() {
        return "Another kind of consumer is in the consumer group " + group + ": stop it";
    }

    /** The group deals its partitions out in another way than to one owner: another kind of member is in it. */
    public synchronized void isShared() {
        met(anotherKind());
    }

    private void met(String what) {
        problem = what;
        lastMet = nanoTime.getAsLong();
    }

    /** A poll went well, as a member whose part in the group is as it should be. */
    public synchronized void isWell() {
        if (problem != null && nanoTime.getAsLong() - lastMet > OVER_AFTER) {
            problem = null;
            failures = 0;
        }
    }

    /** How long to wait before the next try. */
    synchronized Duration pause() {
        if (failures == 0) {
            return Duration.ZERO;
        }
        Duration doubled = FIRST_PAUSE.multipliedBy(1L << Math.min(failures - 1, 10));
        return doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
    }

    /** Waits that long, or until the bundle stops. */
    public void awaitNextTry() {
        try {
            boolean stops = closed.await(pause().toMillis(), TimeUnit.MILLISECONDS);
            LOG.debug("The consumer is made anew (the bundle stops: {})", stops);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The bundle stops: nothing is waited for any more. */
    @Override
    public void close() {
        closed.countDown();
    }
}
