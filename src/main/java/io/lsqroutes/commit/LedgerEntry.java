package io.lsqroutes.commit;

import io.lsqroutes.budget.DayCount;
import io.lsqroutes.event.RecordPosition;
import io.lsqroutes.journal.JournalAccount;
import io.lsqroutes.journal.JournalEntry;
import io.lsqroutes.journal.JournalFormat;
import java.util.List;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * What has to be written together for one event.
 *
 * @param key the journal's key for it
 * @param entry what the journal says once this is committed; null if it says nothing new of an event
 * @param journalValue how that is written in the journal; null if nothing is, or if it follows from the forward's position
 * @param forward the record that the event goes on with, if it is forwarded; its position is part of the journal's value
 * @param records the outcome and what goes with it, beside the journal's record
 * @param done the record whose offset may go with it
 * @param counting counts the call that is made once this is committed; null if no call follows. It gives null if nobody
 *     needs the count
 * @param committed runs on the ledger's thread when this is committed
 * @param notForwarded runs instead of the two others when Kafka rejects the forward for good; null if nothing is forwarded
 * @param dropped runs when this will never be committed, because another process owns the event now
 */
public record LedgerEntry(
        String key,
        @Nullable JournalEntry entry,
        @Nullable String journalValue,
        @Nullable ProducerRecord<byte[], byte[]> forward,
        List<ProducerRecord<byte[], byte[]>> records,
        @Nullable RecordPosition done,
        @Nullable Supplier<@Nullable DayCount> counting,
        Runnable committed,
        @Nullable Runnable notForwarded,
        Runnable dropped) {

    /** The journal speaks of this event. */
    public static LedgerEntry of(
            String key,
            JournalEntry entry,
            List<ProducerRecord<byte[], byte[]>> records,
            @Nullable RecordPosition done,
            Runnable committed,
            Runnable dropped) {
        return new LedgerEntry(
                key, entry, JournalFormat.line(entry), null, records, done, null, committed, null, dropped);
    }

    /** The event goes on with another record, and this one is done with. */
    public static LedgerEntry forward(
            String key,
            JournalEntry entry,
            ProducerRecord<byte[], byte[]> record,
            Runnable committed,
            Runnable notForwarded) {
        return new LedgerEntry(
                key, entry, null, record, List.of(), entry.origin(), null, committed, notForwarded, () -> {});
    }

    /** A call of this event is about to be made. */
    public static LedgerEntry call(
            String key, JournalEntry entry, Supplier<@Nullable DayCount> counting, Runnable go, Runnable notMade) {
        return new LedgerEntry(
                key, entry, JournalFormat.line(entry), null, List.of(), null, counting, go, null, notMade);
    }

    /** Only the record's offset goes. */
    public static LedgerEntry offset(RecordPosition done) {
        return new LedgerEntry("/offset", null, null, null, List.of(), done, null, () -> {}, null, () -> {});
    }

    /** Runs when all that was added before is committed, or never will be. */
    public static LedgerEntry flush(Runnable written) {
        return new LedgerEntry("/flush", null, null, null, List.of(), null, null, written, null, written);
    }

    /** The journal is this account's. */
    static LedgerEntry account(JournalAccount account) {
        return ofBundle(JournalFormat.ACCOUNT, JournalFormat.accountLine(account));
    }

    /** So often the account was called on that day. */
    static LedgerEntry count(DayCount count) {
        return ofBundle(JournalFormat.COUNT, JournalFormat.countLine(count));
    }

    private static LedgerEntry ofBundle(String key, String journalValue) {
        return new LedgerEntry(key, null, journalValue, null, List.of(), null, null, () -> {}, null, () -> {});
    }

    /** The same with other records beside the journal's. */
    LedgerEntry with(List<ProducerRecord<byte[], byte[]>> others) {
        return new LedgerEntry(
                key, entry, journalValue, forward, others, done, counting, committed, notForwarded, dropped);
    }

    /** Whether a call is made once this is committed. Such an entry is dropped when no more calls are wanted. */
    boolean callFollows() {
        return counting != null;
    }

    /** Whether it has anything to write beside an offset. */
    boolean writes() {
        return journalValue != null || forward != null;
    }

    /**
     * Whether this is committed.
     *
     * @param known the journal's last entry of this key
     */
    boolean isCommitted(@Nullable JournalEntry known) {
        if (entry == null || known == null) {
            return false;
        }
        return forward == null
                ? entry.equals(known)
                : known.state() == entry.state() && known.origin().equals(entry.origin());
    }
}
