package io.lsqroutes.delivery;

import io.lsqroutes.budget.DayCount;
import io.lsqroutes.delivery.Transactions.Written;
import io.lsqroutes.event.Source;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
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
    private static final long ACCOUNT_EVERY = Duration.ofDays(1).toNanos();

    private final KafkaConnection connection;
    private final String journalTopic;
    private final String account;
    private final Journal journal;
    private final InFlight inFlight;
    private final TopicWatch watch;
    private final Runnable fenced;
    private final Membership membership = new Membership();
    private final BlockingQueue<LedgerEntry> queue = new LinkedBlockingQueue<>();
    private final Thread thread = new Thread(this::run, "leadsquared-ledger");
    private final Object writing = new Object();
    private volatile boolean open;
    private volatile boolean noMoreCalls;
    private volatile boolean closed;
    private @Nullable Transactions transactions;
    private long accountAt;
    /** Where this process has last written whose journal it is: every owner does, when it becomes one. */
    private long accountPosition = JournalIndex.UNKNOWN;

    private boolean alone;
    private long commitBegan;

    /**
     * @param fenced what happens when another process writes to this journal while this one is the owner
     */
    LedgerWriter(
            KafkaConnection connection,
            String journalTopic,
            String account,
            Journal journal,
            InFlight inFlight,
            TopicWatch watch,
            Runnable fenced) {
        this.connection = connection;
        this.journalTopic = journalTopic;
        this.account = account;
        this.journal = journal;
        this.inFlight = inFlight;
        this.watch = watch;
        this.fenced = fenced;
        thread.setDaemon(true);
        thread.start();
    }

    Membership membership() {
        return membership;
    }

    void add(LedgerEntry entry) {
        if (noMoreCalls && entry.callFollows()) {
            entry.dropped().run();
        } else {
            queue.add(entry);
        }
    }

    /**
     * Fences off whoever wrote before, and reads what that one has written.
     *
     * @return how long ago the last call was made, by the broker's time; zero where that is not known
     */
    Duration open() {
        synchronized (writing) {
            closeTransactions();
            Transactions fencing = new Transactions(connection, journalTopic, () -> !noMoreCalls);
            transactions = fencing;
            readJournal();
            alone = journal.accountPosition() == accountPosition;
            watch.begin();
            try {
                Written now = Objects.requireNonNull(
                        fencing.commit(List.of(LedgerEntry.account(account)), Map.of(), membership.group())
                                .get(0));
                accountAt = System.nanoTime();
                accountPosition = now.offset();
                open = true;
                long newest = journal.newestCall();
                return newest == 0 ? Duration.ZERO : Duration.ofMillis(Math.max(0, now.timestamp() - newest));
            } catch (NotCommitted e) {
                watch.doubt();
                throw new KafkaNotReady("The journal cannot be written to: " + e.getCause());
            }
        }
    }

    /** Reads the journal to its end, and whose it is. */
    void readJournal() {
        journal.awaitEnd(() -> !closed);
        journal.checkAccount(account);
    }

    /** Whether nobody else has been the owner between this process's last ownership and this one. */
    boolean wasAlone() {
        synchronized (writing) {
            return alone;
        }
    }

    /** When the last commit began, whatever came of it; on the thread that what stands is told on. */
    long commitBegan() {
        return commitBegan;
    }

    /** Nothing is written any more; what waits is dropped. */
    void shut() {
        open = false;
        synchronized (writing) {
            closeTransactions();
        }
        List<LedgerEntry> waiting = new ArrayList<>();
        queue.drainTo(waiting);
        dropAll(waiting);
    }

    /** The bundle stops: calls that wait for their mark are not made; outcomes are still written. */
    void refuseCalls() {
        noMoreCalls = true;
        dropCalls(queue);
    }

    /** Whether Kafka is waited for: once the bundle stops, the next owner finds out what stands. */
    private boolean isPatient() {
        return open && !noMoreCalls;
    }

    private void closeTransactions() {
        if (transactions != null) {
            transactions.close();
            transactions = null;
        }
    }

    private static void dropAll(List<LedgerEntry> entries) {
        entries.forEach(entry -> entry.dropped().run());
    }

    private void run() {
        while (!closed) {
            List<LedgerEntry> entries = new ArrayList<>();
            try {
                LedgerEntry first = queue.poll(1, TimeUnit.SECONDS);
                if (first != null) {
                    entries.add(first);
                    queue.drainTo(entries, LARGEST_GROUP);
                }
                if (open && System.nanoTime() - accountAt > ACCOUNT_EVERY) {
                    // The journal forgets by age, and must not forget whose it is.
                    accountAt = System.nanoTime();
                    entries.add(LedgerEntry.account(account));
                }
                write(entries);
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOG.error("The ledger met a defect", e);
            }
            // What does not stand now never will; whoever waits for it has to hear of it.
            dropAll(entries);
        }
    }

    /** Leaves of the entries those that do not stand. */
    private void write(List<LedgerEntry> entries) throws InterruptedException {
        synchronized (writing) {
            while (open && transactions != null && (!watch.ready() || !entries.isEmpty())) {
                if (noMoreCalls) {
                    dropCalls(entries);
                }
                if (watch.problem() != null) {
                    TimeUnit.MILLISECONDS.sleep(100);
                    continue;
                }
                Map<TopicPartition, OffsetAndMetadata> offsets = inFlight.committable(done(entries));
                try {
                    commit(entries, offsets);
                    entries.clear();
                } catch (ProducerFencedException | InvalidProducerEpochException e) {
                    lookWhoWrites(entries);
                } catch (NotCommitted e) {
                    tryAgainAfter(Objects.requireNonNull(e.getCause()));
                } catch (RuntimeException e) {
                    LOG.warn("A commit's end is not known ({}); what stands is looked up", e.toString());
                    lookUp(entries);
                }
            }
        }
    }

    private static void dropCalls(Collection<LedgerEntry> entries) {
        List<LedgerEntry> calls = new ArrayList<>();
        entries.removeIf(entry -> entry.callFollows() && calls.add(entry));
        dropAll(calls);
    }

    private void commit(List<LedgerEntry> entries, Map<TopicPartition, OffsetAndMetadata> offsets) throws NotCommitted {
        List<LedgerEntry> counted = new ArrayList<>(entries);
        DayCount count = count(entries);
        if (count != null) {
            counted.add(LedgerEntry.count(count));
        }
        commitBegan = System.nanoTime();
        List<@Nullable Written> stands = null;
        if (!offsets.isEmpty() || entries.stream().anyMatch(LedgerEntry::writes)) {
            stands = Objects.requireNonNull(transactions).commit(counted, offsets, membership.group());
        }
        for (int i = 0; i < entries.size(); i++) {
            LedgerEntry entry = entries.get(i);
            Written word = stands == null ? null : stands.get(i);
            if (entry.key().equals(JournalFormat.ACCOUNT) && word != null) {
                accountPosition = word.offset();
            }
            if (word != null && word.entry() != null) {
                journal.put(entry.key(), word.entry(), word.offset());
            }
        }
        inFlight.committed(offsets);
        stands(entries);
    }

    /**
     * The day's calls with those whose marks are written now; null where there are none. It stands in a record of its own
     * that is as old as they are: a mark is gone once its event is done and the journal is compacted.
     */
    private static @Nullable DayCount count(List<LedgerEntry> entries) {
        DayCount count = null;
        for (LedgerEntry entry : entries) {
            if (entry.counting() != null) {
                count = entry.counting().get();
            }
        }
        return count;
    }

    private void stands(List<LedgerEntry> entries) {
        for (LedgerEntry entry : entries) {
            if (entry.done() != null) {
                inFlight.done(entry.done());
            }
            entry.committed().run();
        }
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

    private void tryAgainAfter(Throwable why) throws InterruptedException {
        if (why instanceof CommitFailedException || why instanceof RebalanceInProgressException) {
            // A member joined or left; the next poll shows the group as it is now, or that this is no owner.
            LOG.info("The group changed under a commit; it is made again");
            membership.awaitNews(() -> open);
        } else {
            LOG.warn("A commit was taken back ({}); it is made again", why.toString());
            watch.doubt();
            TimeUnit.MILLISECONDS.sleep(500);
        }
    }

    /**
     * Somebody else writes: the new owner, of whom this process has not heard yet, or one that should not be. Each has said
     * so in the journal; where nobody has, an older Kafka has given up a transaction that took too long.
     */
    private void lookWhoWrites(List<LedgerEntry> entries) throws InterruptedException {
        try {
            if (journal.awaitEnd(() -> open) && journal.accountPosition() == accountPosition) {
                lookUp(entries);
                return;
            }
        } catch (RuntimeException e) {
            LOG.warn("The journal does not say who writes to it ({}); asked again", e.toString());
            TimeUnit.SECONDS.sleep(1);
            return;
        }
        if (membership.confirmed(() -> open)) {
            fenced.run();
        }
        open = false;
    }

    /**
     * A new producer settles the old one's transaction, one way or the other; then the journal tells which entries stand.
     * They are taken out, for they are not written again: that made two outcomes of one.
     */
    private void lookUp(List<LedgerEntry> entries) throws InterruptedException {
        closeTransactions();
        // A new producer fences off others: only the owner may have one, and only the group knows who that is.
        while (membership.confirmed(this::isPatient)) {
            try {
                transactions = new Transactions(connection, journalTopic, this::isPatient);
                if (journal.awaitEnd(() -> open)) {
                    takeWhatStands(entries);
                    return;
                }
            } catch (RuntimeException e) {
                LOG.warn("Kafka does not answer the ledger ({}); tried again", e.toString());
                closeTransactions();
                TimeUnit.SECONDS.sleep(1);
            }
        }
    }

    /** They were one transaction: an event's earlier words stand where its last one does, which hides them in the journal. */
    private void takeWhatStands(List<LedgerEntry> entries) {
        Map<String, LedgerEntry> last = new HashMap<>();
        entries.forEach(entry -> last.put(entry.key(), entry));
        List<LedgerEntry> standing = new ArrayList<>();
        entries.removeIf(entry ->
                Objects.requireNonNull(last.get(entry.key())).stands(journal.get(entry.key())) && standing.add(entry));
        stands(standing);
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
