package io.lsqroutes.delivery;

import io.lsqroutes.event.Source;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * What has to be written together for one event.
 *
 * @param key the journal's key for it
 * @param entry what the journal says once this is committed; null where it says nothing new
 * @param records the outcome and what goes with it, beside the journal's record
 * @param done the record whose offset may go with it
 * @param committed runs on the ledger's thread when it stands
 * @param dropped runs when it never will, because somebody else owns the event now
 */
record LedgerEntry(
        String key,
        @Nullable JournalEntry entry,
        List<ProducerRecord<byte[], byte[]>> records,
        @Nullable Source done,
        Runnable committed,
        Runnable dropped) {}
