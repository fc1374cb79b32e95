package io.lsqroutes.journal;

import io.lsqroutes.event.Progress;
import io.lsqroutes.event.RecordPosition;
import io.lsqroutes.event.Status;
import org.jspecify.annotations.Nullable;

/**
 * What the journal says of one event.
 *
 * @param source the record the event came with, which is how the same record is known again
 * @param fingerprint tells whether another record with this id asks for the same
 * @param status what became of it, once it is done
 * @param origin the record its producer wrote: another one than the source where it was forwarded
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
        /** A call was allowed to go out, and nothing is known of it: after a crash the event is in doubt. */
        CALLING,
        /** The last call was answered, or it is settled what follows from its lost answer: no call is out. */
        ANSWERED,
        /** It has its outcome. */
        DONE,
        /** It was put on the campaign topic, where it waits: its source is the record there. */
        FORWARDED,
        /** It had its outcome, and a replay put it back on its topic: its source is the new record. */
        REOPENED
    }

    /** Stands for an entry of an event that is done whose record is gone from the journal before its time. */
    public static final JournalEntry LOST =
            new JournalEntry(State.DONE, Progress.NONE, new RecordPosition("", 0, 0, 0), "", null);

    /** The same, of an event that stands there now. */
    public JournalEntry at(RecordPosition place) {
        return new JournalEntry(state, progress, place, fingerprint, status, origin);
    }

    /** Of an event that came with the record it is handled with. */
    public JournalEntry(
            State state, Progress progress, RecordPosition source, String fingerprint, @Nullable Status status) {
        this(state, progress, source, fingerprint, status, source);
    }
}
