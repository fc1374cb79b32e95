package io.lsqroutes.delivery;

import io.lsqroutes.event.Progress;
import io.lsqroutes.event.Source;
import io.lsqroutes.outcome.Status;
import org.jspecify.annotations.Nullable;

/**
 * What the journal says of one event.
 *
 * @param source the record the event came with, which is how the same record is known again
 * @param fingerprint tells whether another record with this id asks for the same
 * @param status what became of it, once it is done
 */
public record JournalEntry(
        State state,
        Progress progress,
        Source source,
        String fingerprint,
        @Nullable Status status) {

    /** How far an event can have come. */
    public enum State {
        /** A call was allowed to go out, and nothing is known of it: after a crash the event is in doubt. */
        CALLING,
        /** The last call was answered, or it is settled what follows from its lost answer: no call is out. */
        ANSWERED,
        /** It has its outcome. */
        DONE,
        /** It had its outcome, and a replay put it back on its topic: its source is the new record. */
        REOPENED
    }
}
