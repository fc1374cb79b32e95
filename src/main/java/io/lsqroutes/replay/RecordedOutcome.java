package io.lsqroutes.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.lsqroutes.event.RecordPosition;
import io.lsqroutes.event.Status;
import io.lsqroutes.ledger.DeadLetter;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** An outcome that never became a dead letter, read from the results topic, so that its event can be put back all the same. */
final class RecordedOutcome {
    /** A success must never be repeated, and a duplicate's event is that of another record. */
    static final Set<Status> STATUSES = Set.copyOf(EnumSet.of(Status.REJECTED, Status.EXPIRED));

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private RecordedOutcome() {}

    /** The letter it would have been, without a value: its event is read by its coordinates. Null where it is none of ours. */
    static @Nullable DeadLetter read(ConsumerRecord<byte[], byte[]> record) {
        try {
            JsonNode json = record.value() == null ? MAPPER.nullNode() : MAPPER.readTree(record.value());
            JsonNode source = json.path("source");
            String eventId = json.path("eventId").textValue();
            String topic = source.path("topic").textValue();
            if (eventId == null
                    || topic == null
                    || !source.path("partition").isInt()
                    || !source.path("offset").isIntegralNumber()) {
                return null;
            }
            return new DeadLetter(
                    eventId,
                    Status.valueOf(json.path("status").asText()),
                    json.path("code").asText("none"),
                    new RecordPosition(
                            topic,
                            source.path("partition").intValue(),
                            source.path("offset").longValue(),
                            0),
                    null);
        } catch (IOException | IllegalArgumentException e) {
            return null;
        }
    }
}
