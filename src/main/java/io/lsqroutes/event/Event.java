package io.lsqroutes.event;

import org.jspecify.annotations.Nullable;

/** One record of an event topic, read: a reset, a change, or a breach of the contract. */
public sealed interface Event permits ResetRequested, ChangeRequested, InvalidEvent {
    EventHead head();

    /** Whom the event is about, where it names a person. */
    @Nullable
    Person person();

    /** Tells whether another record with this id asks for the same; it holds no secret. */
    default String fingerprint() {
        Person person = person();
        return Fingerprint.of(head().type().label(), person == null ? null : person.identity(), head().campaignId());
    }
}
