package io.lsqroutes.journal;

import io.lsqroutes.budget.DayCount;
import io.lsqroutes.event.RecordPosition;
import io.lsqroutes.journal.JournalEntry.State;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * What the journal said, as far as it was read. It keeps the entries of events under way, and the positions of all others.
 * Not synchronised.
 */
final class JournalState {
    /** More would hold the ledger up. */
    private static final int MOST_AT_ONCE = 100;

    private record Underway(JournalEntry entry, long position) {}

    private final ForeignRecords foreign;
    private final Map<String, Underway> underway = new HashMap<>();
    private final JournalIndex index = new JournalIndex();
    private final Set<String> overwritten = new LinkedHashSet<>();
    private @Nullable JournalAccount account;
    private long accountPosition = JournalIndex.UNKNOWN;
    private long newestCall;
    private @Nullable DayCount count;

    JournalState(ForeignRecords foreign) {
        this.foreign = foreign;
    }

    /**
     * Learns from a record, or skips it where it is not the bundle's own.
     *
     * @throws JournalRejected if a newer version of the bundle wrote it
     */
    void take(ConsumerRecord<byte[], byte[]> record) {
        String key = JournalFormat.ownKey(record.key());
        if (key == null || record.value() == null || !take(key, record)) {
            foreign.skip(key, record);
            if (key != null && !knowsNothingOf(key) && position(key) < record.offset()) {
                overwritten.add(key);
            }
        }
    }

    /** Whether the record is the bundle's own. */
    private boolean take(String key, ConsumerRecord<byte[], byte[]> record) {
        if (key.equals(JournalFormat.ACCOUNT)) {
            JournalAccount read = JournalFormat.readAccount(record.value());
            account = read == null ? account : read.after(account);
            accountPosition = read == null ? accountPosition : record.offset();
            return read != null;
        }
        if (key.equals(JournalFormat.COUNT)) {
            DayCount read = JournalFormat.readCount(record.value());
            count = read != null && (count == null || read.isBeyond(count)) ? read : count;
            return read != null;
        }
        if (!JournalFormat.isEntry(key) && !key.equals(JournalFormat.CALL)) {
            // Something that a later bundle of the same version writes besides.
            return JournalFormat.isOfThisVersion(record.value());
        }
        // This process knows already what it has written itself.
        boolean known = position(key) >= record.offset();
        JournalEntry entry = known ? null : JournalFormat.read(record.value());
        if (known || entry != null) {
            newestCall = Math.max(newestCall, record.timestamp());
        }
        if (entry != null && JournalFormat.isEntry(key)) {
            put(key, entry, record.offset());
        }
        return known || entry != null;
    }

    /** Notes the entry of this key at this offset, unless an entry at a higher offset is known. */
    void put(String key, JournalEntry entry, long position) {
        if (position <= position(key)) {
            return;
        }
        overwritten.remove(key);
        if (entry.state() == State.CALLING || entry.state() == State.ANSWERED) {
            underway.put(key, new Underway(entry, position));
        } else {
            underway.remove(key);
            index.put(key, position, entry.state() == State.DONE ? identity(entry.source()) : 0);
        }
    }

    /** The entry of an event under way; null if this key has none. */
    @Nullable
    JournalEntry underway(String key) {
        Underway known = underway.get(key);
        return known == null ? null : known.entry();
    }

    /** The offset of this key's last entry, or {@link JournalIndex#UNKNOWN}. */
    long position(String key) {
        Underway known = underway.get(key);
        return known == null ? index.position(key) : known.position();
    }

    /** Never 0. */
    private static long identity(RecordPosition source) {
        long mixed = 0;
        for (long part :
                new long[] {source.topic().hashCode(), source.partition(), source.offset(), source.timestamp()}) {
            mixed = (mixed ^ part) * 0x9E3779B97F4A7C15L;
            mixed ^= mixed >>> 32;
        }
        return mixed == 0 ? 1 : mixed;
    }

    /** Whether the entry of this key says that this record is done. */
    boolean isDone(String key, RecordPosition source) {
        return !underway.containsKey(key) && index.identity(key) == identity(source);
    }

    boolean knowsNothingOf(String key) {
        return position(key) == JournalIndex.UNKNOWN;
    }

    int size() {
        return index.size() + underway.size();
    }

    /** Forgets the entries before this offset, which Kafka has deleted by age. */
    void forgetBefore(long beginning) {
        index.forgetBefore(beginning);
        underway.values().removeIf(entry -> entry.position() < beginning);
    }

    /**
     * The keys of some entries that a foreign record follows: compaction would keep that record and take the entry. Each
     * key is given once.
     */
    List<String> takeOverwritten() {
        List<String> keys = overwritten.stream().limit(MOST_AT_ONCE).toList();
        keys.forEach(overwritten::remove);
        return keys;
    }

    @Nullable
    JournalAccount account() {
        return account;
    }

    long accountPosition() {
        return accountPosition;
    }

    long newestCall() {
        return newestCall;
    }

    @Nullable
    DayCount count() {
        return count;
    }
}
