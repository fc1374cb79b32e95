package io.lsqroutes.kafka;

/** Kafka, or a topic, is not there yet; it is asked for again. Without a stack trace, since it is logged at every try. */
public final class KafkaNotReady extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public KafkaNotReady(String message) {
        super(message, null, false, false);
    }
}
