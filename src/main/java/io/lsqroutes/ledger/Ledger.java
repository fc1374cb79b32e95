package io.lsqroutes.ledger;

import io.lsqroutes.budget.DayCount;
import io.lsqroutes.commit.AccountEntry;
import io.lsqroutes.commit.LedgerEntry;
import io.lsqroutes.commit.LedgerWriter;
import io.lsqroutes.commit.OffsetTracker;
import io.lsqroutes.event.Event;
import io.lsqroutes.event.EventHead;
import io.lsqroutes.event.InvalidEvent;
import io.lsqroutes.event.Outcome;
import io.lsqroutes.event.Progress;
import io.lsqroutes.event.RecordPosition;
import io.lsqroutes.event.ResetRequested;
import io.lsqroutes.event.Status;
import io.lsqroutes.intake.Forwarding;
import io.lsqroutes.journal.Journal;
import io.lsqroutes.journal.JournalEntry;
import io.lsqroutes.journal.JournalEntry.State;
import io.lsqroutes.journal.JournalFormat;
import io.lsqroutes.journal.JournalRejected;
import io.lsqroutes.kafka.GroupMembership;
import io.lsqroutes.kafka.KafkaConnection;
import io.lsqroutes.ledger.Admission.Kind;
import io.lsqroutes.topics.TopicNames;
import io.lsqroutes.topics.TopicWatch;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.jspecify.annotations.Nullable;
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

    /** What the bundle does while the journal cannot be read, and what its operator can do. */
    public static final String JOURNAL_ADVICE = "It is tried again each second; a process that has not read the journal"
            + " does not become the owner. Allow the bundle's user to READ and DESCRIBE that topic.";

    private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);
    private static final int NOT_THE_OWNER = 0;

    /**
     * An event under way.
     *
     * @param leaving whether it goes on with another record, which may be read before this process knows that it stands
     */
    private record Live(RecordPosition source, RecordPosition origin, String fingerprint, boolean leaving) {}

    private final Journal journal;
    private final LedgerWriter writer;
    private final OutcomeRecords records;
    private final ForwardRecords forwards;
    private final OpenIntents callsOut;
    private final OffsetTracker inFlight;
    private final EndLook endLook;
    private final HandOver handOver;
    private final LateAnswers late = new LateAnswers();
    private final Map<String, Live> live = new HashMap<>();
    private volatile int ownership = NOT_THE_OWNER;
    private int ownerships;

    /**
     * @param account names the account, which a journal belongs to
     * @param accountHasWorked whether a call has succeeded with it since the start
     * @param longestCall how long a call that is out takes to its end, at most
     * @param fenced what happens when another process writes to this journal while this one is the owner
     */
    public Ledger(
            KafkaConnection connection,
            TopicNames names,
            String account,
            BooleanSupplier accountHasWorked,
            OffsetTracker inFlight,
            TopicWatch watch,
            OutcomeRecords records,
            ForwardRecords forwards,
            int maxInFlight,
            Duration longestCall,
            Runnable fenced) {
        this.callsOut = new OpenIntents(maxInFlight);
        this.journal = new Journal(connection, names.journal());
        this.writer = new LedgerWriter(
                connection,
                names,
                new AccountEntry(account, accountHasWorked, journal),
                journal,
                inFlight,
                watch,
                fenced);
        this.inFlight = inFlight;
        this.endLook = new EndLook(writer::readJournal);
        this.handOver = new HandOver(callsOut, writer, longestCall);
        this.records = records;
        this.forwards = forwards;
    }

    /** Why the journal cannot be read, with its name; null while it can. */
    public @Nullable String journalProblem() {
        return journal.problem();
    }

    /** The number of the ownership under which events are read now. */
    public int ownership() {
        return ownership;
    }

    /** What the poll loop knows of the group. */
    public GroupMembership membership() {
        return writer.membership();
    }

    /**
     * Reads the journal, and goes on reading it: a take-over then has little left to read.
     *
     * @param end is told why it must not be worked with any more, once it says so
     * @throws JournalRejected if it is another account's
     */
    public void standBy(Consumer<JournalRejected> end) {
        journal.follow(end);
        writer.readJournal();
    }

    /**
     * From now on this process alone writes; what the one before it has written is known.
     *
     * @return how long ago the account's last call was made; zero where that is not known
     */
    public Duration becomeOwner() {
        synchronized (live) {
            live.clear();
        }
        Duration sinceLastCall = writer.open();
        if (!writer.wasAlone()) {
            late.clear();
        }
        ownership = ++ownerships;
        LOG.info("This process is the owner now");
        return sinceLastCall;
    }

    /** How often the account was called on the last day on which it was; null where that is not known. */
    @Nullable
    public DayCount count() {
        return journal.count();
    }

    /** Another process may be the owner: nothing is written any more. */
    public void loseOwnership() {
        ownership = NOT_THE_OWNER;
        late.clear();
        callsOut.clear();
        writer.shut();
    }

    /** The bundle stops: calls that wait for their mark are not made; outcomes are still written. */
    public void refuseCalls() {
        writer.stopCalls();
        callsOut.clear();
    }

    /** Whether Kafka has to be asked what the journal says to this event; most events are new, and need no question. */
    public boolean asksKafka(Event event) {
        String key = JournalFormat.key(event.head());
        return !journal.knowsNothingOf(key) && !journal.isDone(key, event.head().source());
    }

    /** What the journal says to an event that has been read. */
    public Admission admit(@Body Event event, @ExchangeProperty(OWNERSHIP) int under, Exchange exchange)
            throws InterruptedException {
        // The exchange was made when the event had been read.
        long read = System.nanoTime()
                - TimeUnit.MILLISECONDS.toNanos(exchange.getClock().elapsed());
        while (under == ownership) {
            try {
                Admission admission = admission(event, read);
                if (admission != null) {
                    if (admission.needsNoCall()) {
                        // It only waits for its commit, and takes no place from those who wait for a call.
                        inFlight.setApart(event.head().source());
                    } else {
                        inFlight.takePlace(event.head().source());
                    }
                    return admission;
                }
            } catch (RuntimeException e) {
                LOG.warn("The journal does not answer ({}); asked again", e.toString());
                TimeUnit.SECONDS.sleep(1);
            }
        }
        return Admission.of(Kind.SAME_RECORD, null);
    }

    private @Nullable Admission admission(Event event, long read) {
        EventHead head = event.head();
        if (!journal.knowsNothingOf(JournalFormat.recordKey(head.source()))) {
            return Admission.of(Kind.SAME_RECORD, null);
        }
        if (event instanceof InvalidEvent) {
            return Admission.of(Kind.GO_ON, null);
        }
        String key = JournalFormat.key(head);
        if (journal.isDone(key, head.source())) {
            return Admission.of(Kind.SAME_RECORD, null);
        }
        JournalEntry entry = known(key);
        if (mayHaveMoved(key, entry, head.source())) {
            endLook.behind(read);
            entry = known(key);
        }
        boolean named = entry != null && entry.source().equals(head.source());
        synchronized (live) {
            Live other = live.get(key);
            if (other != null && !named && !other.source().equals(head.source())) {
                JournalEntry original = new JournalEntry(
                        State.CALLING, Progress.NONE, other.source(), other.fingerprint(), null, other.origin());
                return another(entry != null && isOver(entry) ? entry : original, event);
            }
            if (entry != null && !named) {
                return another(entry, event);
            }
            if (entry == null && !journal.knowsNothingOf(key)) {
                // Another record with this id came, and may have gone, since the journal was asked.
                return null;
            }
            RecordPosition origin = entry == null ? head.origin() : entry.origin();
            live.put(key, new Live(head.source(), origin, event.fingerprint(), false));
        }
        return entry != null && entry.state() == State.CALLING
                ? inDoubt(event, entry)
                : Admission.of(Kind.GO_ON, entry);
    }

    private @Nullable JournalEntry known(String key) {
        return journal.knowsNothingOf(key) ? null : journal.get(key);
    }

    /** Whether a replay, or this process, may have put the event on this record a moment ago. */
    private boolean mayHaveMoved(String key, @Nullable JournalEntry entry, RecordPosition to) {
        if (entry != null) {
            return isOver(entry) && !entry.source().equals(to);
        }
        synchronized (live) {
            Live other = live.get(key);
            return other != null && other.leaving() && !other.source().equals(to);
        }
    }

    private static boolean isOver(JournalEntry entry) {
        return entry.state() == State.DONE;
    }

    private static Admission another(JournalEntry original, Event event) {
        boolean same =
                original.equals(JournalEntry.LOST) || original.fingerprint().equals(event.fingerprint());
        return Admission.of(same ? Kind.DUPLICATE : Kind.ID_REUSED, original);
    }

    /** A call of a former life, or of this process before it lost its ownership: then its answer may have come since. */
    private Admission inDoubt(Event event, JournalEntry entry) {
        String key = JournalFormat.key(event.head());
        Outcome outcome = late.outcome(key, entry);
        if (outcome != null) {
            settle(outcome, event, ownership);
            return Admission.of(Kind.SAME_RECORD, entry);
        }
        Progress answered = late.progress(key, entry);
        return answered == null ? Admission.of(Kind.IN_DOUBT, entry) : new Admission(Kind.GO_ON, answered, entry);
    }

    /** A call is about to go out: it may once this stands, so that no crash makes it unseen. */
    void calling(
            EventHead head,
            Progress progress,
            int under,
            Supplier<@Nullable DayCount> counting,
            Runnable go,
            Runnable refused) {
        String key = JournalFormat.key(head);
        if (under == ownership) {
            callsOut.calling(
                    place(key, under),
                    () -> mark(key, head, progress, under, counting, go, () -> {
                        callsOut.ended(place(key, under));
                        notMade(key, head, progress, refused);
                    }));
        } else {
            notMade(key, head, progress, refused);
        }
    }

    /** A call whose mark stands is not made: a mark that stays would leave it in doubt. */
    void notMade(EventHead head, Progress marked, int under) {
        if (under == ownership) {
            answered(head, marked.withoutLastCall(), under);
        }
    }

    private void notMade(String key, EventHead head, Progress progress, Runnable refused) {
        late.notMade(key, head, progress);
        refused.run();
    }

    /** A call's place is that of its ownership: what a former one left behind must not take, or free, those of this one. */
    private static String place(String key, int under) {
        return under + "#" + key;
    }

    /** The same for a call that no event asks for itself: it counts, and leaves nothing in doubt. */
    void callingBeside(
            EventHead head, int under, Supplier<@Nullable DayCount> counting, Runnable go, Runnable refused) {
        mark(JournalFormat.CALL, head, Progress.NONE, under, counting, go, refused);
    }

    private void mark(
            String key,
            EventHead head,
            Progress progress,
            int under,
            Supplier<@Nullable DayCount> counting,
            Runnable go,
            Runnable refused) {
        if (under == ownership) {
            JournalEntry calling = entry(State.CALLING, progress, head, key);
            writer.add(LedgerEntry.call(key, calling, counting, go, refused));
        } else {
            refused.run();
        }
    }

    /** When the commit began whose end is told of now; for who is told of it. */
    long commitBegan() {
        return writer.commitBegan();
    }

    /** The call was answered, and another one follows later: a crash until then leaves no doubt. */
    void answered(EventHead head, Progress progress, int under) {
        String key = JournalFormat.key(head);
        if (under == ownership) {
            JournalEntry answered = entry(State.ANSWERED, progress, head, key);
            writer.add(
                    LedgerEntry.of(key, answered, List.of(), null, () -> {}, () -> late.answered(key, head, progress)));
            callsOut.ended(place(key, under));
        } else {
            late.answered(key, head, progress);
        }
    }

    /** The same, for Camel's redelivery: it tells the progress where there is something to write down. */
    public void answered(Exchange exchange) {
        Progress progress = exchange.getProperty(CallIntent.PROGRESS, Progress.class);
        if (progress != null) {
            EventHead head = exchange.getProperty(CallIntent.EVENT, Event.class).head();
            answered(head, progress, exchange.getProperty(OWNERSHIP, int.class));
        }
    }

    private JournalEntry entry(State state, Progress progress, EventHead head, String key) {
        synchronized (live) {
            Live event = live.get(key);
            return event == null
                    ? new JournalEntry(state, progress, head.source(), "", null)
                    : new JournalEntry(state, progress, head.source(), event.fingerprint(), null, event.origin());
        }
    }

    private String fingerprint(String key) {
        synchronized (live) {
            Live event = live.get(key);
            return event == null ? "" : event.fingerprint();
        }
    }

    /** The event goes on among the campaigns: written there, and done with where it stands, both at once. */
    public void forward(
            @Body ResetRequested event,
            @ExchangeProperty(Forwarding.KEY) byte @Nullable [] recordKey,
            @ExchangeProperty(Forwarding.OTHERWISE) Runnable otherwise,
            @ExchangeProperty(OWNERSHIP) int under) {
        RecordPosition source = event.head().source();
        String key = JournalFormat.key(event.head());
        Live leaving = new Live(source, source, event.fingerprint(), true);
        synchronized (live) {
            if (under != ownership) {
                return;
            }
            live.put(key, leaving);
        }
        JournalEntry forwarded = new JournalEntry(State.FORWARDED, Progress.NONE, source, event.fingerprint(), null);
        Runnable left = () -> {
            synchronized (live) {
                // Not the same event with its new record, which may be here already.
                live.remove(key, leaving);
            }
        };
        writer.add(LedgerEntry.forward(key, forwarded, forwards.of(event, recordKey), left, () -> {
            left.run();
            otherwise.run();
        }));
    }

    /** This record is done already: its offset goes, and nothing is published. */
    public void skip(@Body Event event, @ExchangeProperty(OWNERSHIP) int under) {
        if (under == ownership) {
            writer.add(LedgerEntry.offset(event.head().source()));
        }
    }

    /** The event is handled, and this is what became of it. */
    public void settle(
            @Body Outcome outcome,
            @ExchangeProperty(CallIntent.EVENT) Event event,
            @ExchangeProperty(OWNERSHIP) int under) {
        EventHead head = outcome.event();
        boolean usesUpItsId = outcome.status() != Status.INVALID && outcome.status() != Status.DUPLICATE;
        String key = usesUpItsId ? JournalFormat.key(head) : JournalFormat.recordKey(head.source());
        if (under != ownership) {
            LOG.warn("{} was read under a former ownership; the owner settles it", head.source());
            late.settled(key, outcome);
            return;
        }
        JournalEntry done = new JournalEntry(
                State.DONE,
                new Progress(outcome.calls(), 0, outcome.possibleDuplicate(), false),
                head.source(),
                usesUpItsId ? fingerprint(key) : "",
                outcome.status(),
                head.origin());
        writer.add(LedgerEntry.of(
                key,
                done,
                records.of(outcome, event),
                head.source(),
                () -> settled(key, usesUpItsId, outcome),
                () -> late.settled(key, outcome)));
        callsOut.ended(place(key, under));
    }

    private void settled(String key, boolean usesUpItsId, Outcome outcome) {
        if (usesUpItsId) {
            synchronized (live) {
                live.remove(key);
            }
        }
        LOG.info(
                "{} {} {} calls={} code={} campaign={}",
                outcome.event().type().label(),
                outcome.event().eventId(),
                outcome.status(),
                outcome.calls(),
                outcome.code(),
                outcome.event().campaignId());
    }

    /** Why a call that waits for its permit is not made under this process's ownership; null where it may be. */
    public @Nullable Exception objection(Exchange exchange) {
        boolean mayCall = exchange.getProperty(OWNERSHIP, ownership, Integer.class) == ownership && writer.takesCalls();
        return mayCall ? null : new RejectedExecutionException("The event is left to the next owner.");
    }

    /**
     * This process lets go of what it owns: no call begins any more, and those that are out are settled.
     *
     * @param meanwhile runs now and then: the poll loop owes the ledger its answers while it waits here
     */
    public void handOver(Runnable meanwhile) {
        handOver.run(meanwhile);
    }

    @Override
    public void close() {
        loseOwnership();
        writer.close();
        journal.close();
    }
}
