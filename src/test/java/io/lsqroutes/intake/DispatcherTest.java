package io.lsqroutes.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.lsqroutes.attempt.Delivery;
import io.lsqroutes.attempt.Outcomes;
import io.lsqroutes.commit.OffsetTracker;
import io.lsqroutes.event.Event;
import io.lsqroutes.event.EventHead;
import io.lsqroutes.event.EventRules;
import io.lsqroutes.event.EventType;
import io.lsqroutes.event.InvalidEvent;
import io.lsqroutes.event.Lane;
import io.lsqroutes.event.Outcome;
import io.lsqroutes.event.Person.EmailAddress;
import io.lsqroutes.event.Progress;
import io.lsqroutes.event.RecordPosition;
import io.lsqroutes.event.ResetRequested;
import io.lsqroutes.event.Status;
import io.lsqroutes.journal.JournalEntry;
import io.lsqroutes.leadsquared.signin.SignInProgress;
import io.lsqroutes.ledger.Admission;
import io.lsqroutes.ledger.Admission.Kind;
import io.lsqroutes.ledger.ForwardRecords;
import io.lsqroutes.topics.TopicNames;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DispatcherTest {
    private static final TopicNames NAMES = ForwardingTest.NAMES;
    private static final EventRules RULES =
            new EventRules(Set.of(), Duration.ofHours(24), Duration.ofDays(7), Duration.ofMinutes(15));
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final RecordPosition FIRST = new RecordPosition("reset-requested", 0, 7, 1);
    private static final RecordPosition HERE = new RecordPosition("reset-requested", 0, 8, 1);
    private static final JournalEntry ENTRY =
            JournalEntry.of(JournalEntry.State.CALLING, new Progress(2, 1, true, false), FIRST, "f", null);
    private static final Event EVENT = new ResetRequested(head(NOW), new EmailAddress("ada@example.com"), null);

    private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    private final Forwarding forwarding =
            new Forwarding(NAMES, new OffsetTracker(), new Overflow(0, () -> 0), new ForwardRecords(NAMES, RULES));
    private final Dispatcher dispatcher = new Dispatcher(forwarding, new Outcomes(clock), SignInProgress::new, clock);

    private static EventHead head(Instant expiresAt) {
        return new EventHead("e-1", EventType.RESET, Lane.INTERACTIVE, null, null, expiresAt, null, HERE);
    }

    private static Delivery delivery(Event event) {
        return new Delivery(event, null, null, true, 1);
    }

    private @Nullable Object dispatch(Event event, Kind kind, @Nullable JournalEntry entry) {
        return dispatcher.dispatch(Admission.of(kind, entry), delivery(event));
    }

    @ParameterizedTest
    @CsvSource({
        "GO_ON, false, false, true",
        "IN_DOUBT, false, false, true",
        "SAME_RECORD, true, false, false",
        "DUPLICATE, false, true, false",
        "ID_REUSED, false, true, false"
    })
    void theAdmissionSaysWhichWayAnEventGoes(Kind kind, boolean done, boolean settled, boolean reset) {
        Object dispatched = dispatch(EVENT, kind, ENTRY);

        assertThat(dispatcher.isDone(dispatched)).isEqualTo(done);
        assertThat(dispatcher.isSettled(dispatched)).isEqualTo(settled);
        assertThat(dispatcher.isReset(dispatched)).isEqualTo(reset);
    }

    @Test
    void attemptsGoOnWhereAFormerLifeLeftThem() {
        Delivery inDoubt = delivery(EVENT);
        dispatcher.dispatch(Admission.of(Kind.IN_DOUBT, ENTRY), inDoubt);
        Delivery answered = delivery(EVENT);
        dispatcher.dispatch(Admission.of(Kind.GO_ON, ENTRY), answered);

        assertThat(inDoubt.attempts().progress()).isEqualTo(ENTRY.progress());
        assertThat(inDoubt.attempts().undecided()).isNotNull();
        assertThat(answered.attempts().progress()).isEqualTo(ENTRY.progress());
        assertThat(answered.attempts().undecided()).isNull();
    }

    @Test
    void aForwardedEventIsAnsweredAsWhatItsProducerWrote() {
        Delivery delivery = delivery(EVENT);

        assertThat(dispatcher.dispatch(Admission.of(Kind.GO_ON, ENTRY.at(HERE)), delivery))
                .isSameAs(delivery.event());
        assertThat(delivery.event().head().origin()).isEqualTo(FIRST);
        assertThat(delivery.event().head().source()).isEqualTo(HERE);
        assertThat(dispatch(EVENT, Kind.GO_ON, null)).isEqualTo(EVENT);
    }

    @Test
    void aDuplicateOfAForwardedEventNamesWhatItsProducerWrote() {
        JournalEntry forwarded = ENTRY.at(new RecordPosition("reset-campaign", 0, 3, 1));
        Delivery delivery = delivery(EVENT);

        assertThat(dispatcher.dispatch(Admission.of(Kind.DUPLICATE, forwarded), delivery))
                .extracting("original")
                .isEqualTo(new Outcome.Original(null, FIRST));
        assertThat(delivery.event()).isEqualTo(EVENT);
    }

    @Test
    void anotherRecordsCallsAreNotTold() {
        assertThat((Outcome) dispatch(EVENT, Kind.DUPLICATE, ENTRY))
                .extracting(Outcome::status, Outcome::calls, Outcome::possibleDuplicate, Outcome::original)
                .containsExactly(Status.DUPLICATE, 0, false, new Outcome.Original(null, FIRST));
        assertThat((Outcome) dispatch(EVENT, Kind.ID_REUSED, ENTRY))
                .extracting(Outcome::status, Outcome::calls, Outcome::code)
                .containsExactly(Status.INVALID, 0, "id-reused");
    }

    @Test
    void anOriginalThatIsLostIsNotNamed() {
        assertThat((Outcome) dispatch(EVENT, Kind.DUPLICATE, JournalEntry.LOST))
                .extracting(Outcome::status, Outcome::original)
                .containsExactly(Status.DUPLICATE, null);
    }

    @Test
    void whatBreaksTheContractOrHasExpiredIsSettledWithoutACall() {
        Event expired = new ResetRequested(head(NOW.minusSeconds(301)), new EmailAddress("ada@example.com"), null);

        assertThat((Outcome) dispatch(new InvalidEvent(head(NOW), "no-person", ""), Kind.GO_ON, null))
                .extracting(Outcome::status, Outcome::code)
                .containsExactly(Status.INVALID, "no-person");
        assertThat((Outcome) dispatch(expired, Kind.GO_ON, null))
                .extracting(Outcome::status, Outcome::code)
                .containsExactly(Status.EXPIRED, "expired-on-arrival");
        assertThat((Outcome) dispatch(expired, Kind.IN_DOUBT, ENTRY))
                .extracting(Outcome::status, Outcome::code)
                .containsExactly(Status.IN_DOUBT, "process-died");
    }

    @Test
    void onlyWhatHasNotBegunIsForwarded() {
        Delivery fresh = delivery(EVENT);
        dispatcher.dispatch(Admission.of(Kind.GO_ON, null), fresh);
        Delivery begun = delivery(EVENT);
        dispatcher.dispatch(Admission.of(Kind.GO_ON, ENTRY), begun);

        assertThat(dispatcher.isForwarded(fresh)).isTrue();
        assertThat(dispatcher.isForwarded(begun)).isFalse();
        assertThat(dispatcher.isForwarded(fresh.whereItStands())).isFalse();
    }
}
