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

/** Commits a group of entries as one, and tells everybody concerned what stands. For one thread at a time. */
final class GroupCommit {
    private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);

    private final Journal journal;
    private final OffsetTracker inFlight;
    private final GroupMembership membership;
    private long accountPosition = JournalIndex.UNKNOWN;
    private long began;
    private boolean withOffsets = true;

    GroupCommit(Journal journal, OffsetTracker inFlight, GroupMembership membership) {
        this.journal = journal;
        this.inFlight = inFlight;
        this.membership = membership;
    }

    /** Where this process has last written whose journal it is: every owner does, when it becomes one. */
    long accountPosition() {
        return accountPosition;
    }

    /** When the last commit began, whatever came of it; on the thread that what stands is told on. */
    long began() {
        return began;
    }

    /**
     * Whether offsets go with what is written. Where the group changes under a hand-over they stay: the next owner reads
     * records again that are done, and skips them.
     */
    void takeOffsets(boolean taken) {
        withOffsets = taken;
    }

    /**
     * Writes whose journal it is, and nothing else.
     *
     * @return where that stands
     */
    Written own(LedgerTransaction transactions, LedgerEntry account) throws NotCommitted {
        Written now = Objects.requireNonNull(transactions
                .commit(List.of(account), Map.of(), membership.group())
                .get(0));
        accountPosition = now.offset();
        return now;
    }

    /** Writes all of them, with the offsets that they let go. */
    void commit(LedgerTransaction transactions, List<LedgerEntry> entries) throws NotCommitted {
        Map<TopicPartition, OffsetAndMetadata> offsets = withOffsets ? inFlight.committable(done(entries)) : Map.of();
        List<LedgerEntry> counted = new ArrayList<>(entries);
        DayCount count = count(entries);
        if (count != null) {
            counted.add(LedgerEntry.count(count));
        }
        began = System.nanoTime();
        List<@Nullable Written> stands = null;
        if (!offsets.isEmpty() || entries.stream().anyMatch(LedgerEntry::writes)) {
            stands = transactions.commit(counted, offsets, membership.group());
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

    private static Set<RecordPosition> done(List<LedgerEntry> entries) {
        Set<RecordPosition> done = new HashSet<>();
        for (LedgerEntry entry : entries) {
            if (entry.done() != null) {
                done.add(entry.done());
            }
        }
        return done;
    }

    /** A defect of one that is told so is its own: the others of the group hear of it all the same. */
    private void stands(List<LedgerEntry> entries) {
        for (LedgerEntry entry : entries) {
            if (entry.done() != null) {
                inFlight.done(entry.done());
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
     * Takes out of a group what the journal says stands. The group was one transaction: an event's earlier words stand
     * where its last one does, which hides them in the journal.
     */
    void takeWhatStands(List<LedgerEntry> entries) {
        Map<String, LedgerEntry> last = new HashMap<>();
        entries.forEach(entry -> last.put(entry.key(), entry));
        List<LedgerEntry> standing = new ArrayList<>();
        entries.removeIf(entry ->
                Objects.requireNonNull(last.get(entry.key())).stands(journal.get(entry.key())) && standing.add(entry));
        stands(standing);
    }
}
