package io.lsqroutes.ledger;

import io.lsqroutes.event.Event;
import io.lsqroutes.event.EventHead;
import io.lsqroutes.event.Outcome;
import io.lsqroutes.event.Progress;
import io.lsqroutes.event.ResetRequested;
import io.lsqroutes.event.Status;
import io.lsqroutes.journal.JournalEntry;
import java.time.Clock;
import java.util.Objects;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import org.jspecify.annotations.Nullable;

/** Says which way an event goes after its admission, and what becomes of those that go no further. */
public final class Admissions {
    /** The exchange property that holds the admission. */
    public static final String ADMISSION = "admission";

    private final Clock clock;

    public Admissions(Clock clock) {
        this.clock = clock;
    }

    public boolean isDone(@ExchangeProperty(ADMISSION) Admission admission) {
        return admission.kind() == Admission.Kind.SAME_RECORD;
    }

    public boolean isRefused(@ExchangeProperty(ADMISSION) Admission admission) {
        return admission.kind() == Admission.Kind.DUPLICATE || admission.kind() == Admission.Kind.ID_REUSED;
    }

    /** Whether the process died while the event's own call was out. */
    public boolean isInCall(@ExchangeProperty(ADMISSION) Admission admission) {
        return admission.kind() == Admission.Kind.IN_DOUBT;
    }

    /** How far the event came in a former life of the process. */
    public Progress progress(@ExchangeProperty(ADMISSION) Admission admission) {
        return admission.progress();
    }

    /** The event as its producer wrote it, where it was forwarded since. */
    public Event original(@Body Event event, @ExchangeProperty(ADMISSION) Admission admission) {
        JournalEntry entry = admission.original();
        if (entry != null && entry.source().equals(event.head().source()) && event instanceof ResetRequested reset) {
            return reset.forwardedFrom(entry.origin());
        }
        return event;
    }

    public Outcome refuse(@Body Event event, @ExchangeProperty(ADMISSION) Admission admission) {
        return switch (admission.kind()) {
            case DUPLICATE -> duplicate(event.head(), Objects.requireNonNull(admission.original()));
            case ID_REUSED -> outcome(event.head(), Status.INVALID, "id-reused");
            case GO_ON, IN_DOUBT, SAME_RECORD -> throw new IllegalStateException("is not refused");
        };
    }

    private Outcome duplicate(EventHead head, JournalEntry original) {
        Outcome duplicate = outcome(head, Status.DUPLICATE, null);
        return original.equals(JournalEntry.LOST)
                ? duplicate
                : duplicate.original(new Outcome.Original(original.status(), original.origin()));
    }

    private Outcome outcome(EventHead head, Status status, @Nullable String code) {
        return new Outcome(head, status, 0, false, null, code, null, null, clock.instant());
    }
}
