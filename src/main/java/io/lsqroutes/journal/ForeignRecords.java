package io.lsqroutes.journal;

import java.util.EnumSet;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Skips what others wrote to the journal, and says so once for each kind of record. A record of a newer version of the
 * bundle is not foreign, and is rejected instead. Not synchronised.
 */
final class ForeignRecords {
    private static final Logger LOG = LoggerFactory.getLogger(ForeignRecords.class);

    private enum Kind {
        WITHOUT_KEY("a record without a key"),
        TOMBSTONE("a record without a value"),
        TOMBSTONE_OF_OURS("a record without a value under a key of the bundle"),
        UNKNOWN_KEY("a record whose key is none of the bundle's"),
        UNKNOWN_VALUE("a record under a key of the bundle whose value is none of the bundle's");

        private final String words;

        Kind(String words) {
            this.words = words;
        }
    }

    private final String topic;
    private final Set<Kind> told = EnumSet.noneOf(Kind.class);

    ForeignRecords(String topic) {
        this.topic = topic;
    }

    /**
     * Skips a record that the bundle does not know.
     *
     * @param key its key, if that is one of the bundle's
     * @throws JournalRejected if a newer version of the bundle wrote it
     */
    void skip(@Nullable String key, ConsumerRecord<byte[], byte[]> record) {
        if (key != null && record.value() != null) {
            JournalFormat.rejectNewer(key, record.value());
        }
        if (told.add(kind(key, record))) {
            // Neither key nor value: they may hold anything, a person or a password.
            LOG.warn(
                    "The journal {} holds {} (at offset {}), which is skipped; more of this kind are skipped in silence. Only"
                            + " the bundle may write there: find who else does, and deny WRITE on {} to everybody else",
                    topic,
                    kind(key, record).words,
                    record.offset(),
                    topic);
        }
    }

    private static Kind kind(@Nullable String key, ConsumerRecord<byte[], byte[]> record) {
        if (record.key() == null) {
            return Kind.WITHOUT_KEY;
        }
        if (record.value() == null) {
            return key == null ? Kind.TOMBSTONE : Kind.TOMBSTONE_OF_OURS;
        }
        return key == null ? Kind.UNKNOWN_KEY : Kind.UNKNOWN_VALUE;
    }
}
