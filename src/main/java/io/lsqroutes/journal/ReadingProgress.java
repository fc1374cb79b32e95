package io.lsqroutes.journal;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says every ten seconds how far a long reading of the journal has come, and how long it took. For one thread. */
final class ReadingProgress {
    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
    private static final long EVERY = Duration.ofSeconds(10).toNanos();
    /** Fewer records than these are not worth a line. */
    private static final int MANY = 1_000;

    private final String topic;
    private final long from;
    private final long end;
    private final LongSupplier nanoTime;
    private final long started;
    private long toldAt;

    /**
     * @param from the offset at which reading goes on
     * @param end the offset up to which it goes
     */
    ReadingProgress(String topic, long from, long end, LongSupplier nanoTime) {
        this.topic = topic;
        this.from = from;
        this.end = end;
        this.nanoTime = nanoTime;
        this.started = nanoTime.getAsLong();
        this.toldAt = started;
    }

    /** Reading has come to this offset. */
    void at(long offset) {
        String line = line(offset);
        if (line != null) {
            LOG.info("{}", line);
        }
    }

    /** What is to be said now; null where nothing is. */
    @Nullable
    String line(long offset) {
        long now = nanoTime.getAsLong();
        if (end - from <= MANY || now - toldAt < EVERY) {
            return null;
        }
        toldAt = now;
        return String.format(
                Locale.ROOT,
                "Reading the journal %s: %,d of %,d records so far (%d %%), %d s",
                topic,
                offset - from,
                end - from,
                (offset - from) * 100 / (end - from),
                TimeUnit.NANOSECONDS.toSeconds(now - started));
    }

    /** It is read. */
    void ended(int ids) {
        if (end - from > MANY) {
            LOG.info(
                    "Read {} records of the journal in {} ms; it knows {} ids",
                    end - from,
                    TimeUnit.NANOSECONDS.toMillis(nanoTime.getAsLong() - started),
                    ids);
        }
    }
}
