package io.lsqroutes.commit;

import io.lsqroutes.event.RecordPosition;
import io.lsqroutes.journal.Journal;
import io.lsqroutes.journal.JournalEntry;
import io.lsqroutes.journal.JournalFormat;
import io.lsqroutes.kafka.KafkaConnection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Writes groups of ledger entries, each group in one Kafka transaction with the offsets it lets go. For one thread. */
public final class LedgerTransaction implements AutoCloseable {
    /**
     * Where a word stands in the journal, and since when.
     *
     * @param entry what it says of an event; null where it speaks of none
     */
    record Written(@Nullable JournalEntry entry, long offset, long timestamp) {}

    private record Sent(@Nullable JournalEntry entry, Future<RecordMetadata> word) {}

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
        this.producer = producer(connection, "leadsquared-ledger-" + journalTopic);
    }

    /** A producer whose transactional id is its own from now on: another one that had it can write no more. */
    public static KafkaProducer<byte[], byte[]> producer(KafkaConnection connection, String transactionalId) {
        KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                settings(connection, transactionalId), new ByteArraySerializer(), new ByteArraySerializer());
        try {
            producer.initTransactions();
            return producer;
        } catch (TransactionalIdAuthorizationException e) {
            producer.close(Duration.ZERO);
            throw new TransactionalIdAuthorizationException("The transactional id " + transactionalId
                    + " may not be used: allow the bundle's user to WRITE to it");
        } catch (RuntimeException e) {
            producer.close(Duration.ZERO);
            throw e;
        }
    }

    /** What such a producer is built with. */
    public static Map<String, Object> settings(KafkaConnection connection, String transactionalId) {
        Map<String, Object> settings = connection.clientSettings();
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, 10_000);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 10_000);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 10_000);
        // A group in one batch, and one request at a time: of several on the way the broker may refuse the first,
        // for the transaction before is not quite over, and takes those behind it for out of order.
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 256 * 1024);
        settings.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        // The default of 100 ms is waited for in every transaction that follows another closely.
        settings.put(ProducerConfig.RETRY_BACKOFF_MS_CONFIG, 5);
        settings.put(ProducerConfig.RETRY_BACKOFF_MAX_MS_CONFIG, 1_000);
        connection.putOwn(settings, ProducerConfig.configNames());
        return settings;
    }

    /**
     * Commits all of it.
     *
     * @param offsets what the group lets go with it; empty where it lets nothing go
     * @return where each entry stands in the journal; null for one that has no word for it
     * @throws NotCommitted if nothing of it stands
     * @throws ProducerFencedException if another process writes to this journal now
     * @throws InvalidProducerEpochException likewise
     * @throws KafkaException if it is not known whether it stands
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
                sent.add(say(entries.get(i), forwards.get(i)));
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
        return sent.stream().map(LedgerTransaction::stands).toList();
    }

    /** First of all what the journal can speak of only once it has its place. */
    private List<@Nullable Future<RecordMetadata>> forward(List<LedgerEntry> entries) {
        List<@Nullable Future<RecordMetadata>> forwards = new ArrayList<>();
        entries.forEach(entry -> forwards.add(entry.forward() == null ? null : send(entry, entry.forward())));
        if (forwards.stream().anyMatch(Objects::nonNull)) {
            producer.flush();
        }
        return forwards;
    }

    private @Nullable Sent say(LedgerEntry entry, @Nullable Future<RecordMetadata> forward) {
        entry.records().forEach(record -> send(entry, record));
        if (forward != null) {
            JournalEntry forwarded = Objects.requireNonNull(entry.entry()).at(source(forward));
            String line = JournalFormat.line(forwarded);
            // Whatever becomes of the event, its first record is done with.
            send(entry, word(JournalFormat.recordKey(forwarded.origin()), line));
            return new Sent(forwarded, send(entry, word(entry.key(), line)));
        }
        return entry.word() == null ? null : new Sent(entry.entry(), send(entry, word(entry.key(), entry.word())));
    }

    private Future<RecordMetadata> send(LedgerEntry entry, ProducerRecord<byte[], byte[]> record) {
        Future<RecordMetadata> end = producer.send(record);
        sending.add(new Sending(entry, record, end));
        return end;
    }

    /** Where the record stands, under the time that whoever reads it will see. */
    public static RecordPosition source(Future<RecordMetadata> sent) {
        try {
            RecordMetadata record = sent.get();
            return new RecordPosition(record.topic(), record.partition(), record.offset(), record.timestamp());
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException known ? known : new KafkaException(e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private ProducerRecord<byte[], byte[]> word(String key, String word) {
        return new ProducerRecord<>(
                journalTopic,
                Journal.PARTITION,
                key.getBytes(StandardCharsets.UTF_8),
                word.getBytes(StandardCharsets.UTF_8));
    }

    private static @Nullable Written stands(@Nullable Sent sent) {
        if (sent == null) {
            return null;
        }
        RecordPosition word = source(sent.word());
        return new Written(sent.entry(), word.offset(), word.timestamp());
    }

    /** Asking again whether a commit has ended is not writing again; anything else would be. */
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

    /** The producer takes nothing back that may have been committed: then this fails, too, and the end is not known. */
    private NotCommitted takenBack(KafkaException why) {
        while (true) {
            try {
                producer.abortTransaction();
                return new NotCommitted(why.getCause() == null ? why : why.getCause(), refused());
            } catch (TimeoutException e) {
                if (!stillWanted.getAsBoolean()) {
                    throw e;
                }
            }
        }
    }

    /** Which of the records Kafka will not take, whenever they are sent. */
    private List<RejectedRecord> refused() {
        List<RejectedRecord> refused = new ArrayList<>();
        for (Sending sent : sending) {
            if (sent.end().isDone()) {
                try {
                    source(sent.end());
                } catch (KafkaException e) {
                    if (RejectedRecord.isForGood(e)) {
                        refused.add(new RejectedRecord(sent.entry(), sent.record(), e));
                    }
                }
            }
        }
        return refused;
    }

    @Override
    public void close() {
        producer.close(Duration.ZERO);
    }
}
