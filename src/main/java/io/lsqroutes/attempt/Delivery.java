package io.lsqroutes.attempt;

import io.lsqroutes.event.Event;
import io.lsqroutes.event.Lane;
import io.lsqroutes.event.Progress;
import io.lsqroutes.event.RecordPosition;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * One event on its way through the bundle: from its record until it is settled. It is the one thing that an exchange carries
 * from bean to bean.
 *
 * <p>Not synchronised: a delivery is in one thread's hands at a time, and Camel's hand-over between threads is ordered.
 */
public final class Delivery {
    /** The exchange property that carries it. */
    public static final String PROPERTY = "delivery";

    private final Event read;
    private final byte @Nullable [] recordKey;
    private final @Nullable String orderedBy;
    private boolean toBeForwarded;
    private final int epoch;
    private Runnable notForwarded = () -> {};
    private @Nullable Attempts attempts;

    /**
     * @param read the event as its record says
     * @param recordKey the key of that record, which goes with the event where it is forwarded
     * @param orderedBy names the events that keep their order among each other; null where there are no others
     * @param toBeForwarded whether the event goes to the campaign topic, unless something speaks against it
     * @param epoch the ownership under which the record was read
     */
    public Delivery(
            Event read, byte @Nullable [] recordKey, @Nullable String orderedBy, boolean toBeForwarded, int epoch) {
        this.read = read;
        this.recordKey = recordKey;
        this.orderedBy = orderedBy;
        this.toBeForwarded = toBeForwarded;
        this.epoch = epoch;
    }

    /** The delivery of attempts that no record asks for. */
    public Delivery(Attempts attempts, int epoch) {
        this(attempts.event(), null, null, false, epoch);
        this.attempts = attempts;
    }

    /** What an exchange carries. */
    public static Delivery of(Exchange exchange) {
        return exchange.getProperty(PROPERTY, Delivery.class);
    }

    /** The same delivery for an event that could not be forwarded: it is handled where it stands. */
    public Delivery whereItStands() {
        return new Delivery(read, null, orderedBy, false, epoch);
    }

    /** The event as its producer wrote it; before the admission, as its record says. */
    public Event event() {
        return attempts == null ? read : attempts.event();
    }

    public RecordPosition source() {
        return read.head().source();
    }

    public byte @Nullable [] recordKey() {
        return recordKey;
    }

    @Nullable
    public String orderedBy() {
        return orderedBy;
    }

    public boolean isToBeForwarded() {
        return toBeForwarded;
    }

    /** The event is not forwarded: it has begun where it stands. */
    public void stay() {
        toBeForwarded = false;
    }

    /** The number of the ownership under which the event was read: another one may not write for it. */
    public int epoch() {
        return epoch;
    }

    /** Has the event handled where it stands, if it cannot be forwarded. */
    public Runnable notForwarded() {
        return notForwarded;
    }

    public void notForwarded(Runnable otherwise) {
        notForwarded = otherwise;
    }

    /**
     * The attempts begin, or go on where a former life of the process left them.
     *
     * @param original the event as its producer wrote it
     * @param preparation what the calls that prepare the event's own call come to
     * @param inCall whether that life ended in the middle of the event's own call
     */
    public void admit(Event original, Preparation preparation, Progress progress, boolean inCall) {
        attempts = new Attempts(original, preparation, progress, inCall);
    }

    public Attempts attempts() {
        return Objects.requireNonNull(attempts, "the event has not been admitted");
    }

    /** Whether nobody waits for the next call. A key is fetched for all, whoever asks first. */
    public boolean isOfCampaign() {
        return read.head().lane() == Lane.CAMPAIGN && attempts().next().settlesTheEvent();
    }

    public boolean hasFailedBefore() {
        return attempts().failures() > 0;
    }
}
