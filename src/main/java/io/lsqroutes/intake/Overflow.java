package io.lsqroutes.intake;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells when so many events wait on the reset topic that they are a campaign, although nobody said so. Safe for use by
 * several threads.
 */
public final class Overflow {
    private static final Logger LOG = LoggerFactory.getLogger(Overflow.class);
    /** Around its threshold a flood comes and goes by the second. The log tells it as one flood. */
    private static final long OVER_AFTER = Duration.ofMinutes(1).toNanos();

    private final int spill;
    private final LongSupplier nanoTime;
    private final AtomicLong spilled = new AtomicLong();
    private volatile boolean high;
    private boolean told;
    private long spilledBefore;
    private long highAt;

    /**
     * @param spill so many may wait; 0: any number may
     */
    public Overflow(int spill, LongSupplier nanoTime) {
        this.spill = spill;
        this.nanoTime = nanoTime;
    }

    /**
     * The poll loop looks: a flood comes when the lane is full and too many wait behind it, and lasts until fewer do.
     * Many events in front of a lane that has room are on their way, and do not wait.
     */
    void look(long waiting, boolean laneIsFull) {
        high = spill > 0 && waiting > spill && (high || laneIsFull);
        tell(waiting);
    }

    /** Whether a flood would come, or stay, if more waited. */
    boolean hangsOn(long waiting, boolean laneIsFull) {
        return spill > 0 && waiting <= spill && (high || laneIsFull);
    }

    private void tell(long waiting) {
        long now = nanoTime.getAsLong();
        if (high) {
            highAt = now;
        }
        if (high && !told) {
            told = true;
            LOG.warn(
                    "{} events wait on the reset topic: while more than {} do, they go to the campaigns",
                    waiting,
                    spill);
        } else if (told && now - highAt > OVER_AFTER) {
            told = false;
            LOG.info("The flood is over; {} single events went to the campaigns", spilled.get() - spilledBefore);
            spilledBefore = spilled.get();
        }
    }

    /** Whether what is read now goes to the campaigns. */
    boolean isHigh() {
        return high;
    }

    /** One more single event went to the campaigns. */
    void spill() {
        spilled.incrementAndGet();
    }

    /** How many single events went to the campaigns since the start. */
    long spilled() {
        return spilled.get();
    }
}
