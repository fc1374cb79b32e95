package io.lsqroutes.delivery;

import io.lsqroutes.event.Source;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * What has to be written together for one event.
 *
 * @param key the journal's key for it
 * @param entry what the journal says once this is committed; null where it says nothing new of an event
 * @param word how that is written in the journal; null where nothing is
 * @param records the outcome and what goes with it, beside the journal's record
 * @param done the record whose offset may go with it
 * @param callFollows whether a call is made once this stands: then it is dropped when no more calls are wanted
 * @param committed runs on the ledger's thread when it stands
 * @param dropped runs when it never will, because somebody else owns the event now
 */
record LedgerEntry(
        String key,
        @Nullable JournalEntry entry,
        @Nullable String word,
        List<ProducerRecord<byte[], byte[]>> records,
        @Nullable Source done,
        boolean callFollows,
        Runnable committed,
        Runnable dropped) {

    /** The journal speaks of this event. */
    static LedgerEntry of(
            String key,
            JournalEntry entry,
            List<ProducerRecord<byte[], byte[]>> records,
            @Nullable Source done,
            Runnable committed,
            Runnable dropped) {
        return new LedgerEntry(key, entry, JournalFormat.line(entry), records, done, false, committed, dropped);
    }

    /** A call of this event is about to be made. */
    static LedgerEntry call(String key, JournalEntry entry, Runnable go, Runnable refused) {
        return new LedgerEntry(key, entry, JournalFormat.line(entry), List.of(), null, true, go, refused);
    }

    /** Only the record's offset goes. */
    static LedgerEntry offset(Source done) {
        return new LedgerEntry("/offset", null, null, List.of(), done, false, () -> {}, () -> {});
    }

    /** Runs when all that was added before stands, or cannot stand any more. */
    static LedgerEntry flush(Runnable written) {
        return new LedgerEntry("/flush", null, null, List.of(), null, false, written, written);
    }

    /** The journal is this account's. */
    static LedgerEntry account(String account) {
        return new LedgerEntry(
                JournalFormat.ACCOUNT,
                null,
                JournalFormat.accountLine(account),
                List.of(),
                null,
                false,
                () -> {},
                () -> {});
    }
}
