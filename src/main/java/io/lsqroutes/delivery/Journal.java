package io.lsqroutes.delivery;

import io.lsqroutes.budget.DayCount;
import io.lsqroutes.delivery.JournalEntry.State;
import io.lsqroutes.event.Source;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was called and what is done. Whoever stands by reads the journal's topic all the time, so that a take-over has only
 * the rest to read. Safe for use by several threads.
 *
 * <p>Events under way are kept whole; of those that are done only where the journal speaks of them.
 */
final class Journal implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
    private static final Duration LONGEST_POLL = Duration.ofMillis(500);
    private static final long PAUSE = Duration.ofSeconds(1).toNanos();
    private static final long FORGET_EVERY = Duration.ofHours(1).toNanos();

    private record Underway(JournalEntry entry, long position) {}

    private final KafkaConnection connection;
    private final TopicPartition partition;
    private final JournalRecords records;
    private final Map<String, Underway> underway = new HashMap<>();
    private final JournalIndex index = new JournalIndex();
    private @Nullable String account;
    private long accountPosition = JournalIndex.UNKNOWN;
    private long newestCall;
    private @Nullable DayCount count;
    private long next;
    private @Nullable Thread tail;
    private boolean refused;
    private volatile @Nullable String unreadable;
    private volatile boolean closed;

    Journal(KafkaConnection connection, String topic) {
        this.connection = connection;
        this.partition = new TopicPartition(topic, 0);
        this.records = new JournalRecords(connection, partition);
    }

    /**
     * Begins to read, if that has not begun.
     *
     * @param end is told why the journal must not be worked with any more, once something says so
     */
    synchronized void follow(Consumer<JournalRefused> end) {
        if (tail == null && !closed) {
            tail = new Thread(() -> read(end), "leadsquared-journal");
            tail.setDaemon(true);
            tail.start();
        }
    }

    private void read(Consumer<JournalRefused> end) {
        while (!closed) {
            // Large fetches: the first read may be of millions.
            Map<String, Object> many = Map.of(
                    ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                    10_000,
                    ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
                    4 << 20);
            try (KafkaConsumer<byte[], byte[]> kafka = JournalRecords.consumer(connection, "read_committed", many)) {
                kafka.assign(List.of(partition));
                kafka.seek(partition, readTo());
                long forgotAt = System.nanoTime();
                while (!closed) {
                    var polled = kafka.poll(LONGEST_POLL);
                    unreadable = null;
                    take(polled, kafka.position(partition));
                    if (System.nanoTime() - forgotAt > FORGET_EVERY) {
                        forgotAt = System.nanoTime();
                        forgetBefore(records.beginning());
                    }
                }
            } catch (JournalRefused e) {
                refuse();
                end.accept(e);
                return;
            } catch (KafkaException e) {
                unreadable = "the journal " + partition.topic() + " cannot be read: " + e.getMessage();
                LockSupport.parkNanos(PAUSE);
            }
        }
    }

    /** Why it cannot be read, with its name; null while it can. */
    @Nullable
    String problem() {
        return unreadable;
    }

    private synchronized long readTo() {
        return next;
    }

    private synchronized void refuse() {
        refused = true;
        notifyAll();
    }

    private synchronized void take(Iterable<ConsumerRecord<byte[], byte[]>> polled, long position) {
        for (ConsumerRecord<byte[], byte[]> record : polled) {
            String key = new String(record.key(), StandardCharsets.UTF_8);
            if (record.value() == null) {
                continue;
            }
            if (key.equals(JournalFormat.ACCOUNT)) {
                account = JournalFormat.readAccount(record.value());
                accountPosition = record.offset();
            } else if (key.equals(JournalFormat.COUNT)) {
                DayCount read = JournalFormat.readCount(record.value());
                count = count == null || read.isBeyond(count) ? read : count;
            } else {
                newestCall = Math.max(newestCall, record.timestamp());
                // What this process has written itself is known already, and need not be read.
                if (JournalFormat.isEntry(key) && position(key) < record.offset()) {
                    put(key, JournalFormat.read(record.value()), record.offset());
                }
            }
        }
        if (position < next) {
            LOG.error("The journal {} was deleted and made anew; what it knew is gone", partition.topic());
            underway.clear();
        }
        next = position;
        notifyAll();
    }

    /** This stands in the journal now, at this offset; what stands further on already is not overwritten. */
    synchronized void put(String key, JournalEntry entry, long position) {
        if (position <= position(key)) {
            return;
        }
        if (entry.state() == State.CALLING || entry.state() == State.ANSWERED) {
            underway.put(key, new Underway(entry, position));
        } else {
            underway.remove(key);
            index.put(key, position, entry.state() == State.DONE ? identity(entry.source()) : 0);
        }
    }

    private long position(String key) {
        Underway known = underway.get(key);
        return known == null ? index.position(key) : known.position();
    }

    /** Never 0. */
    private static long identity(Source source) {
        long mixed = 0;
        for (long part :
                new long[] {source.topic().hashCode(), source.partition(), source.offset(), source.timestamp()}) {
            mixed = (mixed ^ part) * 0x9E3779B97F4A7C15L;
            mixed ^= mixed >>> 32;
        }
        return mixed == 0 ? 1 : mixed;
    }

    /** Whether this record is done, under this key. */
    synchronized boolean isDone(String key, Source source) {
        return !underway.containsKey(key) && index.identity(key) == identity(source);
    }

    /** Whether the journal says nothing of this key, as far as it was read. */
    synchronized boolean knowsNothingOf(String key) {
        return !underway.containsKey(key) && index.position(key) == JournalIndex.UNKNOWN;
    }

    /**
     * The last word on this key; null where there is none.
     *
     * @throws KafkaException if it has to be read, and Kafka does not answer
     */
    @Nullable
    JournalEntry get(String key) {
        while (true) {
            long position;
            synchronized (this) {
                Underway known = underway.get(key);
                if (known != null) {
                    return known.entry();
                }
                position = index.position(key);
            }
            if (position == JournalIndex.UNKNOWN) {
                return null;
            }
            @Nullable
            ConsumerRecord<byte[], byte[]> record = records.at(position).orElse(null);
            if (record != null && Arrays.equals(record.key(), key.getBytes(StandardCharsets.UTF_8))) {
                return JournalFormat.read(record.value());
            }
            if (!movedOn(key, position)) {
                // Its age was up, and that of others.
                forgetBefore(records.beginning());
                return null;
            }
        }
    }

    /** A record that compaction took away has a younger one, which is read in a moment. */
    private boolean movedOn(String key, long from) {
        awaitEnd(() -> !closed);
        synchronized (this) {
            return underway.containsKey(key) || index.position(key) != from;
        }
    }

    /**
     * Waits until everything is read that stands in the journal now.
     *
     * @param stillWanted asked now and then; it gives up when this says no
     * @return false if it gave up
     * @throws KafkaException if Kafka does not say where the end is
     * @throws KafkaNotReady if this journal must not be worked with
     */
    boolean awaitEnd(BooleanSupplier stillWanted) {
        long started = System.nanoTime();
        long from = readTo();
        long end = records.end();
        synchronized (this) {
            while (next < end && !refused) {
                if (!stillWanted.getAsBoolean()) {
                    return false;
                }
                try {
                    wait(100);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new KafkaNotReady("Interrupted while the journal was read");
                }
            }
            if (refused) {
                throw new KafkaNotReady("The journal is read no further");
            }
        }
        long millis = (System.nanoTime() - started) / 1_000_000;
        if (end - from > 1_000) {
            LOG.info("Read {} records of the journal in {} ms; it knows {} ids", end - from, millis, size());
        }
        return true;
    }

    private synchronized int size() {
        return index.size() + underway.size();
    }

    /** Kafka has deleted by age what stood before. */
    private synchronized void forgetBefore(long beginning) {
        index.forgetBefore(beginning);
        underway.values().removeIf(entry -> entry.position() < beginning);
    }

    /**
     * A journal belongs to one account: two would take each other's limit and ids for their own.
     *
     * @throws JournalRefused if another account has worked with this one
     */
    synchronized void checkAccount(String worker) {
        if (account != null && !account.equals(worker)) {
            throw new JournalRefused("it belongs to another account (" + account + "; this one is " + worker + ")");
        }
    }

    /** Where somebody has last become the owner; {@link JournalIndex#UNKNOWN} where nobody has, as far as was read. */
    synchronized long accountPosition() {
        return accountPosition;
    }

    /** When the last call was marked or answered, in the time of the records; 0 where none is known. */
    synchronized long newestCall() {
        return newestCall;
    }

    /** How often the account was called on the last day on which it was; null where that is not known. */
    synchronized @Nullable DayCount count() {
        return count;
    }

    @Override
    public void close() {
        closed = true;
        records.close();
    }
}
