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
 * @param entry what the journal says once this is committed; null where it says nothing new of an event
 * @param word how that is written in the journal; null where nothing is
 * @param forward the record that the event goes on with, where it is forwarded: only with its place there the journal's
 *     word can be written
 * @param records the outcome and what goes with it, beside the journal's record
 * @param done the record whose offset may go with it
 * @param counting counts the call that is made once this stands; null where none is, and it gives null where nobody needs
 *     the count
 * @param committed runs on the ledger's thread when it stands
 * @param otherwise runs when its forward is refused for good, in the place of both others; null where nothing is forwarded
 * @param dropped runs when it never will, because somebody else owns the event now
 */
public record LedgerEntry(
        String key,
        @Nullable JournalEntry entry,
        @Nullable String word,
        @Nullable ProducerRecord<byte[], byte[]> forward,
        List<ProducerRecord<byte[], byte[]>> records,
        @Nullable RecordPosition done,
        @Nullable Supplier<@Nullable DayCount> counting,
        Runnable committed,
        @Nullable Runnable otherwise,
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
            Runnable otherwise) {
        return new LedgerEntry(
                key, entry, null, record, List.of(), entry.origin(), null, committed, otherwise, () -> {});
    }

    /** A call of this event is about to be made. */
    public static LedgerEntry call(
            String key, JournalEntry entry, Supplier<@Nullable DayCount> counting, Runnable go, Runnable refused) {
        return new LedgerEntry(
                key, entry, JournalFormat.line(entry), null, List.of(), null, counting, go, null, refused);
    }

    /** Only the record's offset goes. */
    public static LedgerEntry offset(RecordPosition done) {
        return new LedgerEntry("/offset", null, null, null, List.of(), done, null, () -> {}, null, () -> {});
    }

    /** Runs when all that was added before stands, or cannot stand any more. */
    public static LedgerEntry flush(Runnable written) {
        return new LedgerEntry("/flush", null, null, null, List.of(), null, null, written, null, written);
    }

    /** The journal is this account's. */
    static LedgerEntry account(JournalAccount account) {
        return word(JournalFormat.ACCOUNT, JournalFormat.accountLine(account));
    }

    /** So often the account was called on that day. */
    static LedgerEntry count(DayCount count) {
        return word(JournalFormat.COUNT, JournalFormat.countLine(count));
    }

    private static LedgerEntry word(String key, String word) {
        return new LedgerEntry(key, null, word, null, List.of(), null, null, () -> {}, null, () -> {});
    }

    /** The same with other records beside the journal's. */
    LedgerEntry with(List<ProducerRecord<byte[], byte[]>> others) {
        return new LedgerEntry(key, entry, word, forward, others, done, counting, committed, otherwise, dropped);
    }

    /** Then it is dropped when no more calls are wanted. */
    boolean callFollows() {
        return counting != null;
    }

    /** Whether it has anything to write beside an offset. */
    boolean writes() {
        return word != null || forward != null;
    }

    /** Whether this is what the journal says, once it is known what stands. */
    boolean stands(@Nullable JournalEntry known) {
        if (entry == null || known == null) {
            return false;
        }
        return forward == null
                ? entry.equals(known)
                : known.state() == entry.state() && known.origin().equals(entry.origin());
    }
}
