package io.lsqroutes.ledger;

import io.lsqroutes.attempt.Delivery;
import io.lsqroutes.commit.LedgerEntry;
import io.lsqroutes.commit.LedgerWriter;
import io.lsqroutes.event.Event;
import io.lsqroutes.event.EventHead;
import io.lsqroutes.event.Outcome;
import io.lsqroutes.event.Progress;
import io.lsqroutes.event.RecordPosition;
import io.lsqroutes.event.ResetRequested;
import io.lsqroutes.event.Status;
import io.lsqroutes.journal.JournalEntry;
import io.lsqroutes.journal.JournalEntry.State;
import io.lsqroutes.journal.JournalFormat;
import io.lsqroutes.ledger.EventsUnderWay.UnderWay;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes down what becomes of an event, so that its record is done with. Safe for use by several threads. */
final class Settlement {
    private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);

    private final Epoch epoch;
    private final LedgerWriter writer;
    private final OutcomeRecords outcomes;
    private final ForwardRecords forwards;
    private final OpenIntents open;
    private final EventsUnderWay underWay;
    private final LateAnswers late;

    Settlement(
            Epoch epoch,
            LedgerWriter writer,
            OutcomeRecords outcomes,
            ForwardRecords forwards,
            OpenIntents open,
            EventsUnderWay underWay,
            LateAnswers late) {
        this.epoch = epoch;
        this.writer = writer;
        this.outcomes = outcomes;
        this.forwards = forwards;
        this.open = open;
        this.underWay = underWay;
        this.late = late;
    }

    /** The event goes on among the campaigns. One transaction writes it there, and lets its offset here go. */
    void forward(Delivery delivery) {
        ResetRequested event = (ResetRequested) delivery.event();
        RecordPosition source = delivery.source();
        String key = JournalFormat.key(event.head());
        UnderWay leaving = UnderWay.leaving(event);
        if (!underWay.begin(key, leaving, () -> epoch.is(delivery.epoch()))) {
            return;
        }
        writer.add(LedgerEntry.forward(
                key,
                JournalEntry.of(State.FORWARDED, Progress.NONE, source, event.fingerprint(), null),
                forwards.of(event, delivery.recordKey()),
                () -> underWay.end(key, leaving),
                () -> {
                    underWay.end(key, leaving);
                    delivery.notForwarded().run();
                }));
    }

    /** The record is done already: its offset goes, and nothing is published. */
    void skip(Delivery delivery) {
        if (epoch.is(delivery.epoch())) {
            writer.add(LedgerEntry.offset(delivery.source()));
        }
    }

    /** The event has its outcome. */
    void settle(Outcome outcome, Event event, int epochOfEvent) {
        EventHead head = outcome.event();
        boolean usesUpItsId = outcome.status() != Status.INVALID && outcome.status() != Status.DUPLICATE;
        String key = usesUpItsId ? JournalFormat.key(head) : JournalFormat.recordKey(head.source());
        if (!epoch.is(epochOfEvent)) {
            LOG.warn("{} was read under a former ownership; the owner settles it", head.source());
            late.settled(key, outcome);
            return;
        }
        JournalEntry done = new JournalEntry(
                State.DONE,
                new Progress(outcome.calls(), 0, outcome.possibleDuplicate(), false),
                head.source(),
                usesUpItsId ? underWay.fingerprint(key) : "",
                outcome.status(),
                head.origin());
        Runnable settled = () -> {
            if (usesUpItsId) {
                underWay.end(key);
            }
            tell(outcome);
        };
        writer.add(LedgerEntry.of(
                key, done, outcomes.of(outcome, event), head.source(), settled, () -> late.settled(key, outcome)));
        open.ended(epochOfEvent, key);
    }

    private static void tell(Outcome outcome) {
        LOG.info(
                "{} {} {} calls={} code={} campaign={}",
                outcome.event().type().label(),
                outcome.event().eventId(),
                outcome.status(),
                outcome.calls(),
                outcome.code(),
                outcome.event().campaignId());
    }
}
