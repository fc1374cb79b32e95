package io.lsqroutes.ledger;

import io.lsqroutes.event.Progress;
import io.lsqroutes.journal.JournalEntry;
import org.jspecify.annotations.Nullable;

/**
 * What the journal says to an event that has just been read.
 *
 * @param original the entry that stands in its way, where there is one
 */
public record Admission(
        Kind kind, Progress progress, @Nullable JournalEntry original) {

    /** Which way the event goes. */
    public enum Kind {
        /** Nothing stands in its way; it may have come some way already. */
        GO_ON,
        /** A call of a former life is out, and its answer is lost. */
        IN_DOUBT,
        /** This very record is done already. */
        SAME_RECORD,
        /** Another record with its id is done, or on its way. */
        DUPLICATE,
        /** Another record has its id and asks for something else. */
        ID_REUSED
    }

    /** Whether the event's outcome, if it gets one, is known without a call. */
    boolean needsNoCall() {
        return kind == Kind.SAME_RECORD || kind == Kind.DUPLICATE || kind == Kind.ID_REUSED;
    }

    public static Admission of(Kind kind, @Nullable JournalEntry entry) {
        return new Admission(kind, entry == null ? Progress.NONE : entry.progress(), entry);
    }
}
