package io.lsqroutes.ledger;

import io.lsqroutes.event.Event;
import io.lsqroutes.event.EventHead;
import io.lsqroutes.event.Progress;
import io.lsqroutes.event.RecordPosition;
import io.lsqroutes.journal.JournalEntry;
import io.lsqroutes.journal.JournalEntry.State;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The events under way in this epoch, by their keys in the journal. Safe for use by several threads. */
final class EventsUnderWay {
    /**
     * An event under way.
     *
     * @param leaving whether it goes on with another record, which may be read before this process knows of its commit
     */
    record UnderWay(RecordPosition source, RecordPosition origin, String fingerprint, boolean leaving) {

        static UnderWay here(Event event, RecordPosition origin) {
            return new UnderWay(event.head().source(), origin, event.fingerprint(), false);
        }

        static UnderWay leaving(Event event) {
            RecordPosition source = event.head().source();
            return new UnderWay(source, source, event.fingerprint(), true);
        }

        /** What the journal would say of it now. */
        JournalEntry entry() {
            return new JournalEntry(State.CALLING, Progress.NONE, source, fingerprint, null, origin);
        }
    }

    private final Map<String, UnderWay> events = new HashMap<>();

    synchronized @Nullable UnderWay get(String key) {
        return events.get(key);
    }

    synchronized void begin(String key, UnderWay event) {
        events.put(key, event);
    }

    /** Begins the event, if this process is still the owner. */
    synchronized boolean begin(String key, UnderWay event, BooleanSupplier stillOwner) {
        boolean owner = stillOwner.getAsBoolean();
        if (owner) {
            events.put(key, event);
        }
        return owner;
    }

    synchronized void end(String key) {
        events.remove(key);
    }

    /** Ends this event. The same event with its new record, which may be here already, goes on. */
    synchronized void end(String key, UnderWay event) {
        events.remove(key, event);
    }

    synchronized void clear() {
        events.clear();
    }

    /** Whether the event may have gone on with this record a moment ago. */
    synchronized boolean mayHaveLeftFor(String key, RecordPosition to) {
        UnderWay event = events.get(key);
        return event != null && event.leaving() && !event.source().equals(to);
    }

    synchronized JournalEntry entry(State state, Progress progress, EventHead head, String key) {
        UnderWay event = events.get(key);
        return event == null
                ? JournalEntry.of(state, progress, head.source(), "", null)
                : new JournalEntry(state, progress, head.source(), event.fingerprint(), null, event.origin());
    }

    /** Empty if the event is not under way. */
    synchronized String fingerprint(String key) {
        UnderWay event = events.get(key);
        return event == null ? "" : event.fingerprint();
    }
}
