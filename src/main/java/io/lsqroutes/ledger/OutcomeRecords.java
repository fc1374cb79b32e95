package io.lsqroutes.ledger;

import io.lsqroutes.event.Event;
import io.lsqroutes.event.EventHead;
import io.lsqroutes.event.Outcome;
import io.lsqroutes.event.OutcomeJson;
import io.lsqroutes.kafka.RecordText;
import io.lsqroutes.topics.TopicNames;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;

/** The records that an outcome becomes, each with an explicit list of headers. */
public final class OutcomeRecords {
    private static final String CE_SOURCE = "/leadsquared-password-routes";
    private static final String CE_TYPE = "leadsquared.password.outcome.v1";

    private final String resultsTopic;
    private final String deadLettersTopic;

    public OutcomeRecords(TopicNames names) {
        this.resultsTopic = names.results();
        this.deadLettersTopic = names.deadLetters();
    }

    List<ProducerRecord<byte[], byte[]>> of(Outcome outcome, Event event) {
        DeadLetter deadLetter = DeadLetter.of(outcome, event);
        return deadLetter == null
                ? List.of(result(outcome))
                : List.of(result(outcome), deadLetter.record(deadLettersTopic));
    }

    private ProducerRecord<byte[], byte[]> result(Outcome outcome) {
        EventHead event = outcome.event();
        ProducerRecord<byte[], byte[]> result =
                new ProducerRecord<>(resultsTopic, RecordText.bytes(event.eventId()), OutcomeJson.write(outcome));
        Headers headers = result.headers()
                .add("ce_specversion", RecordText.bytes("1.0"))
                .add("ce_id", RecordText.bytes(event.eventId()))
                .add("ce_source", RecordText.bytes(CE_SOURCE))
                .add("ce_type", RecordText.bytes(CE_TYPE))
                .add("ce_time", RecordText.bytes(Objects.requireNonNull(OutcomeJson.time(outcome.completedAt()))))
                .add("content-type", RecordText.bytes("application/json"));
        if (event.traceparent() != null) {
            headers.add("traceparent", RecordText.bytes(event.traceparent()));
        }
        return result;
    }
}
