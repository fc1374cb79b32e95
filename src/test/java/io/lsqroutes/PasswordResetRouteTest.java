package io.lsqroutes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.lsqroutes.event.Outcome;
import io.lsqroutes.event.Progress;
import io.lsqroutes.event.Status;
import io.lsqroutes.sandbox.Portal;
import io.lsqroutes.sandbox.Quirk;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PasswordResetRouteTest extends RouteTestSupport {
    private static final String ADA = "ada@example.com";
    private static final String EVENT = "{\"eventId\":\"e-1\",\"emailAddress\":\"ada@example.com\"}";

    @Test
    void sendsOneMailAndSaysSo() throws Exception {
        send("reset-requested", EVENT);

        Outcome outcome = outcome();
        assertThat(outcome.status()).isEqualTo(Status.SUCCEEDED);
        assertThat(outcome.event().eventId()).isEqualTo("e-1");
        assertThat(outcome.calls()).isEqualTo(1);
        assertThat(outcome.httpStatus()).isEqualTo(200);
        assertThat(outcome.message()).isEqualTo("Reset link sent successfully");
        assertThat(portal.mailsTo(ADA)).isEqualTo(1);
    }

    @Test
    void triesAgainAfter429_and500_withTheSameRequest() throws Exception {
        portal.quirk(ADA, Quirk.TOO_MANY_REQUESTS, 1);
        portal.quirk(ADA, Quirk.SERVER_ERROR, 1);

        send("reset-requested", EVENT);

        Outcome outcome = outcome();
        assertThat(outcome.status()).isEqualTo(Status.SUCCEEDED);
        assertThat(outcome.calls()).isEqualTo(3);
        assertThat(outcome.possibleDuplicate())
                .as("the 500 may have sent a mail")
                .isTrue();
        assertThat(portal.callsTo(ADA))
                .hasSize(3)
                .extracting(call -> call.body())
                .containsOnly("{\"EmailAddress\":\"ada@example.com\"}");
        assertThat(answered())
                .as("the journal knows each answer, so a crash after it leaves no doubt")
                .extracting(Progress::calls, Progress::effectPossible)
                .containsExactly(tuple(1, false), tuple(2, true));
        assertThat(pausing())
                .as("after a call too many an event keeps its place")
                .containsExactly(outcome.event().source());
    }

    @Test
    void givesUpAfterFourAttempts() throws Exception {
        portal.quirk(ADA, Quirk.SERVER_ERROR, Integer.MAX_VALUE);

        send("reset-requested", EVENT);

        Outcome outcome = outcome();
        assertThat(outcome.status()).isEqualTo(Status.FAILED);
        assertThat(outcome.calls()).isEqualTo(4);
        assertThat(outcome.code()).isEqualTo("http-500");
        assertThat(portal.callsTo(ADA)).hasSize(4);
    }

    @Test
    void doesNotRepeatWhatTheApiRefusesForGood() throws Exception {
        portal.quirk(ADA, Quirk.ERROR, 1);

        send("reset-requested", EVENT);

        Outcome outcome = outcome();
        assertThat(outcome.status()).isEqualTo(Status.REJECTED);
        assertThat(outcome.code()).isEqualTo("MXUserNotFoundException");
        assertThat(portal.callsTo(ADA)).hasSize(1);
    }

    @Test
    void fetchesTheKeysOnceForAllEvents() throws Exception {
        for (int i = 0; i < 20; i++) {
            send("reset-campaign", "{\"emailAddress\":\"person-" + i + "@example.com\"}");
        }
        for (int i = 0; i < 20; i++) {
            assertThat(outcome().status()).isEqualTo(Status.SUCCEEDED);
        }
        assertThat(calls(Portal.PUBLIC_TOKEN)).hasSize(1);
        assertThat(calls(Portal.REGISTER_TOKEN)).hasSize(1);
    }

    @Test
    void takesNothingFromTheRecordsHeaders() throws Exception {
        send(
                "reset-requested",
                EVENT,
                Map.of(
                        "Authorization", "planted",
                        "x-lsq-portalid", "planted",
                        "CamelHttpUri", "http://127.0.0.1:1/",
                        "CamelHttpPath", "/planted",
                        "CamelHttpMethod", "DELETE",
                        "Cookie", "planted",
                        "CamelRedeliveryDelay", 3_600_000L));

        assertThat(outcome().status()).isEqualTo(Status.SUCCEEDED);
        assertThat(portal.strayHeaders()).isEmpty();
    }

    @Test
    void anInvalidEventIsAnsweredAndTheNextOneGoesOn() throws Exception {
        send("reset-requested", null);
        send("reset-requested", "hunter2");
        send("reset-requested", "{\"eventId\":\"e-3\"}");
        send("reset-requested", EVENT);

        assertThat(outcome().code()).isEqualTo("no-value");
        assertThat(outcome().code()).isEqualTo("not-json");
        assertThat(outcome())
                .satisfies(invalid -> assertThat(invalid.event().eventId()).isEqualTo("e-3"))
                .extracting(Outcome::status, Outcome::code, Outcome::calls)
                .containsExactly(Status.INVALID, "no-person", 0);
        assertThat(outcome().status()).isEqualTo(Status.SUCCEEDED);
    }

    @Test
    void anExpiredEventIsNotCalledFor() throws Exception {
        send("reset-requested", "{\"emailAddress\":\"ada@example.com\",\"expiresAt\":\"2020-01-01T00:00:00Z\"}");

        assertThat(outcome())
                .extracting(Outcome::status, Outcome::code, Outcome::calls)
                .containsExactly(Status.EXPIRED, "expired-on-arrival", 0);
        assertThat(portal.calls()).isEmpty();
    }
}
