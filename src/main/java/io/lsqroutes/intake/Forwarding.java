package io.lsqroutes.intake;

import io.lsqroutes.attempt.Delivery;
import io.lsqroutes.commit.OffsetTracker;
import io.lsqroutes.event.Event;
import io.lsqroutes.event.Lane;
import io.lsqroutes.event.ResetRequested;
import io.lsqroutes.ledger.ForwardRecords;
import io.lsqroutes.topics.TopicNames;
import org.apache.camel.ExchangeProperty;

/** Says which events of the reset topic are campaign events, and go to the campaign topic. */
public final class Forwarding {
    private final TopicNames topics;
    private final OffsetTracker inFlight;
    private final Overflow flood;
    private final ForwardRecords records;

    public Forwarding(TopicNames topics, OffsetTracker inFlight, Overflow flood, ForwardRecords records) {
        this.topics = topics;
        this.inFlight = inFlight;
        this.flood = flood;
        this.records = records;
    }

    /** Decides when the event is read, so that a campaign event takes no place in the interactive lane. */
    boolean forwards(Event event) {
        boolean campaign = event.head().lane() == Lane.CAMPAIGN || flood.isHigh();
        boolean forwards = campaign && event.head().source().topic().equals(topics.reset());
        if (forwards) {
            inFlight.setApart(event.head().source());
        }
        return forwards;
    }

    /** An event is not forwarded if a call for it was already made, or if its rewritten form would no longer decode. */
    boolean isDue(Delivery delivery) {
        return delivery.isToBeForwarded()
                && delivery.event() instanceof ResetRequested reset
                && records.isReadable(reset);
    }

    /** Counts the forwarded events that no producer has called a campaign. */
    public void count(@ExchangeProperty(Delivery.PROPERTY) Delivery delivery) {
        if (delivery.event().head().campaignId() == null) {
            flood.spill();
        }
    }
}
