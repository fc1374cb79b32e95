package io.lsqroutes.ops;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells of each trouble that lasts: a warning when it begins, one each minute while it lasts, and a line when it is over.
 *
 * <p>A thread of its own looks at every source once a second. Safe for use by several threads.
 */
public final class TroubleLog implements AutoCloseable {
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final Duration SAY_AGAIN_AFTER = Duration.ofMinutes(1);
    /** A reason that changes more often than this is told in its latest words. */
    private static final Duration BETWEEN_TWO_REASONS = Duration.ofSeconds(10);
    /** What comes back sooner than this was not over. */
    private static final Duration OVER_AFTER = Duration.ofSeconds(3);

    private final Consumer<String> warn;
    private final Consumer<String> info;
    private final Clock clock;
    private final LongSupplier nanoTime;
    private final List<Watched> sources = new CopyOnWriteArrayList<>();
    private @Nullable Thread thread;

    /**
     * Nothing is watched yet.
     *
     * @param warn takes what begins and what lasts
     * @param info takes what is over
     */
    public TroubleLog(Consumer<String> warn, Consumer<String> info, Clock clock, LongSupplier nanoTime) {
        this.warn = warn;
        this.info = info;
        this.clock = clock;
        this.nanoTime = nanoTime;
    }

    /**
     * From now on this is told of.
     *
     * @param problem says what is wrong and where, as the beginning of a sentence, the same text for as long as the same is
     *     wrong; null while all is well. It must answer at once
     * @param advice sentences: what the bundle does meanwhile, and what its operator can do
     */
    public TroubleLog watch(Supplier<@Nullable String> problem, String advice) {
        sources.add(new Watched(problem, advice));
        return this;
    }

    /** The first trouble there is now, in the order in which they are watched; null while there is none. */
    public @Nullable String problem() {
        return sources.stream()
                .map(source -> source.problem.get())
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** Begins to look. */
    public synchronized void start() {
        if (thread == null) {
            thread = new Thread(this::run, "leadsquared-troubles");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void run() {
        try {
            while (true) {
                look();
                Thread.sleep(LOOK_EVERY.toMillis());
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /** Looks at every source once, and tells what there is to tell. */
    void look() {
        long now = nanoTime.getAsLong();
        sources.forEach(source -> source.look(now));
    }

    @Override
    public synchronized void close() {
        if (thread != null) {
            thread.interrupt();
            thread = null;
        }
    }

    /** One source, and what was told of it. For one thread. */
    private final class Watched {
        private final Supplier<@Nullable String> problem;
        private final String advice;
        private @Nullable Instant since;
        private String told = "";
        private long toldAt;
        private long beganAt;
        private long seenAt;

        private Watched(Supplier<@Nullable String> problem, String advice) {
            this.problem = problem;
            this.advice = advice;
        }

        private void look(long now) {
            String found = problem.get();
            if (found != null) {
                seenAt = now;
                lasts(found, now);
            } else if (since != null && now - seenAt >= OVER_AFTER.toNanos()) {
                info.accept("Over after " + seconds(seenAt) + " s: " + told);
                since = null;
            }
        }

        private void lasts(String found, long now) {
            if (since == null) {
                since = clock.instant().truncatedTo(ChronoUnit.SECONDS);
                beganAt = now;
                tell(found, "", now);
                return;
            }
            Duration silent = Duration.ofNanos(now - toldAt);
            boolean isNews = !found.equals(told) && silent.compareTo(BETWEEN_TWO_REASONS) >= 0;
            if (isNews || silent.compareTo(SAY_AGAIN_AFTER) >= 0) {
                tell(found, ", for " + seconds(now) + " s by now", now);
            }
        }

        private void tell(String found, String howLong, long now) {
            warn.accept(found + " (since " + since + howLong + "). " + advice);
            told = found;
            toldAt = now;
        }

        private long seconds(long until) {
            return Duration.ofNanos(until - beganAt).toSeconds();
        }
    }
}
