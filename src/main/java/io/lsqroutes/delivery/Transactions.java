package io.lsqroutes.delivery;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Writes groups of ledger entries, each group in one Kafka transaction with the offsets it lets go. For one thread. */
final class Transactions implements AutoCloseable {
    /** Where a word stands in the journal, and since when. */
    record Written(long offset, long timestamp) {}

    private final KafkaProducer<byte[], byte[]> producer;
    private final String journalTopic;
    private final BooleanSupplier stillWanted;

    /**
     * From now on no other process with this journal can write: its transaction is settled, and it is fenced off.
     *
     * @param stillWanted asked while Kafka does not answer; when it says no, what is under way is left as it is
     */
    Transactions(KafkaConnection connection, String journalTopic, BooleanSupplier stillWanted) {
        this.journalTopic = journalTopic;
        this.stillWanted = stillWanted;
        // One writer for each journal, whatever else the processes are called.
        this.producer = producer(connection, "leadsquared-ledger-" + journalTopic);
    }

    /** A producer whose transactional id is its own from now on: another one that had it can write no more. */
    static KafkaProducer<byte[], byte[]> producer(KafkaConnection connection, String transactionalId) {
        Map<String, Object> settings = connection.clientSettings();
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, 10_000);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 10_000);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 10_000);
        // The default of 100 ms is waited for in every transaction that follows another closely.
        settings.put(ProducerConfig.RETRY_BACKOFF_MS_CONFIG, 5);
        settings.put(ProducerConfig.RETRY_BACKOFF_MAX_MS_CONFIG, 1_000);
        KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        try {
            producer.initTransactions();
            return producer;
        } catch (RuntimeException e) {
            producer.close(Duration.ZERO);
            throw e;
        }
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
        List<@Nullable Future<RecordMetadata>> sent = new ArrayList<>();
        try {
            producer.beginTransaction();
            for (LedgerEntry entry : entries) {
                entry.records().forEach(producer::send);
                sent.add(entry.word() == null ? null : producer.send(word(entry.key(), entry.word())));
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
        return sent.stream().map(Transactions::stands).toList();
    }

    private ProducerRecord<byte[], byte[]> word(String key, String word) {
        return new ProducerRecord<>(
                journalTopic, key.getBytes(StandardCharsets.UTF_8), word.getBytes(StandardCharsets.UTF_8));
    }

    private static @Nullable Written stands(@Nullable Future<RecordMetadata> sent) {
        try {
            return sent == null
                    ? null
                    : new Written(sent.get().offset(), sent.get().timestamp());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException(e);
        } catch (ExecutionException e) {
            throw new KafkaException(e);
        }
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
                return new NotCommitted(why.getCause() == null ? why : why.getCause());
            } catch (TimeoutException e) {
                if (!stillWanted.getAsBoolean()) {
                    throw e;
                }
            }
        }
    }

    @Override
    public void close() {
        producer.close(Duration.ZERO);
    }
}
