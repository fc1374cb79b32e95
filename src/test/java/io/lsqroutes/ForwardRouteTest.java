package io.lsqroutes;

import static org.assertj.core.api.Assertions.assertThat;

import io.lsqroutes.event.Outcome;
import io.lsqroutes.event.Progress;
import io.lsqroutes.event.RecordPosition;
import io.lsqroutes.event.Status;
import io.lsqroutes.journal.JournalEntry;
import io.lsqroutes.ledger.Admission;
import org.junit.jupiter.api.Test;

/** What is forwarded leaves without a call and without an outcome; everything else is answered where it is. */
class ForwardRouteTest extends RouteTestSupport {
    private static final JournalEntry ANSWERED = JournalEntry.of(
            JournalEntry.State.ANSWERED,
            new Progress(1, 1, true, false),
            new RecordPosition("reset-requested", 0, 7, 1),
            "f",
            null);
    private static final JournalEntry DONE = JournalEntry.of(
            JournalEntry.State.DONE,
            Progress.NONE,
            new RecordPosition("reset-campaign", 0, 7, 1),
            "f",
            Status.SUCCEEDED);

    private static String event(String more) {
        return "{\"eventId\":\"e-1\",\"campaignId\":\"spring\",\"emailAddress\":\"ada@example.com\"" + more + "}";
    }

    @Test
    void aCampaignEventOnTheResetTopicGoesToTheCampaigns() throws Exception {
        send("reset-requested", event(""));
        Forwarded forwarded = forwarded();
        send("reset-requested", "{\"eventId\":\"e-2\",\"emailAddress\":\"bob@example.com\"}");

        assertThat(forwarded.event().head().eventId()).isEqualTo("e-1");
        assertThat(forwarded.key()).isEqualTo("some-key");
        assertThat(outcome().event().eventId()).isEqualTo("e-2");
        assertThat(portal.callsTo("ada@example.com")).isEmpty();
    }

    @Test
    void onTheCampaignTopicItIsCalledFor() throws Exception {
        send("reset-campaign", event(""));

        assertThat(outcome().status()).isEqualTo(Status.SUCCEEDED);
    }

    @Test
    void whatBreaksTheContractIsAnswered() throws Exception {
        send("reset-requested", event(",\"newPassword\":\"x\""));

        assertThat(outcome()).extracting(Outcome::status, Outcome::code).containsExactly(Status.INVALID, "wrong-topic");
    }

    @Test
    void whatHasExpiredIsAnswered() throws Exception {
        send("reset-requested", event(",\"expiresAt\":\"2020-01-01T00:00:00Z\""));

        assertThat(outcome())
                .extracting(Outcome::status, Outcome::code)
                .containsExactly(Status.EXPIRED, "expired-on-arrival");
    }

    @Test
    void aDuplicateIsAnswered() throws Exception {
        admit("e-1", Admission.Kind.DUPLICATE, DONE);
        send("reset-requested", event(""));

        assertThat(outcome().status()).isEqualTo(Status.DUPLICATE);
    }

    @Test
    void whatHasBegunWhereItIsEndsThere() throws Exception {
        admit("e-1", Admission.Kind.GO_ON, ANSWERED);
        send("reset-requested", event(""));

        assertThat(outcome()).extracting(Outcome::status, Outcome::calls).containsExactly(Status.SUCCEEDED, 2);
    }
}
