package io.lsqroutes.delivery;

import io.lsqroutes.event.EventHead;
import io.lsqroutes.event.Source;
import io.lsqroutes.outcome.Outcome;
import io.lsqroutes.outcome.OutcomeJson;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.apache.camel.Body;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes outcomes, and only then lets their offsets go. Safe for use by several threads.
 *
 * <p>It writes with a producer of its own: through a Camel endpoint, headers of the API's answer could choose the topic.
 */
public final class Ledger implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);
    private static final String CE_SOURCE = "/leadsquared-password-routes";
    private static final String CE_TYPE = "leadsquared.password.outcome.v1";

    private final KafkaConnection connection;
    private final String resultsTopic;
    private final InFlight inFlight;
    private @Nullable Producer<byte[], byte[]> producer;

    public Ledger(KafkaConnection connection, TopicNames names, InFlight inFlight) {
        this.connection = connection;
        this.resultsTopic = names.results();
        this.inFlight = inFlight;
    }

    synchronized void open() {
        if (producer == null) {
            Map<String, Object> settings = connection.clientSettings();
            settings.put(ProducerConfig.ACKS_CONFIG, "all");
            settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
            // An outcome is never given up: while Kafka is away it waits here, and its offset with it.
            settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.MAX_VALUE);
            producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        }
    }

    /** The event is handled, and this is what became of it. */
    public void settle(@Body Outcome outcome) {
        Source source = outcome.event().source();
        openProducer().send(record(outcome), (metadata, failure) -> {
            if (failure == null) {
                inFlight.done(source);
                LOG.info(
                        "{} {} {} calls={} code={}",
                        outcome.event().type().label(),
                        outcome.event().eventId(),
                        outcome.status(),
                        outcome.calls(),
                        outcome.code());
            } else {
                // Its offset stays open, so the event is read again after a restart.
                LOG.error("The outcome of {} could not be published to {}", source, resultsTopic, failure);
            }
        });
    }

    private ProducerRecord<byte[], byte[]> record(Outcome outcome) {
        EventHead event = outcome.event();
        ProducerRecord<byte[], byte[]> result =
                new ProducerRecord<>(resultsTopic, bytes(event.eventId()), OutcomeJson.write(outcome));
        Headers headers = result.headers()
                .add("ce_specversion", bytes("1.0"))
                .add("ce_id", bytes(event.eventId()))
                .add("ce_source", bytes(CE_SOURCE))
                .add("ce_type", bytes(CE_TYPE))
                .add("ce_time", bytes(Objects.requireNonNull(OutcomeJson.time(outcome.completedAt()))))
                .add("content-type", bytes("application/json"));
        if (event.traceparent() != null) {
            headers.add("traceparent", bytes(event.traceparent()));
        }
        return result;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private synchronized Producer<byte[], byte[]> openProducer() {
        return Objects.requireNonNull(producer, "events are read only after the ledger is open");
    }

    /** Waits until every outcome that was settled is acknowledged. */
    void flush() {
        openProducer().flush();
    }

    @Override
    public synchronized void close() {
        if (producer != null) {
            producer.close();
            producer = null;
        }
    }
}
