package io.lsqroutes;

import static org.assertj.core.api.Assertions.assertThat;

import io.lsqroutes.delivery.Admission;
import io.lsqroutes.delivery.JournalEntry;
import io.lsqroutes.event.Progress;
import io.lsqroutes.event.Source;
import io.lsqroutes.outcome.Outcome;
import io.lsqroutes.outcome.Status;
import io.lsqroutes.sandbox.Quirk;
import org.junit.jupiter.api.Test;

/** What the journal says decides before anything else does. */
class AdmissionRouteTest extends RouteTestSupport {
    private static final String EVENT = "{\"eventId\":\"e-1\",\"emailAddress\":\"ada@example.com\"}";
    private static final Source FIRST = new Source("reset-requested", 0, 7, 1);
    private static final JournalEntry DONE =
            new JournalEntry(JournalEntry.State.DONE, new Progress(1, 0, false, false), FIRST, "f", Status.SUCCEEDED);

    @Test
    void theSameRecordIsSkippedWithoutAnOutcome() throws Exception {
        admit("e-1", Admission.Kind.SAME_RECORD, DONE);
        send("reset-requested", EVENT);
        send("reset-requested", "{\"eventId\":\"e-2\",\"emailAddress\":\"bob@example.com\"}");

        assertThat(outcome().event().eventId()).isEqualTo("e-2");
        assertThat(portal.callsTo("ada@example.com")).isEmpty();
    }

    @Test
    void aDuplicateNamesItsOriginalAndIsNotCalledFor() throws Exception {
        admit("e-1", Admission.Kind.DUPLICATE, DONE);
        send("reset-requested", EVENT);

        Outcome outcome = outcome();
        assertThat(outcome.status()).isEqualTo(Status.DUPLICATE);
        assertThat(outcome.original()).isEqualTo(new Outcome.Original(Status.SUCCEEDED, FIRST));
        assertThat(portal.calls()).isEmpty();
    }

    @Test
    void aCallThatWasOutWhenTheProcessDiedLeavesTheEventInDoubt() throws Exception {
        admit(
                "e-1",
                Admission.Kind.IN_DOUBT,
                new JournalEntry(JournalEntry.State.CALLING, new Progress(2, 1, true, false), FIRST, "f", null));
        send("reset-requested", EVENT);

        assertThat(outcome())
                .extracting(Outcome::status, Outcome::code, Outcome::calls, Outcome::possibleDuplicate)
                .containsExactly(Status.IN_DOUBT, "process-died", 2, true);
        assertThat(portal.calls()).isEmpty();
    }

    @Test
    void attemptsOfAFormerLifeCount() throws Exception {
        admit(
                "e-1",
                Admission.Kind.GO_ON,
                new JournalEntry(JournalEntry.State.ANSWERED, new Progress(3, 3, true, false), FIRST, "f", null));
        portal.quirk("ada@example.com", Quirk.SERVER_ERROR, Integer.MAX_VALUE);
        send("reset-requested", EVENT);

        assertThat(outcome()).extracting(Outcome::status, Outcome::calls).containsExactly(Status.FAILED, 4);
        assertThat(portal.callsTo("ada@example.com")).hasSize(1);
    }
}
