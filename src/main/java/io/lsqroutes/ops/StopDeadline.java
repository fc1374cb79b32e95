package io.lsqroutes.ops;

import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Cuts a stop short that takes longer than is promised, so that a supervisor need not kill the process. */
public final class StopDeadline {
    private static final Logger LOG = LoggerFactory.getLogger(StopDeadline.class);

    /** Ten seconds are promised, and the process itself takes some of them to end. */
    private static final Duration WITHOUT_KAFKA = Duration.ofSeconds(7);

    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    private final Duration longest;
    private final Supplier<@Nullable String> kafkaProblem;
    private final Runnable cutShort;
    private @Nullable Thread thread;

    /**
     * @param longest how long a stop may take while Kafka answers
     * @param kafkaProblem why Kafka cannot be used; null while it answers
     * @param cutShort ends the process at once
     */
    public StopDeadline(Duration longest, Supplier<@Nullable String> kafkaProblem, Runnable cutShort) {
        this.longest = longest;
        this.kafkaProblem = kafkaProblem;
        this.cutShort = cutShort;
    }

    /** The stop begins now. */
    public synchronized void begin() {
        Thread begun = new Thread(this::await, "leadsquared-stop-deadline");
        begun.setDaemon(true);
        begun.start();
        thread = begun;
    }

    /** The stop has come to its end in time. */
    public synchronized void end() {
        if (thread != null) {
            thread.interrupt();
        }
    }

    private void await() {
        long began = System.nanoTime();
        String why = null;
        while (why == null) {
            try {
                Thread.sleep(LOOK_EVERY.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            why = late(Duration.ofNanos(System.nanoTime() - began));
        }
        LOG.warn(
                "The stop is cut short: {}. The next owner reads again what is not written, and finds calls that were out"
                        + " in doubt",
                why);
        cutShort.run();
    }

    private @Nullable String late(Duration since) {
        String problem = kafkaProblem.get();
        if (problem != null && since.compareTo(WITHOUT_KAFKA) > 0) {
            return problem;
        }
        return since.compareTo(longest) > 0 ? "it takes longer than " + longest.toSeconds() + " s" : null;
    }
}
