package io.lsqroutes.journal;

import io.lsqroutes.budget.DayCount;
import io.lsqroutes.event.RecordPosition;
import io.lsqroutes.kafka.KafkaConnection;
import io.lsqroutes.kafka.KafkaNotReady;
import io.lsqroutes.kafka.RecordText;
import io.lsqroutes.kafka.TopicReader;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * What was called and what is done. Whoever stands by reads the journal's topic all the time, so that a take-over has only
 * the rest to read. Safe for use by several threads.
 *
 * <p>Events under way are kept whole; of those that are done only where the journal speaks of them.
 */
public final class Journal implements AutoCloseable {
    private static final long PAUSE = Duration.ofSeconds(1).toNanos();
    private static final long FORGET_EVERY = Duration.ofHours(1).toNanos();

    /** The journal has one partition, and is written and read by its number. */
    public static final int PARTITION = 0;

    private final TopicPartition partition;
    private final TopicReader reader;
    private final JournalState state;
    private long next;
    private long forgotAt = System.nanoTime();
    private @Nullable Thread tail;
    private boolean rejected;
    private volatile @Nullable String unreadable;
    private volatile boolean closed;

    public Journal(KafkaConnection connection, String topic) {
        this.partition = new TopicPartition(topic, PARTITION);
        this.reader = TopicReader.ofKnown(connection);
        this.state = new JournalState(new ForeignRecords(topic));
    }

    /**
     * Begins to read, if that has not begun.
     *
     * @param end is told why the journal must not be worked with any more, once something says so
     */
    public synchronized void follow(Consumer<JournalRejected> end) {
        if (tail == null && !closed) {
            tail = new Thread(() -> read(end), "leadsquared-journal");
            tail.setDaemon(true);
            tail.start();
        }
    }

    private void read(Consumer<JournalRejected> end) {
        while (!closed) {
            try {
                reader.follow(partition, readTo(), () -> !closed, this::taken);
            } catch (JournalRejected e) {
                reject();
                end.accept(e);
                return;
            } catch (KafkaException e) {
                unreadable = "The journal " + partition.topic() + " cannot be read: " + e.getMessage();
                LockSupport.parkNanos(PAUSE);
            }
        }
    }

    /** Why it cannot be read, with its name; null while it can. */
    @Nullable
    public String problem() {
        return unreadable;
    }

    private synchronized long readTo() {
        return next;
    }

    private synchronized void reject() {
        rejected = true;
        notifyAll();
    }

    private void taken(ConsumerRecords<byte[], byte[]> polled, long position) {
        unreadable = null;
        take(polled, position);
        if (System.nanoTime() - forgotAt > FORGET_EVERY) {
            forgotAt = System.nanoTime();
            forgetBefore(reader.beginning(partition));
        }
    }

    private synchronized void take(ConsumerRecords<byte[], byte[]> polled, long position) {
        if (position < next) {
            throw new JournalRejected(
                    "it ends before a place that was read already, so it was deleted and made anew, or Kafka"
                            + " lost records of it: what they said of calls and ids is gone, and events that are read or published"
                            + " again are called again");
        }
        polled.forEach(state::take);
        next = position;
        notifyAll();
    }

    /** This stands in the journal now, at this offset; what stands further on already is not overwritten. */
    public synchronized void put(String key, JournalEntry entry, long position) {
        state.put(key, entry, position);
    }

    /** Whether this record is done, under this key. */
    public synchronized boolean isDone(String key, RecordPosition source) {
        return state.isDone(key, source);
    }

    /** Whether the journal says nothing of this key, as far as it was read. */
    public synchronized boolean knowsNothingOf(String key) {
        return state.knowsNothingOf(key);
    }

    /**
     * The last word on this key; null where there is none.
     *
     * @throws KafkaException if it has to be read, and Kafka does not answer
     */
    @Nullable
    public JournalEntry get(String key) {
        while (true) {
            long position;
            synchronized (this) {
                JournalEntry known = state.underway(key);
                if (known != null) {
                    return known;
                }
                position = state.position(key);
            }
            if (position == JournalIndex.UNKNOWN) {
                return null;
            }
            @Nullable
            ConsumerRecord<byte[], byte[]> record =
                    reader.at(partition, position).orElse(null);
            if (record != null && Arrays.equals(record.key(), RecordText.bytes(key))) {
                return JournalFormat.read(record.value());
            }
            if (!movedOn(key, position)) {
                // Its age was up, and that of others.
                forgetBefore(reader.beginning(partition));
                return knowsNothingOf(key) ? null : JournalEntry.LOST;
            }
        }
    }

    /** A record that compaction took away has a younger one, which is read in a moment. */
    private boolean movedOn(String key, long from) {
        awaitEnd(() -> !closed);
        synchronized (this) {
            return state.underway(key) != null || state.position(key) != from;
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
    public boolean awaitEnd(BooleanSupplier stillWanted) {
        long from = readTo();
        long end = reader.end(partition);
        ReadingProgress progress = new ReadingProgress(partition.topic(), from, end, System::nanoTime);
        synchronized (this) {
            while (next < end && !rejected) {
                progress.at(next);
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
            if (rejected) {
                throw new KafkaNotReady("The journal is read no further");
            }
            progress.ended(state.size());
        }
        return true;
    }

    /** Kafka has deleted by age what stood before. */
    private synchronized void forgetBefore(long beginning) {
        state.forgetBefore(beginning);
    }

    /** The keys whose entries have to be written again, because a foreign record stands behind them; each is given once. */
    public synchronized List<String> takeOverwritten() {
        return state.takeOverwritten();
    }

    /**
     * Whose journal it is.
     *
     * @throws JournalRejected if another account has worked with this one
     */
    public synchronized void checkAccount(String worker) {
        JournalAccount account = state.account();
        if (account != null) {
            account.check(worker);
        }
    }

    /** Whether a call may have succeeded with this account, as far as was read. */
    public synchronized boolean hasProved(String worker) {
        JournalAccount account = state.account();
        return account != null && account.proved() && account.name().equals(worker);
    }

    /** Where somebody has last become the owner; {@link JournalIndex#UNKNOWN} where nobody has, as far as was read. */
    public synchronized long accountPosition() {
        return state.accountPosition();
    }

    /** When the last call was marked or answered, in the time of the records; 0 where none is known. */
    public synchronized long newestCall() {
        return state.newestCall();
    }

    /** How often the account was called on the last day on which it was; null where that is not known. */
    public synchronized @Nullable DayCount count() {
        return state.count();
    }

    @Override
    public void close() {
        closed = true;
        reader.close();
    }
}
