package io.lsqroutes;

import static org.assertj.core.api.Assertions.assertThat;

import io.lsqroutes.event.Outcome;
import io.lsqroutes.event.Status;
import io.lsqroutes.sandbox.Portal;
import io.lsqroutes.sandbox.PortalCall;
import io.lsqroutes.sandbox.PortalOptions;
import io.lsqroutes.sandbox.Quirk;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Answers are lost, and the portal counts what follows from that. */
class InDoubtRouteTest extends RouteTestSupport {
    private static final String ADA = "ada@example.com";
    private static final String EVENT = "{\"eventId\":\"e-1\",\"emailAddress\":\"ada@example.com\"}";
    private static final String BY_EMAIL = "\"emailAddress\":\"ada@example.com\"";
    private static final String NEW_PASSWORD = "NewSamplepassword@123";

    @Override
    protected Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>(super.settings());
        settings.put("lsq.call.deadline", "1s");
        return settings;
    }

    private String signedIn() {
        return "\"authKey\":\"" + portal.signInKeyFor(ADA) + "\"";
    }

    private void change(String who, String current) {
        send(
                "change-requested",
                "{\"eventId\":\"c-1\"," + who + ",\"currentPassword\":\"" + current + "\",\"newPassword\":\""
                        + NEW_PASSWORD + "\"}");
    }

    /** The event's calls and sign-ins, in their order. */
    private List<String> callsForAda() {
        return portal.calls().stream()
                .map(PortalCall::endpoint)
                .filter(path -> path.equals(Portal.CHANGE_PASSWORD) || path.equals(Portal.SIGN_IN))
                .toList();
    }

    @Test
    void aSingleResetIsSentOnceMore_andSaysSo() throws Exception {
        portal.quirk(ADA, Quirk.CUT, 1);

        send("reset-requested", EVENT);

        assertThat(outcome())
                .extracting(Outcome::status, Outcome::calls, Outcome::possibleDuplicate)
                .containsExactly(Status.SUCCEEDED, 2, true);
        assertThat(portal.callsTo(ADA)).hasSize(2);
    }

    @Test
    void itIsNotSentAThirdTime() throws Exception {
        portal.quirk(ADA, Quirk.CUT, Integer.MAX_VALUE);

        send("reset-requested", EVENT);

        assertThat(outcome())
                .extracting(Outcome::status, Outcome::code, Outcome::calls, Outcome::possibleDuplicate)
                .containsExactly(Status.IN_DOUBT, "answer-lost", 2, true);
        assertThat(portal.callsTo(ADA)).hasSize(2);
    }

    @Test
    void aRefusalThatFollowsDoesNotSettleTheDoubt() throws Exception {
        portal.quirk(ADA, Quirk.CUT, 1);
        portal.quirk(ADA, Quirk.ERROR, 1);

        send("reset-requested", EVENT);

        assertThat(outcome())
                .extracting(Outcome::status, Outcome::code, Outcome::calls)
                .containsExactly(Status.IN_DOUBT, "answer-lost", 2);
    }

    @ParameterizedTest
    @EnumSource(
            value = Quirk.class,
            names = {"HTML", "EMPTY"})
    void anAnswerThatIsNotUnderstoodIsLeftInDoubt(Quirk quirk) throws Exception {
        portal.quirk(ADA, quirk, 1);

        send("reset-requested", EVENT);

        assertThat(outcome())
                .extracting(Outcome::status, Outcome::code, Outcome::calls)
                .containsExactly(Status.IN_DOUBT, "answer-not-understood", 1);
        assertThat(portal.callsTo(ADA)).hasSize(1);
    }

    @Test
    void aResetOfACampaignIsLeftInDoubt() throws Exception {
        portal.quirk(ADA, Quirk.CUT, 1);

        send("reset-campaign", EVENT);

        assertThat(outcome())
                .extracting(Outcome::status, Outcome::code, Outcome::calls)
                .containsExactly(Status.IN_DOUBT, "answer-lost", 1);
        assertThat(portal.callsTo(ADA)).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = Quirk.class,
            names = {"CUT", "SLOW"})
    void aChangeThatWasMadeIsSeenBySigningIn_andNotMadeAgain(Quirk quirk) throws Exception {
        portal.quirk(ADA, quirk, 1);

        change(BY_EMAIL, PortalOptions.INITIAL_PASSWORD);

        assertThat(outcome())
                .extracting(
                        Outcome::status,
                        Outcome::code,
                        Outcome::calls,
                        Outcome::possibleDuplicate,
                        Outcome::httpStatus,
                        Outcome::message,
                        Outcome::leadId)
                .containsExactly(Status.SUCCEEDED, "verified-by-sign-in", 1, false, null, null, null);
        assertThat(callsForAda()).containsExactly(Portal.SIGN_IN, Portal.CHANGE_PASSWORD, Portal.SIGN_IN);
        assertThat(portal.password(ADA)).isEqualTo(NEW_PASSWORD);
        List<PortalCall> calls = portal.callsTo(ADA);
        assertThat(calls.get(2).arrivalNanos() - calls.get(1).arrivalNanos())
                .as("one call deadline passes first")
                .isGreaterThan(1_000_000_000L);
    }

    @Test
    void aChangeThatWasNotMadeIsMade() throws Exception {
        portal.quirk(ADA, Quirk.DROPPED, 1);

        change(signedIn(), PortalOptions.INITIAL_PASSWORD);
        assertThat(outcome())
                .as("without a person nobody can look")
                .extracting(Outcome::status, Outcome::calls)
                .containsExactly(Status.IN_DOUBT, 1);

        portal.quirk(ADA, Quirk.DROPPED, 1);
        change(signedIn() + "," + BY_EMAIL, PortalOptions.INITIAL_PASSWORD);
        assertThat(outcome())
                .extracting(Outcome::status, Outcome::code, Outcome::calls, Outcome::possibleDuplicate)
                .containsExactly(Status.SUCCEEDED, null, 2, true);
        assertThat(callsForAda())
                .containsExactly(
                        Portal.CHANGE_PASSWORD,
                        Portal.CHANGE_PASSWORD,
                        Portal.SIGN_IN,
                        Portal.SIGN_IN,
                        Portal.CHANGE_PASSWORD);
        assertThat(portal.password(ADA)).isEqualTo(NEW_PASSWORD);
    }

    @Test
    void aChangeAnswered500IsRepeatedOnlyAfterASignIn() throws Exception {
        portal.quirk(ADA, Quirk.SERVER_ERROR, 2);

        change(signedIn() + "," + BY_EMAIL, PortalOptions.INITIAL_PASSWORD);

        assertThat(outcome())
                .extracting(Outcome::status, Outcome::calls, Outcome::possibleDuplicate)
                .containsExactly(Status.SUCCEEDED, 3, true);
        assertThat(callsForAda())
                .containsExactly(
                        Portal.CHANGE_PASSWORD,
                        Portal.SIGN_IN,
                        Portal.CHANGE_PASSWORD,
                        Portal.SIGN_IN,
                        Portal.CHANGE_PASSWORD);
        assertThat(portal.password(ADA)).isEqualTo(NEW_PASSWORD);
    }

    @Test
    void theDoubtStaysWhereNeitherPasswordSignsIn() throws Exception {
        send("reset-requested", "{\"emailAddress\":\"somebody@example.com\"}");
        assertThat(outcome().status()).as("keys and portal id work").isEqualTo(Status.SUCCEEDED);
        portal.quirk(ADA, Quirk.DROPPED, 1);

        change(signedIn() + "," + BY_EMAIL, "WrongSamplepassword@123");

        assertThat(outcome())
                .extracting(Outcome::status, Outcome::code, Outcome::calls)
                .containsExactly(Status.IN_DOUBT, "not-verified", 1);
        assertThat(callsForAda()).containsExactly(Portal.CHANGE_PASSWORD, Portal.SIGN_IN, Portal.SIGN_IN);
    }

    @Test
    void aSignInThatFailsForAnotherReasonIsTriedAgain() throws Exception {
        portal.quirk(ADA, Quirk.CUT, 1);
        portal.quirkSignIn(ADA, Quirk.UNAVAILABLE, 1);

        change(signedIn() + "," + BY_EMAIL, PortalOptions.INITIAL_PASSWORD);

        assertThat(outcome())
                .extracting(Outcome::status, Outcome::code, Outcome::calls)
                .containsExactly(Status.SUCCEEDED, "verified-by-sign-in", 1);
    }
}
