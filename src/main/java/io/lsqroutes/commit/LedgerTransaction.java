package io.lsqroutes.commit;

import io.lsqroutes.event.RecordPosition;
import io.lsqroutes.journal.Journal;
import io.lsqroutes.journal.JournalEntry;
import io.lsqroutes.journal.JournalFormat;
import io.lsqroutes.kafka.KafkaConnection;
import io.lsqroutes.kafka.RecordText;
import io.lsqroutes.kafka.TransactionalProducers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Writes groups of ledger entries, each group in one Kafka transaction with the offsets it lets go. For one thread. */
public final class LedgerTransaction implements AutoCloseable {
    /**
     * Where a record stands in the journal, and since when.
     *
     * @param entry what it says of an event; null if it says nothing of one
     */
    record Written(@Nullable JournalEntry entry, long offset, long timestamp) {}

    private record Sent(@Nullable JournalEntry entry, Future<RecordMetadata> journalRecord) {}

    /** A record on its way, and the entry it belongs to. */
    private record Sending(LedgerEntry entry, ProducerRecord<byte[], byte[]> record, Future<RecordMetadata> end) {}

    private final KafkaProducer<byte[], byte[]> producer;
    private final String journalTopic;
    private final BooleanSupplier stillWanted;
    private final List<Sending> sending = new ArrayList<>();

    /**
     * From now on no other process with this journal can write: its transaction is settled, and it is fenced off.
     *
     * @param stillWanted asked while Kafka does not answer; when it says no, what is under way is left as it is
     */
    LedgerTransaction(KafkaConnection connection, String journalTopic, BooleanSupplier stillWanted) {
        this.journalTopic = journalTopic;
        this.stillWanted = stillWanted;
        // One writer for each journal, whatever else the processes are called.
        this.producer = TransactionalProducers.fencing(connection, "leadsquared-ledger-" + journalTopic);
    }

    /**
     * Commits all of it.
     *
     * @param offsets what the group lets go with it; empty where it lets nothing go
     * @return where each entry stands in the journal; null for one that the journal says nothing of
     * @throws NotCommitted if nothing of it is committed
     * @throws ProducerFencedException if another process writes to this journal now
     * @throws InvalidProducerEpochException likewise
     * @throws KafkaException if it is not known whether it is committed
     */
    List<@Nullable Written> commit(
            List<LedgerEntry> entries, Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata group)
            throws NotCommitted {
        List<@Nullable Sent> sent = new ArrayList<>();
        sending.clear();
        try {
            producer.beginTransaction();
            List<@Nullable Future<RecordMetadata>> forwards = forward(entries);
            for (int i = 0; i < entries.size(); i++) {
                sent.add(sendEntry(entries.get(i), forwards.get(i)));
            }
            if (!offsets.isEmpty()) {
                producer.sendOffsetsToTransaction(offsets, group);
            }
        } catch (ProducerFencedException | InvalidProducerEpochException e) {
            throw e;
        } catch (KafkaException e) {
            throw takenBack(e);
        }
        commit();
        return sent.stream().map(LedgerTransaction::written).toList();
    }

    /** Forwards are sent first: the journal says where they stand. */
    private List<@Nullable Future<RecordMetadata>> forward(List<LedgerEntry> entries) {
        List<@Nullable Future<RecordMetadata>> forwards = new ArrayList<>();
        entries.forEach(entry -> forwards.add(entry.forward() == null ? null : send(entry, entry.forward())));
        if (forwards.stream().anyMatch(Objects::nonNull)) {
            producer.flush();
        }
        return forwards;
    }

    private @Nullable Sent sendEntry(LedgerEntry entry, @Nullable Future<RecordMetadata> forward) {
        entry.records().forEach(record -> send(entry, record));
        if (forward != null) {
            JournalEntry forwarded = Objects.requireNonNull(entry.entry()).at(TransactionalProducers.position(forward));
            String line = JournalFormat.line(forwarded);
            // Whatever becomes of the event, its first record is done with.
            send(entry, journalRecord(JournalFormat.recordKey(forwarded.origin()), line));
            return new Sent(forwarded, send(entry, journalRecord(entry.key(), line)));
        }
        return entry.journalValue() == null
                ? null
                : new Sent(entry.entry(), send(entry, journalRecord(entry.key(), entry.journalValue())));
    }

    private Future<RecordMetadata> send(LedgerEntry entry, ProducerRecord<byte[], byte[]> record) {
        Future<RecordMetadata> end = producer.send(record);
        sending.add(new Sending(entry, record, end));
        return end;
    }

    private ProducerRecord<byte[], byte[]> journalRecord(String key, String value) {
        return new ProducerRecord<>(journalTopic, Journal.PARTITION, RecordText.bytes(key), RecordText.bytes(value));
    }

    private static @Nullable Written written(@Nullable Sent sent) {
        if (sent == null) {
            return null;
        }
        RecordPosition position = TransactionalProducers.position(sent.journalRecord());
        return new Written(sent.entry(), position.offset(), position.timestamp());
    }

    /** Only the question for the result is repeated: any other repetition would write a second time. */
    private void commit() throws NotCommitted {
        while (true) {
            try {
                producer.commitTransaction();
                return;
            } catch (ProducerFencedException | InvalidProducerEpochException e) {
                throw e;
            } catch (TimeoutException e) {
                if (!stillWanted.getAsBoolean()) {
                    throw e;
                }
            } catch (KafkaException e) {
                throw takenBack(e);
            }
        }
    }

    /** The producer takes back nothing that may be committed. Then this fails, too, and the result is unknown. */
    private NotCommitted takenBack(KafkaException why) {
        while (true) {
            try {
                producer.abortTransaction();
                return new NotCommitted(why.getCause() == null ? why : why.getCause(), rejected());
            } catch (TimeoutException e) {
                if (!stillWanted.getAsBoolean()) {
                    throw e;
                }
            }
        }
    }

    /** The records that Kafka rejects whenever they are sent. */
    private List<RejectedRecord> rejected() {
        List<RejectedRecord> rejected = new ArrayList<>();
        for (Sending sent : sending) {
            if (sent.end().isDone()) {
                try {
                    TransactionalProducers.position(sent.end());
                } catch (KafkaException e) {
                    if (RejectedRecord.isForGood(e)) {
                        rejected.add(new RejectedRecord(sent.entry(), sent.record(), e));
                    }
                }
            }
        }
        return rejected;
    }

    @Override
    public void close() {
        producer.close(Duration.ZERO);
    }
}
