package io.lsqroutes.delivery;

/** Kafka, or a topic, is not there yet; it is asked for again. Without a stack trace, since it is logged at every try. */
public final class KafkaNotReady extends RuntimeException {
    private static final long serialVersionUID = 1L;

    KafkaNotReady(String message) {
        super(message, null, false, false);
    }
}
