package io.lsqroutes;

import static org.assertj.core.api.Assertions.assertThat;

import io.lsqroutes.event.Outcome;
import io.lsqroutes.event.Status;
import io.lsqroutes.sandbox.Portal;
import io.lsqroutes.sandbox.PortalOptions;
import io.lsqroutes.sandbox.Quirk;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PasswordChangeRouteTest extends RouteTestSupport {
    private static final String ADA = "ada@example.com";

    private static String change(String who, String current) {
        return "{\"eventId\":\"c-1\"," + who + ",\"currentPassword\":\"" + current
                + "\",\"newPassword\":\"NewSamplepassword@123\"}";
    }

    private static final String BY_EMAIL = "\"emailAddress\":\"ada@example.com\"";

    @Test
    void changesThePasswordOfASignedInUser() throws Exception {
        send(
                "change-requested",
                change("\"authKey\":\"" + portal.signInKeyFor(ADA) + "\"", PortalOptions.INITIAL_PASSWORD));

        Outcome outcome = outcome();
        assertThat(outcome.status()).isEqualTo(Status.SUCCEEDED);
        assertThat(outcome.message()).isEqualTo("Password changed successfully");
        assertThat(portal.password(ADA)).isEqualTo("NewSamplepassword@123");
        assertThat(calls(Portal.SIGN_IN)).isEmpty();
    }

    @Test
    void signsInFirstWhereOnlyThePersonIsKnown() throws Exception {
        send("change-requested", change(BY_EMAIL, PortalOptions.INITIAL_PASSWORD));

        Outcome outcome = outcome();
        assertThat(outcome.status()).isEqualTo(Status.SUCCEEDED);
        assertThat(outcome.calls()).as("the sign-in is not in it").isEqualTo(1);
        assertThat(portal.password(ADA)).isEqualTo("NewSamplepassword@123");
    }

    @Test
    void signsInByPhone() throws Exception {
        send(
                "change-requested",
                change("\"searchKey\":{\"schemaName\":\"Phone\",\"value\":\"+1\"}", PortalOptions.INITIAL_PASSWORD));

        assertThat(outcome().status()).isEqualTo(Status.SUCCEEDED);
        assertThat(portal.password("Phone:+1")).isEqualTo("NewSamplepassword@123");
    }

    @Test
    void fallsBackToSigningInWhenTheUsersKeyHasExpired() throws Exception {
        String expired = portal.signInKeyFor(ADA);
        portal.expireSignInKeys();

        send("change-requested", change("\"authKey\":\"" + expired + "\"," + BY_EMAIL, PortalOptions.INITIAL_PASSWORD));

        Outcome outcome = outcome();
        assertThat(outcome.status()).isEqualTo(Status.SUCCEEDED);
        assertThat(outcome.calls()).isEqualTo(2);
        assertThat(outcome.possibleDuplicate()).isFalse();
    }

    @Test
    void anExpiredKeyWithoutAPersonIsRejected() throws Exception {
        send("reset-requested", "{\"emailAddress\":\"somebody@example.com\"}");
        assertThat(outcome().status()).as("keys and portal id work").isEqualTo(Status.SUCCEEDED);
        String expired = portal.signInKeyFor(ADA);
        portal.expireSignInKeys();

        send("change-requested", change("\"authKey\":\"" + expired + "\"", PortalOptions.INITIAL_PASSWORD));

        assertThat(outcome())
                .extracting(Outcome::status, Outcome::code, Outcome::calls)
                .containsExactly(Status.REJECTED, "key-refused", 1);
    }

    @Test
    void aWrongPasswordIsRejectedAtSignIn() throws Exception {
        send("reset-requested", "{\"emailAddress\":\"somebody@example.com\"}");
        assertThat(outcome().status()).as("keys and portal id work").isEqualTo(Status.SUCCEEDED);
        send("change-requested", change(BY_EMAIL, "WrongSamplepassword@123"));

        assertThat(outcome())
                .extracting(Outcome::status, Outcome::code, Outcome::calls)
                .containsExactly(Status.REJECTED, "sign-in-refused", 0);
        assertThat(portal.password(ADA)).isEqualTo(PortalOptions.INITIAL_PASSWORD);
    }

    @Test
    void aChangeThatMayHaveBeenMadeIsNotRepeated_whereNobodyCanLook() throws Exception {
        portal.quirk(ADA, Quirk.SERVER_ERROR, 1);

        send(
                "change-requested",
                change("\"authKey\":\"" + portal.signInKeyFor(ADA) + "\"", PortalOptions.INITIAL_PASSWORD));

        assertThat(outcome()).extracting(Outcome::status, Outcome::calls).containsExactly(Status.FAILED, 1);
    }

    @Test
    void aChangeInDoubtThatExpiresBeforeASignInCanTellStaysSo() throws Exception {
        portal.quirk(ADA, Quirk.CUT, 1);
        // With the tolerance of five minutes it is good for ten seconds, and a sign-in waits for twenty.
        String expiresAt = "\"expiresAt\":\"" + Instant.now().minusSeconds(290) + "\"";

        send("change-requested", change(BY_EMAIL + "," + expiresAt, PortalOptions.INITIAL_PASSWORD));

        assertThat(outcome())
                .extracting(Outcome::status, Outcome::code, Outcome::calls)
                .containsExactly(Status.IN_DOUBT, "answer-lost", 1);
        assertThat(calls(Portal.SIGN_IN)).hasSize(1);
    }

    @Test
    void aMissingPasswordIsInvalid() throws Exception {
        send("change-requested", "{" + BY_EMAIL + ",\"currentPassword\":\"OldSamplepassword@123\"}");

        assertThat(outcome())
                .extracting(Outcome::status, Outcome::code, Outcome::message)
                .containsExactly(Status.INVALID, "no-password", "at newPassword");
        assertThat(portal.calls()).isEmpty();
    }
}
