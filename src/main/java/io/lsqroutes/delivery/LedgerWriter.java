package io.lsqroutes.delivery;

import io.lsqroutes.event.Source;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one thread that writes: it commits all that waits as a group, and finds out what stands when a commit's end is unknown. */
final class LedgerWriter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LedgerWriter.class);
    private static final int LARGEST_GROUP = 500;

    private final KafkaConnection connection;
    private final String journalTopic;
    private final Journal journal;
    private final InFlight inFlight;
    private final Runnable fenced;
    private final BlockingQueue<LedgerEntry> queue = new LinkedBlockingQueue<>();
    private final Thread thread = new Thread(this::run, "leadsquared-ledger");
    private final Object writing = new Object();
    private volatile @Nullable ConsumerGroupMetadata group;
    private volatile boolean open;
    private volatile boolean closed;
    private @Nullable Transactions transactions;

    /**
     * @param fenced what happens when another process writes to this journal while this one is the owner
     */
    LedgerWriter(KafkaConnection connection, String journalTopic, Journal journal, InFlight inFlight, Runnable fenced) {
        this.connection = connection;
        this.journalTopic = journalTopic;
        this.journal = journal;
        this.inFlight = inFlight;
        this.fenced = fenced;
        thread.setDaemon(true);
        thread.start();
    }

    void seen(ConsumerGroupMetadata current) {
        group = current;
    }

    void add(LedgerEntry entry) {
        queue.add(entry);
    }

    /** Fences off whoever wrote before, and reads what that one has written. */
    void open() {
        synchronized (writing) {
            closeTransactions();
            transactions = new Transactions(connection, journalTopic);
            journal.catchUp();
            open = true;
        }
    }

    /** Nothing is written any more; what waits is dropped. */
    void shut() {
        open = false;
        synchronized (writing) {
            closeTransactions();
        }
        dropAll(drained());
    }

    private void closeTransactions() {
        if (transactions != null) {
            transactions.close();
            transactions = null;
        }
    }

    private List<LedgerEntry> drained() {
        List<LedgerEntry> entries = new ArrayList<>();
        queue.drainTo(entries, LARGEST_GROUP);
        return entries;
    }

    private static void dropAll(List<LedgerEntry> entries) {
        entries.forEach(entry -> entry.dropped().run());
    }

    private void run() {
        while (!closed) {
            try {
                LedgerEntry first = queue.poll(1, TimeUnit.SECONDS);
                if (first != null) {
                    List<LedgerEntry> entries = drained();
                    entries.add(0, first);
                    write(entries);
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOG.error("The ledger met a defect", e);
            }
        }
    }

    private void write(List<LedgerEntry> entries) throws InterruptedException {
        List<LedgerEntry> rest = entries;
        synchronized (writing) {
            while (open && !rest.isEmpty()) {
                Map<TopicPartition, OffsetAndMetadata> offsets = inFlight.committable(done(rest));
                try {
                    if (!offsets.isEmpty() || rest.stream().anyMatch(entry -> entry.entry() != null)) {
                        Objects.requireNonNull(transactions).commit(rest, offsets, Objects.requireNonNull(group));
                    }
                    stands(rest, offsets);
                    return;
                } catch (ProducerFencedException | InvalidProducerEpochException e) {
                    LOG.error("Another process writes to the journal {}; this one stops", journalTopic);
                    open = false;
                    fenced.run();
                } catch (CommitFailedException | RebalanceInProgressException e) {
                    // A member joined or left; the next poll shows the group as it is now, or that this is no owner.
                    LOG.info("The group changed under a commit; it is made again");
                    awaitNextPoll();
                    rest = lookUp(rest);
                } catch (RuntimeException e) {
                    LOG.warn("A commit's end is not known ({}); what stands is looked up", e.toString());
                    rest = lookUp(rest);
                }
            }
        }
        dropAll(rest);
    }

    private static Set<Source> done(List<LedgerEntry> entries) {
        Set<Source> done = new HashSet<>();
        for (LedgerEntry entry : entries) {
            if (entry.done() != null) {
                done.add(entry.done());
            }
        }
        return done;
    }

    private void stands(List<LedgerEntry> entries, Map<TopicPartition, OffsetAndMetadata> offsets) {
        for (LedgerEntry entry : entries) {
            if (entry.entry() != null) {
                journal.put(entry.key(), entry.entry());
            }
            if (entry.done() != null) {
                inFlight.done(entry.done());
            }
        }
        inFlight.committed(offsets);
        entries.forEach(entry -> entry.committed().run());
    }

    private void awaitNextPoll() throws InterruptedException {
        ConsumerGroupMetadata before = group;
        for (int i = 0; i < 100 && open && Objects.equals(before, group); i++) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    /**
     * A new producer settles the old one's transaction, one way or the other; then the journal tells which entries stand.
     * They are not written again: that made two outcomes of one.
     */
    private List<LedgerEntry> lookUp(List<LedgerEntry> entries) throws InterruptedException {
        while (open) {
            try {
                closeTransactions();
                transactions = new Transactions(connection, journalTopic);
                journal.catchUp();
                break;
            } catch (KafkaException e) {
                LOG.warn("Kafka does not answer the ledger ({}); tried again", e.toString());
                TimeUnit.SECONDS.sleep(1);
            }
        }
        List<LedgerEntry> standing = new ArrayList<>();
        List<LedgerEntry> rest = new ArrayList<>();
        for (LedgerEntry entry : entries) {
            boolean stands = entry.entry() != null && entry.entry().equals(journal.get(entry.key()));
            (stands ? standing : rest).add(entry);
        }
        stands(standing, Map.of());
        return rest;
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
