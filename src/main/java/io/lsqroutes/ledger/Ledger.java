package io.lsqroutes.ledger;

import io.lsqroutes.attempt.Delivery;
import io.lsqroutes.budget.DayCount;
import io.lsqroutes.commit.AccountEntry;
import io.lsqroutes.commit.LedgerWriter;
import io.lsqroutes.commit.OffsetTracker;
import io.lsqroutes.event.Event;
import io.lsqroutes.event.Outcome;
import io.lsqroutes.event.Progress;
import io.lsqroutes.journal.Journal;
import io.lsqroutes.journal.JournalEntry;
import io.lsqroutes.journal.JournalFormat;
import io.lsqroutes.journal.JournalRejected;
import io.lsqroutes.kafka.GroupMembership;
import io.lsqroutes.kafka.KafkaConnection;
import io.lsqroutes.ledger.Admission.Kind;
import io.lsqroutes.topics.TopicNames;
import io.lsqroutes.topics.TopicWatch;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows what was called and what is done, and writes down what becomes of each event. The event's outcome, its journal entry
 * and its offset are committed together, or not at all. Safe for use by several threads.
 */
public final class Ledger implements AutoCloseable {
    /** What the bundle does while the journal cannot be read, and what its operator can do. */
    public static final String JOURNAL_ADVICE = "It is tried again each second; a process that has not read the journal"
            + " does not become the owner. Allow the bundle's user to READ and DESCRIBE that topic.";

    private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);

    private final Journal journal;
    private final LedgerWriter writer;
    private final JournalAdmission admissions;
    private final Intents intents;
    private final Settlement settlement;
    private final OpenIntents openIntents;
    private final OffsetTracker offsetTracker;
    private final HandOver handOver;
    private final Epoch epoch = new Epoch();
    private final LateAnswers late = new LateAnswers();
    private final EventsUnderWay underWay = new EventsUnderWay();

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
            OffsetTracker offsetTracker,
            TopicWatch watch,
            OutcomeRecords outcomes,
            ForwardRecords forwards,
            int maxInFlight,
            Duration longestCall,
            Runnable fenced) {
        this.journal = new Journal(connection, names.journal());
        this.writer = new LedgerWriter(
                connection,
                names,
                new AccountEntry(account, accountHasWorked, journal),
                journal,
                offsetTracker,
                watch,
                fenced);
        this.offsetTracker = offsetTracker;
        this.openIntents = new OpenIntents(maxInFlight);
        this.admissions = new JournalAdmission(journal, underWay, new EndLook(writer::readJournal));
        this.intents = new Intents(epoch, writer, openIntents, underWay, late);
        this.settlement = new Settlement(epoch, writer, outcomes, forwards, openIntents, underWay, late);
        this.handOver = new HandOver(openIntents, writer, longestCall);
    }

    /** Why the journal cannot be read, with its name; null while it can. */
    public @Nullable String journalProblem() {
        return journal.problem();
    }

    /** The number of the ownership under which records are read now. */
    public int epoch() {
        return epoch.current();
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
        underWay.clear();
        Duration sinceLastCall = writer.open();
        if (!writer.wasAlone()) {
            late.clear();
        }
        openIntents.begin(epoch.next());
        epoch.begin();
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
        epoch.end();
        late.clear();
        openIntents.clear();
        writer.shut();
    }

    /** The bundle stops: no call is made any more, and outcomes are still written. */
    public void stopCalls() {
        writer.stopCalls();
        openIntents.clear();
    }

    /** Whether Kafka has to be asked what the journal says to this event; most events are new, and need no question. */
    public boolean asksKafka(Event event) {
        return admissions.asksKafka(event.head());
    }

    /** What the journal says to an event that has been read. */
    public Admission admit(@ExchangeProperty(Delivery.PROPERTY) Delivery delivery, Exchange exchange)
            throws InterruptedException {
        Event event = delivery.event();
        // The exchange was made when the event had been read.
        long read = System.nanoTime()
                - TimeUnit.MILLISECONDS.toNanos(exchange.getClock().elapsed());
        while (epoch.is(delivery.epoch())) {
            try {
                Admission admission = admissions.decide(event, read);
                if (admission != null) {
                    return placed(event, withLateAnswer(event, admission));
                }
            } catch (RuntimeException e) {
                LOG.warn("The journal does not answer ({}); asked again", e.toString());
                TimeUnit.SECONDS.sleep(1);
            }
        }
        return Admission.of(Kind.SAME_RECORD, null);
    }

    private Admission placed(Event event, Admission admission) {
        if (admission.needsNoCall()) {
            // It only waits for its commit, and takes no place from those who wait for a call.
            offsetTracker.setApart(event.head().source());
        } else {
            offsetTracker.takePlace(event.head().source());
        }
        return admission;
    }

    /** The answer to a call in doubt may have come since, if this process made the call before it lost its ownership. */
    private Admission withLateAnswer(Event event, Admission admission) {
        JournalEntry entry = admission.original();
        if (admission.kind() != Kind.IN_DOUBT || entry == null) {
            return admission;
        }
        String key = JournalFormat.key(event.head());
        Outcome outcome = late.outcome(key, entry);
        if (outcome != null) {
            settlement.settle(outcome, event, epoch.current());
            return Admission.of(Kind.SAME_RECORD, entry);
        }
        Progress answered = late.progress(key, entry);
        return answered == null ? admission : new Admission(Kind.GO_ON, answered, entry);
    }

    /** Writes down what is known of calls. */
    Intents intents() {
        return intents;
    }

    /** When the commit began whose result is told now. For the thread that it is told on. */
    long commitBegan() {
        return writer.commitBegan();
    }

    /** The event's own call was answered, and another attempt follows. */
    public void answered(Delivery delivery) {
        intents.answered(delivery.event().head(), delivery.attempts().progress(), delivery.epoch());
    }

    /** The event goes on among the campaigns. */
    public void forward(@ExchangeProperty(Delivery.PROPERTY) Delivery delivery) {
        settlement.forward(delivery);
    }

    /** This record is done already: its offset goes, and nothing is published. */
    public void skip(@ExchangeProperty(Delivery.PROPERTY) Delivery delivery) {
        settlement.skip(delivery);
    }

    /** The event is handled, and this is what became of it. */
    public void settle(@Body Outcome outcome, @ExchangeProperty(Delivery.PROPERTY) Delivery delivery) {
        settlement.settle(outcome, delivery.event(), delivery.epoch());
    }

    /** Why a call that waits for its permit is not made under this process's ownership; null where it may be. */
    public @Nullable Exception objection(Exchange exchange) {
        boolean mayCall = epoch.is(Delivery.of(exchange).epoch()) && writer.takesCalls();
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
