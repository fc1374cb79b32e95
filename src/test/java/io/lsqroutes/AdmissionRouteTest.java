package io.lsqroutes;

import static org.assertj.core.api.Assertions.assertThat;

import io.lsqroutes.event.Outcome;
import io.lsqroutes.event.Progress;
import io.lsqroutes.event.RecordPosition;
import io.lsqroutes.event.Status;
import io.lsqroutes.journal.JournalEntry;
import io.lsqroutes.ledger.Admission;
import io.lsqroutes.sandbox.Portal;
import io.lsqroutes.sandbox.PortalOptions;
import io.lsqroutes.sandbox.Quirk;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the journal says decides before anything else does. */
class AdmissionRouteTest extends RouteTestSupport {
    private static final String EVENT = "{\"eventId\":\"e-1\",\"emailAddress\":\"ada@example.com\"}";
    private static final String EXPIRED =
            "{\"eventId\":\"e-1\",\"emailAddress\":\"ada@example.com\",\"expiresAt\":\"2020-01-01T00:00:00Z\"}";
    private static final String ADA = "\"emailAddress\":\"ada@example.com\"";
    private static final RecordPosition FIRST = new RecordPosition("reset-requested", 0, 7, 1);
    private static final JournalEntry DONE =
            JournalEntry.of(JournalEntry.State.DONE, new Progress(1, 0, false, false), FIRST, "f", Status.SUCCEEDED);

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

    @Override
    protected Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>(super.settings());
        settings.put("lsq.call.deadline", "1s");
        return settings;
    }

    private void died(int calls, int charged, boolean effectPossible, boolean resent) {
        Progress progress = new Progress(calls, charged, effectPossible, resent);
        admit("e-1", Admission.Kind.IN_DOUBT, JournalEntry.of(JournalEntry.State.CALLING, progress, FIRST, "f", null));
    }

    private void answered(int calls, int charged, boolean effectPossible, boolean resent) {
        Progress progress = new Progress(calls, charged, effectPossible, resent);
        admit("e-1", Admission.Kind.GO_ON, JournalEntry.of(JournalEntry.State.ANSWERED, progress, FIRST, "f", null));
    }

    private void change(String who, String current, String next) {
        send(
                "change-requested",
                "{\"eventId\":\"e-1\"," + who + ",\"currentPassword\":\"" + current + "\",\"newPassword\":\"" + next
                        + "\"}");
    }

    @Test
    void aCampaignsCallThatWasOutWhenTheProcessDiedLeavesTheEventInDoubt() throws Exception {
        died(2, 1, true, false);
        send("reset-campaign", EVENT);

        assertThat(outcome())
                .extracting(Outcome::status, Outcome::code, Outcome::calls, Outcome::possibleDuplicate)
                .containsExactly(Status.IN_DOUBT, "process-died", 2, true);
        assertThat(portal.calls()).isEmpty();
    }

    @Test
    void aSingleResetIsMadeOnceMore() throws Exception {
        died(1, 0, false, false);
        send("reset-requested", EVENT);

        assertThat(outcome())
                .extracting(Outcome::status, Outcome::calls, Outcome::possibleDuplicate)
                .containsExactly(Status.SUCCEEDED, 2, true);
        assertThat(portal.callsTo("ada@example.com")).hasSize(1);
    }

    @Test
    void butNotWhereThatWasTheSecondTime() throws Exception {
        died(2, 1, true, true);
        send("reset-requested", EVENT);

        assertThat(outcome())
                .extracting(Outcome::status, Outcome::code, Outcome::calls, Outcome::possibleDuplicate)
                .containsExactly(Status.IN_DOUBT, "process-died", 2, true);
        assertThat(portal.calls()).isEmpty();
    }

    @Test
    void anEventInDoubtThatHasExpiredIsNotCalledExpired() throws Exception {
        died(1, 0, false, false);
        send("reset-requested", EXPIRED);

        assertThat(outcome())
                .extracting(Outcome::status, Outcome::code, Outcome::calls)
                .containsExactly(Status.IN_DOUBT, "process-died", 1);
        assertThat(portal.calls()).isEmpty();
    }

    @Test
    void anEventThatHasExpiredBetweenTwoCallsTellsOfTheFirst() throws Exception {
        answered(2, 2, true, false);
        send("reset-requested", EXPIRED);

        assertThat(outcome())
                .extracting(Outcome::status, Outcome::code, Outcome::calls, Outcome::possibleDuplicate)
                .containsExactly(Status.EXPIRED, "expired-waiting", 2, true);
        assertThat(portal.calls()).isEmpty();
    }

    @Test
    void aChangeThatWasMadeIsSeenBySigningIn() throws Exception {
        died(1, 0, false, false);
        change(ADA, "OlderSamplepassword@123", PortalOptions.INITIAL_PASSWORD);

        assertThat(outcome())
                .extracting(Outcome::status, Outcome::code, Outcome::calls)
                .containsExactly(Status.SUCCEEDED, "verified-by-sign-in", 1);
        assertThat(calls(Portal.CHANGE_PASSWORD)).isEmpty();
    }

    @Test
    void aChangeThatWasNotMadeIsMade() throws Exception {
        died(1, 0, false, false);
        change(ADA, PortalOptions.INITIAL_PASSWORD, "NewSamplepassword@123");

        assertThat(outcome())
                .extracting(Outcome::status, Outcome::calls, Outcome::possibleDuplicate)
                .containsExactly(Status.SUCCEEDED, 2, true);
        assertThat(portal.password("ada@example.com")).isEqualTo("NewSamplepassword@123");
        assertThat(calls(Portal.CHANGE_PASSWORD)).hasSize(1);
    }

    @Test
    void aChangeAnswered500InAFormerLifeIsVerifiedBeforeItIsRepeated() throws Exception {
        answered(1, 1, true, false);
        change(ADA, "OlderSamplepassword@123", PortalOptions.INITIAL_PASSWORD);

        assertThat(outcome())
                .extracting(Outcome::status, Outcome::code, Outcome::calls)
                .containsExactly(Status.SUCCEEDED, "verified-by-sign-in", 1);
        assertThat(calls(Portal.CHANGE_PASSWORD)).isEmpty();
    }

    @Test
    void itFailsWithoutACallWhereNobodyCanLook() throws Exception {
        answered(1, 1, true, false);
        change(
                "\"authKey\":\"" + portal.signInKeyFor("ada@example.com") + "\"",
                PortalOptions.INITIAL_PASSWORD,
                "NewSamplepassword@123");

        assertThat(outcome())
                .extracting(Outcome::status, Outcome::code, Outcome::calls)
                .containsExactly(Status.FAILED, "server-error", 1);
        assertThat(portal.calls()).isEmpty();
    }

    @Test
    void attemptsOfAFormerLifeCount() throws Exception {
        answered(3, 3, true, false);
        portal.quirk("ada@example.com", Quirk.SERVER_ERROR, Integer.MAX_VALUE);
        send("reset-requested", EVENT);

        assertThat(outcome()).extracting(Outcome::status, Outcome::calls).containsExactly(Status.FAILED, 4);
        assertThat(portal.callsTo("ada@example.com")).hasSize(1);
    }
}
