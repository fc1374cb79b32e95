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
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one thread that writes to the journal. It commits as one group what has come together since its last commit. */
public final class LedgerWriter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LedgerWriter.class);

    private final AccountEntry account;
    private final Journal journal;
    private final GroupCommit groups;
    private final RejectedEntries rejected;
    private final OverwrittenEntries overwritten;
    private final TopicWatch watch;
    private final WriterSession session;
    private final CommitRecovery recovery;
    private final GroupMembership membership = new GroupMembership();
    private final EntryQueue queue = new EntryQueue();
    private final Thread thread = new Thread(this::run, "leadsquared-ledger");
    private final Object writing = new Object();
    private volatile boolean closed;
    private boolean alone;

    /**
     * @param fenced what happens when another process writes to this journal while this one is the owner
     */
    public LedgerWriter(
            KafkaConnection connection,
            TopicNames names,
            AccountEntry account,
            Journal journal,
            OffsetTracker offsetTracker,
            TopicWatch watch,
            Runnable fenced) {
        this.account = account;
        this.journal = journal;
        this.groups = new GroupCommit(journal, offsetTracker, membership);
        this.rejected = new RejectedEntries(watch, names.deadLetters());
        this.overwritten = new OverwrittenEntries(journal);
        this.watch = watch;
        this.session = new WriterSession(connection, names.journal());
        this.recovery = new CommitRecovery(session, journal, groups, membership, this::isPatient, fenced);
        thread.setDaemon(true);
        thread.start();
    }

    public GroupMembership membership() {
        return membership;
    }

    public void add(LedgerEntry entry) {
        queue.add(entry);
    }

    /**
     * Fences off whoever wrote before, and reads what that one has written.
     *
     * @return how long ago the last call was made, by the broker's time; zero where that is not known
     */
    public Duration open() {
        synchronized (writing) {
            LedgerTransaction fencing = session.fenceOff(() -> !queue.isBundleStopping());
            readJournal();
            alone = journal.accountPosition() == groups.accountPosition();
            watch.begin();
            try {
                Written own = groups.own(fencing, account.say());
                queue.ownershipBegins();
                groups.takeOffsets(true);
                session.open();
                long newest = journal.newestCall();
                return newest == 0 ? Duration.ZERO : Duration.ofMillis(Math.max(0, own.timestamp() - newest));
            } catch (NotCommitted e) {
                watch.doubt();
                e.rejected().forEach(record -> watch.recordRejected(record.problem()));
                throw new KafkaNotReady("The journal cannot be written to: " + e.getCause());
            }
        }
    }

    /** Reads the journal to its end, and checks whose it is. */
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

    /** When the last commit began, whatever its result. For the thread that tells the result. */
    public long commitBegan() {
        return groups.began();
    }

    /** Nothing is written any more; what waits is dropped. */
    public void shut() {
        session.end();
        List<LedgerEntry> waiting = new ArrayList<>();
        synchronized (writing) {
            session.closeProducer();
            waiting.addAll(rejected.takeAll());
        }
        waiting.addAll(queue.takeAll());
        EntryQueue.drop(waiting);
    }

    /** The bundle stops: no call is made any more, and outcomes are still written. */
    public void stopCalls() {
        queue.bundleStops();
    }

    /** This ownership ends: no call is made until the next one begins. */
    public void handOver() {
        queue.ownershipEnds();
    }

    /** Whether a call may begin: neither the bundle nor the ownership ends. */
    public boolean takesCalls() {
        return queue.takesCalls();
    }

    /** Whether Kafka is waited for. Once the bundle stops, the next owner finds out what is committed. */
    private boolean isPatient() {
        return session.isOpen() && !queue.isBundleStopping();
    }

    private void run() {
        while (!closed) {
            List<LedgerEntry> entries = List.of();
            try {
                entries = queue.next();
                if (session.isOpen() && account.isDue()) {
                    entries.add(account.say());
                }
                if (session.isOpen()) {
                    entries.addAll(0, overwritten.again());
                }
                write(entries);
            } catch (InterruptedException e) {
                return;
            } finally {
                // What is not committed now never will be; whoever waits for it has to hear of it.
                EntryQueue.drop(entries);
            }
        }
    }

    /** Leaves of the entries those that are not committed, and do not wait until their topic takes them. */
    private void write(List<LedgerEntry> entries) throws InterruptedException {
        synchronized (writing) {
            while (session.canWrite() && (!watch.ready() || !entries.isEmpty() || rejected.isDue())) {
                if (!takesCalls()) {
                    EntryQueue.dropCalls(entries);
                    EntryQueue.drop(rejected.takeCalls());
                }
                if (!watch.ready()) {
                    TimeUnit.MILLISECONDS.sleep(100);
                    continue;
                }
                writeGroup(rejected.next(entries), entries);
            }
        }
    }

    private void writeGroup(List<LedgerEntry> group, List<LedgerEntry> entries) throws InterruptedException {
        try {
            groups.commit(session.transactions(), group);
            group.clear();
        } catch (ProducerFencedException | InvalidProducerEpochException e) {
            recovery.recover(group);
        } catch (NotCommitted e) {
            if (!e.rejected().isEmpty()) {
                rejected.takeOut(e.rejected(), group, entries);
                return;
            }
            tryAgainAfter(Objects.requireNonNull(e.getCause()));
        } catch (RuntimeException e) {
            LOG.warn("A commit's end is not known ({}); what stands is looked up", e.toString());
            recovery.recover(group);
        }
        if (group.isEmpty()) {
            rejected.written(group, entries);
        }
    }

    private void tryAgainAfter(Throwable why) throws InterruptedException {
        if (why instanceof CommitFailedException || why instanceof RebalanceInProgressException) {
            // A member joined or left; the next poll shows the group as it is now, or that this is no owner.
            LOG.info("The group changed under a commit; it is made again");
            groups.takeOffsets(!queue.isOwnershipEnding());
            membership.awaitNews(() -> session.isOpen() && !queue.isOwnershipEnding());
        } else {
            LOG.warn("A commit was taken back ({}); it is made again", why.toString());
            watch.doubt();
            TimeUnit.MILLISECONDS.sleep(500);
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
