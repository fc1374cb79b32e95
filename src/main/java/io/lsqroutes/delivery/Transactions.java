package io.lsqroutes.delivery;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes groups of ledger entries, each group in one Kafka transaction with the offsets it lets go. For one thread. */
final class Transactions implements AutoCloseable {
    private final KafkaProducer<byte[], byte[]> producer;
    private final String journalTopic;

    /** From now on no other process with this journal can write: its transaction is settled, and it is fenced off. */
    Transactions(KafkaConnection connection, String journalTopic) {
        this.journalTopic = journalTopic;
        Map<String, Object> settings = connection.clientSettings();
        // One writer for each journal, whatever else the processes are called.
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "leadsquared-ledger-" + journalTopic);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, 10_000);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 10_000);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 10_000);
        // The default of 100 ms is waited for in every transaction that follows another closely.
        settings.put(ProducerConfig.RETRY_BACKOFF_MS_CONFIG, 5);
        settings.put(ProducerConfig.RETRY_BACKOFF_MAX_MS_CONFIG, 1_000);
        producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        try {
            producer.initTransactions();
        } catch (RuntimeException e) {
            producer.close(Duration.ZERO);
            throw e;
        }
    }

    /**
     * Commits all of it or, with an exception, nothing as far as is known.
     *
     * @param offsets what the group lets go with it; empty where it lets nothing go
     */
    void commit(
            List<LedgerEntry> entries, Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata group) {
        producer.beginTransaction();
        for (LedgerEntry entry : entries) {
            entry.records().forEach(producer::send);
            if (entry.entry() != null) {
                producer.send(new ProducerRecord<>(
                        journalTopic,
                        entry.key().getBytes(StandardCharsets.UTF_8),
                        JournalFormat.write(entry.entry())));
            }
        }
        if (!offsets.isEmpty()) {
            producer.sendOffsetsToTransaction(offsets, group);
        }
        producer.commitTransaction();
    }

    @Override
    public void close() {
        producer.close(Duration.ZERO);
    }
}
