package io.lsqroutes.event;

/**
 * Where a record stands in Kafka, which is its identity.
 *
 * @param timestamp the record's timestamp, in milliseconds since the epoch
 */
public record RecordPosition(String topic, int partition, long offset, long timestamp) {

    /** The id of an event that brought none; made of letters that every event id may hold. */
    String eventId() {
        return topic + '-' + partition + '-' + offset + '-' + timestamp;
    }
}
