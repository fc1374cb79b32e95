package io.lsqroutes.commit;

import io.lsqroutes.commit.LedgerTransaction.Written;
import io.lsqroutes.journal.Journal;
import io.lsqroutes.kafka.GroupMembership;
import io.lsqroutes.kafka.KafkaConnection;
import io.lsqroutes.kafka.KafkaNotReady;
import io.lsqroutes.topics.TopicNames;
import io.lsqroutes.topics.TopicWatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one thread that writes: it commits all that waits as a group, and finds out what stands when a commit's end is unknown. */
public final class LedgerWriter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LedgerWriter.class);
    private static final int LARGEST_GROUP = 500;

    private final KafkaConnection connection;
    private final String journalTopic;
    private final AccountEntry account;
    private final Journal journal;
    private final GroupCommit groups;
    private final RejectedEntries refused;
    private final OverwrittenEntries overwritten;
    private final TopicWatch watch;
    private final Runnable fenced;
    private final GroupMembership membership = new GroupMembership();
    private final BlockingQueue<LedgerEntry> queue = new LinkedBlockingQueue<>();
    private final Thread thread = new Thread(this::run, "leadsquared-ledger");
    private final Object writing = new Object();
    private volatile boolean open;
    private volatile boolean noMoreCalls;
    private volatile boolean handingOver;
    private volatile boolean closed;
    private @Nullable LedgerTransaction transactions;
    private boolean alone;

    /**
     * @param fenced what happens when another process writes to this journal while this one is the owner
     */
    public LedgerWriter(
            KafkaConnection connection,
            TopicNames names,
            AccountEntry account,
            Journal journal,
            OffsetTracker inFlight,
            TopicWatch watch,
            Runnable fenced) {
        this.connection = connection;
        this.journalTopic = names.journal();
        this.account = account;
        this.journal = journal;
        this.groups = new GroupCommit(journal, inFlight, membership);
        this.refused = new RejectedEntries(watch, names.deadLetters());
        this.overwritten = new OverwrittenEntries(journal);
        this.watch = watch;
        this.fenced = fenced;
        thread.setDaemon(true);
        thread.start();
    }

    public GroupMembership membership() {
        return membership;
    }

    public void add(LedgerEntry entry) {
        if (!takesCalls() && entry.callFollows()) {
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
    public Duration open() {
        synchronized (writing) {
            closeTransactions();
            LedgerTransaction fencing = new LedgerTransaction(connection, journalTopic, () -> !noMoreCalls);
            transactions = fencing;
            readJournal();
            alone = journal.accountPosition() == groups.accountPosition();
            watch.begin();
            try {
                Written now = groups.own(fencing, account.say());
                handingOver = false;
                groups.takeOffsets(true);
                open = true;
                long newest = journal.newestCall();
                return newest == 0 ? Duration.ZERO : Duration.ofMillis(Math.max(0, now.timestamp() - newest));
            } catch (NotCommitted e) {
                watch.doubt();
                e.refused().forEach(word -> watch.refusal(word.problem()));
                throw new KafkaNotReady("The journal cannot be written to: " + e.getCause());
            }
        }
    }

    /** Reads the journal to its end, and whose it is. */
    public void readJournal() {
        journal.awaitEnd(() -> !closed);
        account.check();
    }

    /** Whether nobody else has been the owner between this process's last ownership and this one. */
    public boolean wasAlone() {
        synchronized (writing) {
            return alone;
        }
    }

    /** When the last commit began, whatever came of it; on the thread that what stands is told on. */
    public long commitBegan() {
        return groups.began();
    }

    /** Nothing is written any more; what waits is dropped. */
    public void shut() {
        open = false;
        List<LedgerEntry> waiting = new ArrayList<>();
        synchronized (writing) {
            closeTransactions();
            waiting.addAll(refused.takeAll());
        }
        queue.drainTo(waiting);
        dropAll(waiting);
    }

    /** The bundle stops: calls that wait for their mark are not made; outcomes are still written. */
    public void refuseCalls() {
        noMoreCalls = true;
        dropCalls(queue);
    }

    /** This ownership ends: the same until the next one. */
    public void handOver() {
        handingOver = true;
        dropCalls(queue);
    }

    /** Whether a call may begin: neither the bundle nor the ownership ends. */
    public boolean takesCalls() {
        return !noMoreCalls && !handingOver;
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
                if (open && account.isDue()) {
                    entries.add(account.say());
                }
                if (open) {
                    entries.addAll(0, overwritten.again());
                }
                write(entries);
            } catch (InterruptedException e) {
                return;
            } finally {
                // What does not stand now never will; whoever waits for it has to hear of it.
                dropAll(entries);
            }
        }
    }

    /** Leaves of the entries those that do not stand, and not those that wait until their topic takes them. */
    private void write(List<LedgerEntry> entries) throws InterruptedException {
        synchronized (writing) {
            while (open && transactions != null && (!watch.ready() || !entries.isEmpty() || refused.isDue())) {
                if (!takesCalls()) {
                    dropCalls(entries);
                    dropAll(refused.takeCalls());
                }
                if (!watch.ready()) {
                    TimeUnit.MILLISECONDS.sleep(100);
                    continue;
                }
                writeGroup(refused.next(entries), entries);
            }
        }
    }

    private void writeGroup(List<LedgerEntry> group, List<LedgerEntry> entries) throws InterruptedException {
        try {
            groups.commit(Objects.requireNonNull(transactions), group);
            group.clear();
        } catch (ProducerFencedException | InvalidProducerEpochException e) {
            lookWhoWrites(group);
        } catch (NotCommitted e) {
            if (!e.refused().isEmpty()) {
                refused.takeOut(e.refused(), group, entries);
                return;
            }
            tryAgainAfter(Objects.requireNonNull(e.getCause()));
        } catch (RuntimeException e) {
            LOG.warn("A commit's end is not known ({}); what stands is looked up", e.toString());
            lookWhoWrites(group);
        }
        if (group.isEmpty()) {
            refused.written(group, entries);
        }
    }

    private static void dropCalls(Collection<LedgerEntry> entries) {
        List<LedgerEntry> calls = new ArrayList<>();
        entries.removeIf(entry -> entry.callFollows() && calls.add(entry));
        dropAll(calls);
    }

    private void tryAgainAfter(Throwable why) throws InterruptedException {
        if (why instanceof CommitFailedException || why instanceof RebalanceInProgressException) {
            // A member joined or left; the next poll shows the group as it is now, or that this is no owner.
            LOG.info("The group changed under a commit; it is made again");
            groups.takeOffsets(!handingOver);
            membership.awaitNews(() -> open && !handingOver);
        } else {
            LOG.warn("A commit was taken back ({}); it is made again", why.toString());
            watch.doubt();
            TimeUnit.MILLISECONDS.sleep(500);
        }
    }

    /**
     * Somebody else may write: the new owner, of whom this process has not heard yet, or one that should not be. Each has
     * said so in the journal. Where nobody has, an older Kafka has given up a transaction, or a commit's end is not known.
     */
    private void lookWhoWrites(List<LedgerEntry> entries) throws InterruptedException {
        while (isPatient()) {
            boolean anotherOne;
            try {
                anotherOne = journal.awaitEnd(this::isPatient) && journal.accountPosition() != groups.accountPosition();
            } catch (RuntimeException e) {
                LOG.warn("The journal does not say who writes to it ({}); asked again", e.toString());
                TimeUnit.SECONDS.sleep(1);
                continue;
            }
            if (anotherOne) {
                standBack();
            } else {
                lookUp(entries);
            }
            return;
        }
        // The next owner finds out what stands.
        closeTransactions();
    }

    /** The new owner writes now, which this process hears of soon; or a process that should not. */
    private void standBack() throws InterruptedException {
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
                transactions = new LedgerTransaction(connection, journalTopic, this::isPatient);
                if (journal.awaitEnd(() -> open)) {
                    groups.takeWhatStands(entries);
                    return;
                }
            } catch (RuntimeException e) {
                LOG.warn("Kafka does not answer the ledger ({}); tried again", e.toString());
                closeTransactions();
                TimeUnit.SECONDS.sleep(1);
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
