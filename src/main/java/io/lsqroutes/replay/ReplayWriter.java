package io.lsqroutes.replay;

import io.lsqroutes.commit.RejectedRecord;
import io.lsqroutes.event.Progress;
import io.lsqroutes.event.RecordPosition;
import io.lsqroutes.journal.Journal;
import io.lsqroutes.journal.JournalEntry;
import io.lsqroutes.journal.JournalEntry.State;
import io.lsqroutes.journal.JournalFormat;
import io.lsqroutes.kafka.KafkaConnection;
import io.lsqroutes.kafka.RecordText;
import io.lsqroutes.kafka.TransactionalProducers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * Puts events back on their topics and reopens them in the journal, both in one transaction. The ledger's own transactions
 * are another's, so the owner goes on undisturbed. For one thread.
 */
final class ReplayWriter implements AutoCloseable {

    /**
     * An event on its way back.
     *
     * @param key the journal's key for it; null where its id was never used up
     * @param former the record it came with until now
     */
    record Return(
            @Nullable String key,
            RecordPosition former,
            ProducerRecord<byte[], byte[]> record,
            Progress progress,
            String fingerprint) {}

    private final KafkaProducer<byte[], byte[]> producer;
    private final String journalTopic;

    /** From now on no other replay with this journal can write; what one has begun is settled. */
    ReplayWriter(KafkaConnection connection, String journalTopic) {
        this.journalTopic = journalTopic;
        this.producer = TransactionalProducers.fencing(connection, "leadsquared-replay-" + journalTopic);
    }

    /**
     * All of them but those that their topic rejects for good or, with an exception, none as far as is known.
     *
     * @return those that Kafka rejects
     */
    List<Return> putBack(List<Return> events) {
        List<Return> rest = new ArrayList<>(events);
        List<Return> rejected = new ArrayList<>();
        while (!rest.isEmpty()) {
            List<Return> out = tryToPutBack(rest);
            if (out.isEmpty()) {
                return rejected;
            }
            rest.removeAll(out);
            rejected.addAll(out);
        }
        return rejected;
    }

    /** Puts back all or nothing: nothing if Kafka rejects some. */
    private List<Return> tryToPutBack(List<Return> events) {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        producer.beginTransaction();
        try {
            events.forEach(event -> sent.add(producer.send(event.record())));
            producer.flush();
            for (int i = 0; i < events.size(); i++) {
                reopen(events.get(i), TransactionalProducers.position(sent.get(i)));
            }
        } catch (KafkaException e) {
            // Left open, it would hold up all who read committed records until it times out.
            producer.abortTransaction();
            List<Return> rejected = new ArrayList<>();
            for (int i = 0; i < sent.size(); i++) {
                if (isRejected(sent.get(i))) {
                    rejected.add(events.get(i));
                }
            }
            if (rejected.isEmpty()) {
                throw e;
            }
            return rejected;
        }
        producer.commitTransaction();
        return List.of();
    }

    private static boolean isRejected(Future<RecordMetadata> sent) {
        try {
            TransactionalProducers.position(sent);
            return false;
        } catch (KafkaException e) {
            return RejectedRecord.isForGood(e);
        }
    }

    private void reopen(Return event, RecordPosition source) {
        JournalEntry entry = JournalEntry.of(State.REOPENED, event.progress(), source, event.fingerprint(), null);
        if (event.key() != null) {
            journal(event.key(), entry);
        }
        // The old record is done with: met again after an offset reset it is no duplicate, and no second replay takes
        // it up.
        journal(JournalFormat.recordKey(event.former()), entry);
    }

    private void journal(String key, JournalEntry entry) {
        producer.send(new ProducerRecord<>(
                journalTopic, Journal.PARTITION, RecordText.bytes(key), JournalFormat.write(entry)));
    }

    @Override
    public void close() {
        producer.close(Duration.ZERO);
    }
}
