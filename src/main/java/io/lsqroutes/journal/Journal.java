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
 * What was called and what is done. A process that stands by reads the journal's topic all the time. A take-over then has
 * only the rest to read. Safe for use by several threads.
 *
 * <p>The entry of an event under way is kept whole. Of an event that is done only the position of its entry is kept.
 */
public final class Journal implements AutoCloseable {
    private static final long PAUSE = Duration.ofSeconds(1).toNanos();
    private static final long FORGET_EVERY = Duration.ofHours(1).toNanos();

    /** The journal has only this partition. */
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
     * @param end is told why this process must not work with the journal any more
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

    /** Why the journal cannot be read, with its name; null while it can be read. */
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

    /** Notes the entry of this key at this offset, unless an entry at a higher offset is known. */
    public synchronized void put(String key, JournalEntry entry, long position) {
        state.put(key, entry, position);
    }

    /** Whether the entry of this key says that this record is done. */
    public synchronized boolean isDone(String key, RecordPosition source) {
        return state.isDone(key, source);
    }

    /** Whether the journal says nothing of this key, as far as it was read. */
    public synchronized boolean knowsNothingOf(String key) {
        return state.knowsNothingOf(key);
    }

    /**
     * The last entry of this key; null if there is none.
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
                // Kafka deleted it by age, and others with it.
                forgetBefore(reader.beginning(partition));
                return knowsNothingOf(key) ? null : JournalEntry.LOST;
            }
        }
    }

    /** A record that compaction took away has a younger one, which will be read in a moment. */
    private boolean movedOn(String key, long from) {
        awaitEnd(() -> !closed);
        synchronized (this) {
            return state.underway(key) != null || state.position(key) != from;
        }
    }

    /**
     * Waits until the journal is read to its present end.
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

    /** Forgets the entries before this offset, which Kafka has deleted by age. */
    private synchronized void forgetBefore(long beginning) {
        state.forgetBefore(beginning);
    }

    /** The keys whose entries have to be written again, because a foreign record follows them. Each key is given once. */
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

    /** Whether a call may have succeeded with this account, as far as the journal was read. */
    public synchronized boolean hasProved(String worker) {
        JournalAccount account = state.account();
        return account != null && account.proved() && account.name().equals(worker);
    }

    /** Where a process last became the owner; {@link JournalIndex#UNKNOWN} if none did, as far as the journal was read. */
    public synchronized long accountPosition() {
        return state.accountPosition();
    }

    /** When the last call was marked or answered, by the records' timestamps; 0 if no call is known. */
    public synchronized long newestCall() {
        return state.newestCall();
    }

    /** How often the account was called on the last day with a call; null if that is unknown. */
    public synchronized @Nullable DayCount count() {
        return state.count();
    }

    @Override
    public void close() {
        closed = true;
        reader.close();
    }
}
