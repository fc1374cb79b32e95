package io.lsqroutes.kafka;

import io.lsqroutes.event.RecordPosition;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Makes the producers that write in transactions. */
public final class TransactionalProducers {
    private TransactionalProducers() {}

    /** A producer that owns its transactional id from now on: another producer with the same id can write no more. */
    public static KafkaProducer<byte[], byte[]> fencing(KafkaConnection connection, String transactionalId) {
        KafkaProducer<byte[], byte[]> producer = notFencing(connection, transactionalId);
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

    /** The same, before it owns its transactional id. It needs no network. */
    public static KafkaProducer<byte[], byte[]> notFencing(KafkaConnection connection, String transactionalId) {
        return new KafkaProducer<>(
                settings(connection, transactionalId), new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static Map<String, Object> settings(KafkaConnection connection, String transactionalId) {
        Map<String, Object> settings = connection.clientSettings();
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, 10_000);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 10_000);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 10_000);
        // A group fits in one batch, and one request is out at a time. Of several requests the broker may reject the
        // first, because the transaction before it is not quite over. It then takes the others for out of order.
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 256 * 1024);
        settings.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        // The default of 100 ms is waited for in every transaction that follows another closely.
        settings.put(ProducerConfig.RETRY_BACKOFF_MS_CONFIG, 5);
        settings.put(ProducerConfig.RETRY_BACKOFF_MAX_MS_CONFIG, 1_000);
        connection.putOwn(settings, ProducerConfig.configNames());
        return settings;
    }

    /** Where the sent record stands, with the timestamp that its readers will see. */
    public static RecordPosition position(Future<RecordMetadata> sent) {
        try {
            RecordMetadata record = sent.get();
            return new RecordPosition(record.topic(), record.partition(), record.offset(), record.timestamp());
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException known ? known : new KafkaException(e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
