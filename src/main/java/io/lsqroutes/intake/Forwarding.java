package io.lsqroutes.intake;

import io.lsqroutes.commit.OffsetTracker;
import io.lsqroutes.event.Event;
import io.lsqroutes.event.Lane;
import io.lsqroutes.event.ResetRequested;
import io.lsqroutes.ledger.Admission;
import io.lsqroutes.ledger.Admissions;
import io.lsqroutes.ledger.ForwardRecords;
import io.lsqroutes.topics.TopicNames;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;

/** Says which events of the reset topic are campaign events, and go to the campaign topic. */
public final class Forwarding {
    /** The exchange property that tells whether the event is to be forwarded, unless something speaks against it. */
    public static final String APART = "apart";
    /** The exchange property that holds the record's key, which goes with it. */
    public static final String KEY = "recordKey";
    /** The exchange property that holds what has the event handled where it stands, if it cannot be forwarded. */
    public static final String OTHERWISE = "otherwise";

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

    /** Decides when the event is read, so that it does not take one of the lane's places. */
    public boolean setApart(@Body Event event) {
        boolean campaign = event.head().lane() == Lane.CAMPAIGN || flood.isHigh();
        boolean apart = campaign && event.head().source().topic().equals(topics.reset());
        if (apart) {
            inFlight.setApart(event.head().source());
        }
        return apart;
    }

    /** What has begun where it stands also ends there, and so does what nobody could read once it is written anew. */
    public boolean isDue(
            @Body Event event,
            @ExchangeProperty(APART) boolean apart,
            @ExchangeProperty(Admissions.ADMISSION) Admission admission) {
        return apart
                && admission.kind() == Admission.Kind.GO_ON
                && admission.original() == null
                && event instanceof ResetRequested reset
                && records.isReadable(reset);
    }

    /** Counts what no producer has called a campaign. */
    public void count(@Body Event event) {
        if (event.head().campaignId() == null) {
            flood.spill();
        }
    }
}
