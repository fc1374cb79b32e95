package io.lsqroutes.intake;

import io.lsqroutes.attempt.Delivery;
import io.lsqroutes.attempt.Outcomes;
import io.lsqroutes.attempt.Preparation;
import io.lsqroutes.event.Event;
import io.lsqroutes.event.InvalidEvent;
import io.lsqroutes.event.Outcome;
import io.lsqroutes.event.ResetRequested;
import io.lsqroutes.journal.JournalEntry;
import io.lsqroutes.ledger.Admission;
import java.time.Clock;
import java.util.Objects;
import java.util.function.Function;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import org.jspecify.annotations.Nullable;

/** Decides which way an event goes after its admission. The body says it: the outcome, the event, or nothing. */
public final class Dispatcher {
    private final Forwarding forwarding;
    private final Outcomes outcomes;
    private final Function<Event, Preparation> preparation;
    private final Clock clock;

    /**
     * @param preparation makes what is known of the calls that prepare an event's own call
     */
    public Dispatcher(Forwarding forwarding, Outcomes outcomes, Function<Event, Preparation> preparation, Clock clock) {
        this.forwarding = forwarding;
        this.outcomes = outcomes;
        this.preparation = preparation;
        this.clock = clock;
    }

    /**
     * Lets the attempts begin.
     *
     * @return the outcome, where it is known without a call; the event, where it goes on; null where its record is done
     */
    public @Nullable Object dispatch(
            @Body Admission admission, @ExchangeProperty(Delivery.PROPERTY) Delivery delivery) {
        Event event = original(delivery.event(), admission.original());
        boolean inCall = admission.kind() == Admission.Kind.IN_DOUBT;
        delivery.admit(event, preparation.apply(event), admission.progress(), inCall);
        if (admission.original() != null) {
            delivery.stay();
        }
        return switch (admission.kind()) {
            case SAME_RECORD -> null;
            case DUPLICATE -> duplicate(event, Objects.requireNonNull(admission.original()));
            case ID_REUSED -> outcomes.idReused(event.head());
            case GO_ON, IN_DOUBT -> onItsWay(event, delivery);
        };
    }

    /** The event as its producer wrote it, where it was forwarded since. */
    private static Event original(Event event, @Nullable JournalEntry entry) {
        if (entry != null && entry.source().equals(event.head().source()) && event instanceof ResetRequested reset) {
            return reset.forwardedFrom(entry.origin());
        }
        return event;
    }

    private Outcome duplicate(Event event, JournalEntry original) {
        Outcome duplicate = outcomes.duplicate(event.head());
        return original.equals(JournalEntry.LOST)
                ? duplicate
                : duplicate.original(new Outcome.Original(original.status(), original.origin()));
    }

    private Object onItsWay(Event event, Delivery delivery) {
        if (event instanceof InvalidEvent invalid) {
            return outcomes.invalid(invalid);
        }
        if (event.head().expiredAt(clock.instant())) {
            return outcomes.expired(delivery);
        }
        return event;
    }

    public boolean isDone(@Body @Nullable Object dispatched) {
        return dispatched == null;
    }

    public boolean isSettled(@Body @Nullable Object dispatched) {
        return dispatched instanceof Outcome;
    }

    /** Whether the event is a campaign's, and goes to the campaign topic. Producers need not know the lanes. */
    public boolean isForwarded(@ExchangeProperty(Delivery.PROPERTY) Delivery delivery) {
        return forwarding.isDue(delivery);
    }

    public boolean isReset(@Body @Nullable Object dispatched) {
        return dispatched instanceof ResetRequested;
    }
}
