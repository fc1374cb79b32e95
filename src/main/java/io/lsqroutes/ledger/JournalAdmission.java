package io.lsqroutes.ledger;

import io.lsqroutes.event.Event;
import io.lsqroutes.event.EventHead;
import io.lsqroutes.event.InvalidEvent;
import io.lsqroutes.event.RecordPosition;
import io.lsqroutes.journal.Journal;
import io.lsqroutes.journal.JournalEntry;
import io.lsqroutes.journal.JournalEntry.State;
import io.lsqroutes.journal.JournalFormat;
import io.lsqroutes.ledger.Admission.Kind;
import io.lsqroutes.ledger.EventsUnderWay.UnderWay;
import org.jspecify.annotations.Nullable;

/** Decides what the journal says to an event that has been read. Safe for use by several threads. */
final class JournalAdmission {
    private final Journal journal;
    private final EventsUnderWay underWay;
    private final EndLook endLook;

    JournalAdmission(Journal journal, EventsUnderWay underWay, EndLook endLook) {
        this.journal = journal;
        this.underWay = underWay;
        this.endLook = endLook;
    }

    /** Whether Kafka has to be asked before the decision. Most events are new, and need no question. */
    boolean asksKafka(EventHead head) {
        String key = JournalFormat.key(head);
        return !journal.knowsNothingOf(key) && !journal.isDone(key, head.source());
    }

    /**
     * Decides, and takes the event as under way if it goes on.
     *
     * @param read when the event was read, in {@link System#nanoTime()}
     * @return null if the journal has changed meanwhile, so that it has to be asked again
     */
    @Nullable
    Admission decide(Event event, long read) {
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
        return decide(event, key, entry);
    }

    private @Nullable Admission decide(Event event, String key, @Nullable JournalEntry entry) {
        RecordPosition source = event.head().source();
        boolean named = entry != null && entry.source().equals(source);
        // The lock is that of the events: no other record with this id may begin between the question and the answer.
        synchronized (underWay) {
            UnderWay other = underWay.get(key);
            if (other != null && !named && !other.source().equals(source)) {
                return another(entry != null && isDone(entry) ? entry : other.entry(), event);
            }
            if (entry != null && !named) {
                return another(entry, event);
            }
            if (entry == null && !journal.knowsNothingOf(key)) {
                // Another record with this id came, and may have gone, since the journal was asked.
                return null;
            }
            underWay.begin(
                    key, UnderWay.here(event, entry == null ? event.head().origin() : entry.origin()));
        }
        boolean inDoubt = entry != null && entry.state() == State.CALLING;
        return Admission.of(inDoubt ? Kind.IN_DOUBT : Kind.GO_ON, entry);
    }

    private @Nullable JournalEntry known(String key) {
        return journal.knowsNothingOf(key) ? null : journal.get(key);
    }

    /** Whether a replay, or this process, may have put the event on this record a moment ago. */
    private boolean mayHaveMoved(String key, @Nullable JournalEntry entry, RecordPosition to) {
        return entry == null
                ? underWay.mayHaveLeftFor(key, to)
                : isDone(entry) && !entry.source().equals(to);
    }

    private static boolean isDone(JournalEntry entry) {
        return entry.state() == State.DONE;
    }

    private static Admission another(JournalEntry original, Event event) {
        boolean same =
                original.equals(JournalEntry.LOST) || original.fingerprint().equals(event.fingerprint());
        return Admission.of(same ? Kind.DUPLICATE : Kind.ID_REUSED, original);
    }
}
