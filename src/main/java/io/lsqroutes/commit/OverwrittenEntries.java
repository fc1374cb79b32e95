package io.lsqroutes.commit;

import io.lsqroutes.journal.Journal;
import io.lsqroutes.journal.JournalEntry;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes entries again that a foreign record follows. Compaction keeps only the last record of a key, and would keep the
 * foreign one. For the ledger's thread.
 */
final class OverwrittenEntries {
    private static final Logger LOG = LoggerFactory.getLogger(OverwrittenEntries.class);

    private final Journal journal;

    OverwrittenEntries(Journal journal) {
        this.journal = journal;
    }

    /** What has to be written before anything newer; empty where nothing has. */
    List<LedgerEntry> again() {
        List<LedgerEntry> entries = new ArrayList<>();
        for (String key : journal.takeOverwritten()) {
            try {
                JournalEntry entry = journal.get(key);
                if (entry != null && !entry.equals(JournalEntry.LOST)) {
                    entries.add(LedgerEntry.of(key, entry, List.of(), null, () -> {}, () -> {}));
                }
            } catch (RuntimeException e) {
                LOG.warn(
                        "An entry of the journal that a foreign record stands behind is not written again ({})",
                        e.toString());
            }
        }
        return entries;
    }
}
