package io.lsqroutes.journal;

import io.lsqroutes.event.Progress;
import io.lsqroutes.event.RecordPosition;
import io.lsqroutes.event.Status;
import org.jspecify.annotations.Nullable;

/**
 * What the journal says of one event.
 *
 * @param source the record the event came with, by which the same record is recognised
 * @param fingerprint tells whether another record with this id asks for the same thing
 * @param status what became of it; null until it is done
 * @param origin the record its producer wrote; it differs from the source if the event was forwarded
 */
public record JournalEntry(
        State state,
        Progress progress,
        RecordPosition source,
        String fingerprint,
        @Nullable Status status,
        RecordPosition origin) {

    /** How far an event can have come. */
    public enum State {
        /** A call was allowed to go out, and its answer is unknown. After a crash the event is in doubt. */
        CALLING,
        /** No call is out: the last one was answered, or it is settled what follows from its lost answer. */
        ANSWERED,
        /** It has its outcome. */
        DONE,
        /** The event was forwarded, and waits on the campaign topic. Its source is the record there. */
        FORWARDED,
        /** The event had its outcome, and a replay put it back on its topic. Its source is the new record. */
        REOPENED
    }

    /** The entry of an event that is done, but whose record left the journal too early. */
    public static final JournalEntry LOST = of(State.DONE, Progress.NONE, new RecordPosition("", 0, 0, 0), "", null);

    /** The same entry of the event, which now has that record. */
    public JournalEntry at(RecordPosition place) {
        return new JournalEntry(state, progress, place, fingerprint, status, origin);
    }

    /** An entry of an event that was not forwarded: its producer wrote the record it came with. */
    public static JournalEntry of(
            State state, Progress progress, RecordPosition source, String fingerprint, @Nullable Status status) {
        return new JournalEntry(state, progress, source, fingerprint, status, source);
    }
}
