package io.lsqroutes.delivery;

import io.lsqroutes.delivery.Admission.Kind;
import io.lsqroutes.delivery.JournalEntry.State;
import io.lsqroutes.event.Event;
import io.lsqroutes.event.EventHead;
import io.lsqroutes.event.InvalidEvent;
import io.lsqroutes.event.Progress;
import io.lsqroutes.event.Source;
import io.lsqroutes.outcome.Outcome;
import io.lsqroutes.outcome.Status;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows what was called and what is done, and writes down what becomes of each event: its outcome, its journal entry and
 * its offset stand together, or not at all. Safe for use by several threads.
 *
 * <p>Everything belongs to an ownership, a number that is new whenever this process becomes the owner: what an event of a
 * former ownership wants is refused, because somebody else may have handled it since.
 */
public final class Ledger implements AutoCloseable {
    /** The exchange property that holds the ownership under which an event was read. */
    public static final String OWNERSHIP = "ownership";

    private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);
    private static final int NOT_THE_OWNER = 0;

    private record Live(Source source, String fingerprint) {}

    private final Journal journal;
    private final LedgerWriter writer;
    private final OutcomeRecords records;
    private final CallsOut callsOut;
    private final Map<String, Live> live = new HashMap<>();
    private volatile int ownership = NOT_THE_OWNER;
    private int ownerships;

    public Ledger(
            KafkaConnection connection,
            TopicNames names,
            InFlight inFlight,
            OutcomeRecords records,
            int maxInFlight,
            Runnable fenced) {
        this.callsOut = new CallsOut(maxInFlight);
        this.journal = new Journal(connection, names.journal());
        this.writer = new LedgerWriter(connection, names.journal(), journal, inFlight, fenced);
        this.records = records;
    }

    /** The number of the ownership under which events are read now. */
    public int ownership() {
        return ownership;
    }

    /** From now on this process alone writes; what the one before it has written is known. */
    void becomeOwner() {
        synchronized (live) {
            live.clear();
        }
        writer.open();
        ownership = ++ownerships;
        LOG.info("This process is the owner now");
    }

    /** Another process may be the owner: nothing is written any more. */
    void loseOwnership() {
        ownership = NOT_THE_OWNER;
        callsOut.clear();
        writer.shut();
    }

    /** The group as it was at the last poll; a KafkaConsumer tells it to its own thread alone. */
    void seen(ConsumerGroupMetadata group) {
        writer.seen(group);
    }

    /** What the journal says to an event that has been read. */
    public Admission admit(@Body Event event) {
        EventHead head = event.head();
        JournalEntry answered = journal.get(JournalFormat.recordKey(head.source()));
        if (event instanceof InvalidEvent || answered != null) {
            return Admission.of(answered == null ? Kind.GO_ON : Kind.SAME_RECORD, answered);
        }
        String key = JournalFormat.key(head);
        synchronized (live) {
            Live other = live.get(key);
            if (other != null && !other.source().equals(head.source())) {
                JournalEntry original =
                        new JournalEntry(State.CALLING, Progress.NONE, other.source(), other.fingerprint(), null);
                return another(original, event);
            }
            JournalEntry entry = journal.get(key);
            if (entry != null && !entry.source().equals(head.source())) {
                return another(entry, event);
            }
            if (entry != null && entry.state() == State.DONE) {
                return Admission.of(Kind.SAME_RECORD, entry);
            }
            live.put(key, new Live(head.source(), event.fingerprint()));
            boolean inDoubt = entry != null && entry.state() == State.CALLING;
            return Admission.of(inDoubt ? Kind.IN_DOUBT : Kind.GO_ON, entry);
        }
    }

    private static Admission another(JournalEntry original, Event event) {
        boolean same = original.fingerprint().equals(event.fingerprint());
        return Admission.of(same ? Kind.DUPLICATE : Kind.ID_REUSED, original);
    }

    /** A call is about to go out: it may once this stands, so that no crash makes it unseen. */
    void calling(EventHead head, Progress progress, int under, Runnable go, Runnable refused) {
        callsOut.calling(JournalFormat.key(head), () -> write(head, State.CALLING, progress, under, go, refused));
    }

    /** The call was answered, and another one follows later: a crash until then leaves no doubt. */
    void answered(EventHead head, Progress progress, int under) {
        write(head, State.ANSWERED, progress, under, () -> {}, () -> {});
        callsOut.ended(JournalFormat.key(head));
    }

    /** The same, for Camel's redelivery: it tells the progress where there is something to write down. */
    public void answered(Exchange exchange) {
        Progress progress = exchange.getProperty(CallMark.PROGRESS, Progress.class);
        if (progress != null) {
            EventHead head = exchange.getProperty(CallMark.EVENT, Event.class).head();
            answered(head, progress, exchange.getProperty(OWNERSHIP, int.class));
        }
    }

    private void write(
            EventHead head, State state, Progress progress, int under, Runnable committed, Runnable dropped) {
        if (under != ownership) {
            dropped.run();
            return;
        }
        String key = JournalFormat.key(head);
        JournalEntry entry = new JournalEntry(state, progress, head.source(), fingerprint(key), null);
        writer.add(new LedgerEntry(key, entry, List.of(), null, committed, dropped));
    }

    private String fingerprint(String key) {
        synchronized (live) {
            Live event = live.get(key);
            return event == null ? "" : event.fingerprint();
        }
    }

    /** This record is done already: its offset goes, and nothing is published. */
    public void skip(@Body Event event, @ExchangeProperty(OWNERSHIP) int under) {
        if (under == ownership) {
            Source source = event.head().source();
            writer.add(new LedgerEntry(JournalFormat.recordKey(source), null, List.of(), source, () -> {}, () -> {}));
        }
    }

    /** The event is handled, and this is what became of it. */
    public void settle(@Body Outcome outcome, @ExchangeProperty(OWNERSHIP) int under) {
        if (under != ownership) {
            LOG.warn(
                    "{} was read under a former ownership; its owner settles it",
                    outcome.event().source());
            return;
        }
        EventHead head = outcome.event();
        boolean usesUpItsId = outcome.status() != Status.INVALID && outcome.status() != Status.DUPLICATE;
        String key = usesUpItsId ? JournalFormat.key(head) : JournalFormat.recordKey(head.source());
        JournalEntry done = new JournalEntry(
                State.DONE,
                new Progress(outcome.calls(), 0, false, false),
                head.source(),
                usesUpItsId ? fingerprint(key) : "",
                outcome.status());
        writer.add(new LedgerEntry(
                key, done, records.of(outcome), head.source(), () -> settled(key, usesUpItsId, outcome), () -> {}));
        callsOut.ended(key);
    }

    private void settled(String key, boolean usesUpItsId, Outcome outcome) {
        if (usesUpItsId) {
            synchronized (live) {
                live.remove(key);
            }
        }
        LOG.info(
                "{} {} {} calls={} code={}",
                outcome.event().type().label(),
                outcome.event().eventId(),
                outcome.status(),
                outcome.calls(),
                outcome.code());
    }

    /** Waits until everything that was settled so far stands, or cannot stand any more. */
    void flush() {
        if (ownership == NOT_THE_OWNER) {
            return;
        }
        CountDownLatch written = new CountDownLatch(1);
        writer.add(new LedgerEntry("/flush", null, List.of(), null, written::countDown, written::countDown));
        try {
            if (!written.await(15, TimeUnit.SECONDS)) {
                LOG.warn("Outcomes are still waiting for Kafka; their events are read again by the next owner");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        loseOwnership();
        writer.close();
    }
}
