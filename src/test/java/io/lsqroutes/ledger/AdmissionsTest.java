package io.lsqroutes.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.lsqroutes.event.Event;
import io.lsqroutes.event.EventHead;
import io.lsqroutes.event.EventType;
import io.lsqroutes.event.Lane;
import io.lsqroutes.event.Outcome;
import io.lsqroutes.event.Person.EmailAddress;
import io.lsqroutes.event.Progress;
import io.lsqroutes.event.RecordPosition;
import io.lsqroutes.event.ResetRequested;
import io.lsqroutes.event.Status;
import io.lsqroutes.journal.JournalEntry;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdmissionsTest {
    private static final RecordPosition FIRST = new RecordPosition("reset-requested", 0, 7, 1);
    private static final JournalEntry ENTRY =
            JournalEntry.of(JournalEntry.State.CALLING, new Progress(2, 1, true, false), FIRST, "f", null);
    private static final Event EVENT = new ResetRequested(
            new EventHead(
                    "e-1",
                    EventType.RESET,
                    Lane.INTERACTIVE,
                    null,
                    null,
                    Instant.EPOCH,
                    null,
                    new RecordPosition("reset-requested", 0, 8, 1)),
            new EmailAddress("ada@example.com"),
            null);

    private final Admissions admissions = new Admissions(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));

    @ParameterizedTest
    @CsvSource({
        "GO_ON, false, false, false",
        "IN_DOUBT, false, false, true",
        "SAME_RECORD, true, false, false",
        "DUPLICATE, false, true, false",
        "ID_REUSED, false, true, false"
    })
    void onlyWhatAnotherRecordStandsInTheWayOfIsRefused(
            Admission.Kind kind, boolean done, boolean refused, boolean inCall) {
        Admission admission = Admission.of(kind, ENTRY);

        assertThat(admissions.isDone(admission)).isEqualTo(done);
        assertThat(admissions.isRefused(admission)).isEqualTo(refused);
        assertThat(admissions.isInCall(admission)).isEqualTo(inCall);
        assertThat(admissions.progress(admission)).isEqualTo(ENTRY.progress());
    }

    @Test
    void aForwardedEventIsAnsweredAsWhatItsProducerWrote() {
        JournalEntry forwarded = ENTRY.at(EVENT.head().source());

        assertThat(admissions.original(EVENT, Admission.of(Admission.Kind.GO_ON, forwarded)))
                .satisfies(event -> {
                    assertThat(event.head().origin()).isEqualTo(FIRST);
                    assertThat(event.head().source()).isEqualTo(EVENT.head().source());
                });
        assertThat(admissions.original(EVENT, Admission.of(Admission.Kind.GO_ON, null)))
                .isEqualTo(EVENT);
    }

    @Test
    void aDuplicateOfAForwardedEventNamesWhatItsProducerWrote() {
        JournalEntry forwarded = ENTRY.at(new RecordPosition("reset-campaign", 0, 3, 1));
        Admission admission = Admission.of(Admission.Kind.DUPLICATE, forwarded);

        assertThat(admissions.original(EVENT, admission)).isEqualTo(EVENT);
        assertThat(admissions.refuse(EVENT, admission).original()).isEqualTo(new Outcome.Original(null, FIRST));
    }

    @Test
    void aRefusalTellsOfNoCallsOfAnotherRecord() {
        assertThat(admissions.refuse(EVENT, Admission.of(Admission.Kind.DUPLICATE, ENTRY)))
                .extracting(Outcome::status, Outcome::calls, Outcome::possibleDuplicate, Outcome::original)
                .containsExactly(Status.DUPLICATE, 0, false, new Outcome.Original(null, FIRST));
        assertThat(admissions.refuse(EVENT, Admission.of(Admission.Kind.ID_REUSED, ENTRY)))
                .extracting(Outcome::status, Outcome::calls, Outcome::code)
                .containsExactly(Status.INVALID, 0, "id-reused");
    }
}
