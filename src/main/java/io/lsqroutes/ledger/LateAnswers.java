package io.lsqroutes.ledger;

import io.lsqroutes.event.EventHead;
import io.lsqroutes.event.Outcome;
import io.lsqroutes.event.Progress;
import io.lsqroutes.event.RecordPosition;
import io.lsqroutes.journal.JournalEntry;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What came of calls that were out, or about to go out, when this process lost its ownership: should it become the owner
 * again before anybody else was, their events are not in doubt. Safe for use by several threads.
 */
final class LateAnswers {

    /**
     * How far an event has come.
     *
     * @param source the record it came with
     * @param attempt the call that the journal takes for one without an answer
     */
    private record Known(RecordPosition source, int attempt, Progress progress) {
        boolean is(JournalEntry calling) {
            return source.equals(calling.source())
                    && attempt == calling.progress().calls();
        }
    }

    private final Map<String, Outcome> outcomes = new HashMap<>();
    private final Map<String, Known> known = new HashMap<>();

    /** The event is handled. */
    synchronized void settled(String key, Outcome outcome) {
        outcomes.put(key, outcome);
    }

    /** The call was answered, and another one was to follow. */
    synchronized void answered(String key, EventHead head, Progress answered) {
        known.put(key, new Known(head.source(), answered.calls(), answered));
    }

    /** The call was not made, whether or not its mark stands. */
    synchronized void notMade(String key, EventHead head, Progress marked) {
        known.put(key, new Known(head.source(), marked.calls(), marked.withoutLastCall()));
    }

    /** What became of the event whose call the journal takes for one without an answer; null where that is not known. */
    synchronized @Nullable Outcome outcome(String key, JournalEntry calling) {
        Outcome outcome = outcomes.remove(key);
        boolean fits = outcome != null
                && outcome.event().source().equals(calling.source())
                && outcome.calls() == calling.progress().calls();
        return fits ? outcome : null;
    }

    /** How far it has come, where it is not handled; null where that is not known. */
    synchronized @Nullable Progress progress(String key, JournalEntry calling) {
        Known late = known.remove(key);
        return late != null && late.is(calling) ? late.progress() : null;
    }

    synchronized void clear() {
        outcomes.clear();
        known.clear();
    }
}
