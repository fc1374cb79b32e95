package io.lsqroutes.commit;

import io.lsqroutes.budget.DayCount;
import io.lsqroutes.commit.LedgerTransaction.Written;
import io.lsqroutes.event.RecordPosition;
import io.lsqroutes.journal.Journal;
import io.lsqroutes.journal.JournalFormat;
import io.lsqroutes.journal.JournalIndex;
import io.lsqroutes.kafka.GroupMembership;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Commits a group of entries in one transaction, and tells each entry that it is committed. For one thread at a time. */
final class GroupCommit {
    private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);

    private final Journal journal;
    private final OffsetTracker offsetTracker;
    private final GroupMembership membership;
    private long accountPosition = JournalIndex.UNKNOWN;
    private long began;
    private boolean withOffsets = true;

    GroupCommit(Journal journal, OffsetTracker offsetTracker, GroupMembership membership) {
        this.journal = journal;
        this.offsetTracker = offsetTracker;
        this.membership = membership;
    }

    /** Where this process has last named its account in the journal. Every owner does so when it becomes the owner. */
    long accountPosition() {
        return accountPosition;
    }

    /** When the last commit began, whatever its result. For the thread that the entries are told on. */
    long began() {
        return began;
    }

    /**
     * Whether offsets go with what is written. If the group changes under a hand-over, they stay. The next owner then reads
     * records again that are done, and skips them.
     */
    void takeOffsets(boolean taken) {
        withOffsets = taken;
    }

    /** Writes whose journal it is, and nothing else. */
    Written own(LedgerTransaction transactions, LedgerEntry account) throws NotCommitted {
        Written own = Objects.requireNonNull(transactions
                .commit(List.of(account), Map.of(), membership.group())
                .get(0));
        accountPosition = own.offset();
        return own;
    }

    /** Writes all of them, with the offsets that they let go. */
    void commit(LedgerTransaction transactions, List<LedgerEntry> entries) throws NotCommitted {
        Map<TopicPartition, OffsetAndMetadata> offsets =
                withOffsets ? offsetTracker.committable(done(entries)) : Map.of();
        List<LedgerEntry> counted = new ArrayList<>(entries);
        DayCount count = count(entries);
        if (count != null) {
            counted.add(LedgerEntry.count(count));
        }
        began = System.nanoTime();
        if (!offsets.isEmpty() || entries.stream().anyMatch(LedgerEntry::writes)) {
            note(entries, transactions.commit(counted, offsets, membership.group()));
        }
        offsetTracker.committed(offsets);
        tellCommitted(entries);
    }

    /**
     * The day's calls with those whose marks are written now; null if no call is marked. The count has a record of its own
     * that is as young as the marks. A mark is gone once its event is done and the journal is compacted.
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

    private static Set<RecordPosition> done(List<LedgerEntry> entries) {
        Set<RecordPosition> done = new HashSet<>();
        for (LedgerEntry entry : entries) {
            if (entry.done() != null) {
                done.add(entry.done());
            }
        }
        return done;
    }

    private void note(List<LedgerEntry> entries, List<@Nullable Written> committed) {
        for (int i = 0; i < entries.size(); i++) {
            String key = entries.get(i).key();
            Written written = committed.get(i);
            if (written != null && key.equals(JournalFormat.ACCOUNT)) {
                accountPosition = written.offset();
            }
            if (written != null && written.entry() != null) {
                journal.put(key, written.entry(), written.offset());
            }
        }
    }

    /** A defect in what follows from one entry does not keep the others of the group from being told. */
    private void tellCommitted(List<LedgerEntry> entries) {
        for (LedgerEntry entry : entries) {
            if (entry.done() != null) {
                offsetTracker.done(entry.done());
            }
            try {
                entry.committed().run();
            } catch (RuntimeException e) {
                LOG.error("What follows an entry of the journal met a defect", e);
                if (entry.callFollows()) {
                    entry.dropped().run();
                }
            }
        }
    }

    /**
     * Takes out of a group what the journal says is committed. The group was one transaction. An event's earlier entries are
     * committed if its last one is, which hides them in the journal.
     */
    void takeCommitted(List<LedgerEntry> entries) {
        Map<String, LedgerEntry> last = new HashMap<>();
        entries.forEach(entry -> last.put(entry.key(), entry));
        List<LedgerEntry> committed = new ArrayList<>();
        entries.removeIf(entry -> Objects.requireNonNull(last.get(entry.key())).isCommitted(journal.get(entry.key()))
                && committed.add(entry));
        tellCommitted(committed);
    }
}
