package io.lsqroutes.ledger;

import io.lsqroutes.event.EventDecoder;
import io.lsqroutes.event.EventHead;
import io.lsqroutes.event.EventJson;
import io.lsqroutes.event.EventRules;
import io.lsqroutes.event.IncomingRecord;
import io.lsqroutes.event.Lane;
import io.lsqroutes.event.ResetRequested;
import io.lsqroutes.kafka.RecordText;
import io.lsqroutes.topics.TopicNames;
import java.time.Clock;
import java.time.Instant;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** The record on the campaign topic that a forwarded event becomes: the event written anew, and of the headers its trace. */
public final class ForwardRecords {
    private final String campaignTopic;
    private final EventRules rules;
    private final EventDecoder decoder;

    public ForwardRecords(TopicNames names, EventRules rules) {
        this.campaignTopic = names.campaign();
        this.rules = rules;
        this.decoder = new EventDecoder(rules, Clock.systemUTC());
    }

    /** Whether it can be read again: an event written anew may be too large, or its topic's name too long for an id. */
    public boolean isReadable(ResetRequested event) {
        EventHead head = event.head();
        IncomingRecord forwarded = new IncomingRecord(head.type(), true, null, head.source());
        return decoder.decode(forwarded, value(event)) instanceof ResetRequested;
    }

    public ProducerRecord<byte[], byte[]> of(ResetRequested event, byte @Nullable [] key) {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(campaignTopic, key, value(event));
        String traceparent = event.head().traceparent();
        if (traceparent != null) {
            record.headers().add("traceparent", RecordText.bytes(traceparent));
        }
        return record;
    }

    private byte[] value(ResetRequested event) {
        return EventJson.write(event, expiresAt(event.head()));
    }

    /** The event's own time; where its producer gave none, that of a campaign instead if it ends sooner. */
    private Instant expiresAt(EventHead head) {
        Instant written = Instant.ofEpochMilli(head.source().timestamp());
        Instant ofCampaign = written.plus(rules.expiry(head.type(), Lane.CAMPAIGN));
        boolean givenByUs = head.expiresAt().equals(written.plus(rules.expiry(head.type(), head.lane())));
        return givenByUs && ofCampaign.isBefore(head.expiresAt()) ? ofCampaign : head.expiresAt();
    }
}
