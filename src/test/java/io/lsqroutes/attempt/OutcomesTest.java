package io.lsqroutes.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import io.lsqroutes.attempt.Verdict.Kind;
import io.lsqroutes.event.EventType;
import io.lsqroutes.event.InvalidEvent;
import io.lsqroutes.event.Outcome;
import io.lsqroutes.event.Progress;
import io.lsqroutes.event.Status;
import io.lsqroutes.leadsquared.SampleEvents;
import java.time.Clock;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class OutcomesTest {
    private final Outcomes conclusions = new Outcomes(Clock.fixed(SampleEvents.NOW, ZoneOffset.UTC));
    private final Attempts attempts = SampleEvents.attempts(SampleEvents.reset());

    private static Verdict verdict(Kind kind) {
        return new Verdict(kind, 500, "some-code", "some message", null, null);
    }

    private void fails(CallKind call, Kind kind) {
        attempts.prepare(call).begin();
        attempts.failed(verdict(kind));
    }

    @Test
    void aSuccessIsToldWithWhatTheApiSaid() {
        attempts.prepare(CallKind.FORGOT_PASSWORD).begin();
        attempts.succeeded(new Verdict(Kind.SUCCESS, 200, null, "Reset link sent successfully", null, null, "1-a"));

        Outcome outcome = conclusions.succeeded(new Delivery(attempts, 0));

        assertThat(outcome)
                .isEqualTo(new Outcome(
                        SampleEvents.head(EventType.RESET),
                        Status.SUCCEEDED,
                        1,
                        false,
                        200,
                        null,
                        "Reset link sent successfully",
                        "1-a",
                        SampleEvents.NOW));
    }

    @ParameterizedTest
    @CsvSource({
        "REJECTED, REJECTED",
        "UNAUTHORIZED, REJECTED",
        "RETRYABLE, FAILED",
        "EXPIRED, EXPIRED",
        "IN_DOUBT, IN_DOUBT",
        "RATE_LIMITED, IN_DOUBT",
        "NOT_EXECUTED, FAILED"
    })
    void theLastVerdictBecomesTheStatus(Kind kind, Status status) {
        fails(CallKind.FORGOT_PASSWORD, kind);

        assertThat(conclusions.unsuccessful(new Delivery(attempts, 0)))
                .isEqualTo(new Outcome(
                        SampleEvents.head(EventType.RESET),
                        status,
                        1,
                        false,
                        500,
                        "some-code",
                        "some message",
                        null,
                        SampleEvents.NOW));
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"REJECTED", "UNAUTHORIZED", "RETRYABLE", "NOT_EXECUTED", "EXPIRED"})
    void doubtWins(Kind after) {
        fails(CallKind.FORGOT_PASSWORD, Kind.IN_DOUBT);
        fails(CallKind.FORGOT_PASSWORD, after);

        Outcome outcome = conclusions.unsuccessful(new Delivery(attempts, 0));

        assertThat(outcome.status()).isEqualTo(Status.IN_DOUBT);
        assertThat(outcome.code()).isEqualTo("answer-lost");
        assertThat(outcome.calls()).isEqualTo(2);
        assertThat(outcome.possibleDuplicate()).isTrue();
    }

    @Test
    void doubtEndsWithALaterSuccess() {
        fails(CallKind.FORGOT_PASSWORD, Kind.IN_DOUBT);
        attempts.prepare(CallKind.FORGOT_PASSWORD).begin();
        attempts.succeeded(new Verdict(Kind.SUCCESS, 200, null, null, null, null));

        Outcome outcome = conclusions.succeeded(new Delivery(attempts, 0));

        assertThat(outcome.status()).isEqualTo(Status.SUCCEEDED);
        assertThat(outcome.possibleDuplicate()).isTrue();
    }

    @Test
    void aLostAnswerToASignInLeavesNoDoubtAboutTheChange() {
        fails(CallKind.SIGN_IN, Kind.IN_DOUBT);
        fails(CallKind.SIGN_IN, Kind.REJECTED);

        Outcome outcome = conclusions.unsuccessful(new Delivery(attempts, 0));

        assertThat(outcome.status()).isEqualTo(Status.REJECTED);
        assertThat(outcome.calls()).isZero();
        assertThat(outcome.possibleDuplicate()).isFalse();
    }

    @Test
    void aPossibleDuplicateFollowsA500AndNoAnswerBut503AndLimitsDoNot() {
        fails(CallKind.FORGOT_PASSWORD, Kind.NOT_EXECUTED);
        fails(CallKind.FORGOT_PASSWORD, Kind.RATE_LIMITED);
        fails(CallKind.FORGOT_PASSWORD, Kind.UNAUTHORIZED);
        fails(CallKind.FORGOT_PASSWORD, Kind.RETRYABLE);
        assertThat(conclusions.unsuccessful(new Delivery(attempts, 0)).possibleDuplicate())
                .isFalse();

        fails(CallKind.FORGOT_PASSWORD, Kind.RETRYABLE);
        assertThat(conclusions.unsuccessful(new Delivery(attempts, 0)).possibleDuplicate())
                .isTrue();
    }

    @Test
    void aDefectDuringACallIsInDoubt() {
        attempts.prepare(CallKind.FORGOT_PASSWORD).begin();

        assertThat(conclusions.broken(new Delivery(attempts, 0), new IllegalStateException("hunter2")))
                .extracting(Outcome::status, Outcome::code, Outcome::message)
                .containsExactly(Status.IN_DOUBT, "internal-error", null);
    }

    @Test
    void aDefectAfterALostAnswerIsInDoubt() {
        fails(CallKind.FORGOT_PASSWORD, Kind.IN_DOUBT);

        assertThat(conclusions
                        .broken(new Delivery(attempts, 0), new IllegalStateException("hunter2"))
                        .status())
                .isEqualTo(Status.IN_DOUBT);
    }

    @Test
    void aDefectAfterASuccessIsNotCalledAFailure() {
        attempts.prepare(CallKind.FORGOT_PASSWORD).begin();
        attempts.succeeded(verdict(Kind.SUCCESS));

        assertThat(conclusions
                        .broken(new Delivery(attempts, 0), new IllegalStateException("hunter2"))
                        .status())
                .isNotEqualTo(Status.FAILED);
    }

    @Test
    void aDefectDuringASignInLeavesNoDoubtAboutTheChange() {
        attempts.prepare(CallKind.SIGN_IN).begin();

        assertThat(conclusions
                        .broken(new Delivery(attempts, 0), new IllegalStateException("hunter2"))
                        .status())
                .isEqualTo(Status.FAILED);
    }

    @Test
    void aDefectBeforeAnyCallIsAFailure() {
        Outcome outcome = conclusions.broken(new Delivery(attempts, 0), new IllegalStateException("hunter2"));

        assertThat(outcome.status()).isEqualTo(Status.FAILED);
        assertThat(outcome.calls()).isZero();
        assertThat(outcome.toString()).doesNotContain("hunter2");
    }

    @Test
    void anInvalidEventIsToldWhyAndWhere() {
        assertThat(conclusions.invalid(new InvalidEvent(SampleEvents.head(EventType.RESET), "bad-id", "campaignId")))
                .extracting(Outcome::status, Outcome::code, Outcome::message, Outcome::calls, Outcome::completedAt)
                .containsExactly(Status.INVALID, "bad-id", "at campaignId", 0, SampleEvents.NOW);
    }

    @Test
    void anEventThatCameTooLateIsExpiredWithoutACall() {
        assertThat(expired(Progress.NONE, false))
                .extracting(Outcome::status, Outcome::code, Outcome::calls)
                .containsExactly(Status.EXPIRED, "expired-on-arrival", 0);
    }

    @ParameterizedTest
    @CsvSource({"1, true, false", "2, true, true", "2, false, false"})
    void callsOfAFormerLifeAreToldWhenItIsTooLateForMore(int calls, boolean effectPossible, boolean duplicate) {
        assertThat(expired(new Progress(calls, calls, effectPossible, false), false))
                .extracting(Outcome::status, Outcome::code, Outcome::calls, Outcome::possibleDuplicate)
                .containsExactly(Status.EXPIRED, "expired-waiting", calls, duplicate);
    }

    @Test
    void anAnswerLostInAFormerLifeIsNotCalledExpired() {
        assertThat(expired(new Progress(2, 1, true, true), false))
                .extracting(Outcome::status, Outcome::code, Outcome::calls, Outcome::possibleDuplicate)
                .containsExactly(Status.IN_DOUBT, "answer-lost", 2, true);
        assertThat(expired(new Progress(1, 0, false, false), true))
                .extracting(Outcome::status, Outcome::code, Outcome::calls, Outcome::possibleDuplicate)
                .containsExactly(Status.IN_DOUBT, "process-died", 1, false);
    }

    private Outcome expired(Progress progress, boolean inCall) {
        return conclusions.expired(new Delivery(SampleEvents.attempts(SampleEvents.reset(), progress, inCall), 0));
    }

    @Test
    void anAnswerLostInAFormerLifeIsDoubtThatWins_untilASuccess() {
        Attempts restored = SampleEvents.attempts(SampleEvents.reset(), new Progress(1, 1, true, true), false);
        restored.prepare(CallKind.FORGOT_PASSWORD).begin();
        restored.failed(verdict(Kind.REJECTED));

        assertThat(conclusions.unsuccessful(new Delivery(restored, 0)).status()).isEqualTo(Status.IN_DOUBT);
    }

    @Test
    void aVerifiedChangeIsASuccessWithoutTheSignInsAnswer() {
        Attempts change = SampleEvents.attempts(SampleEvents.change(SampleEvents.ADA, "user-key"));
        change.prepare(CallKind.CHANGE_PASSWORD).begin();
        change.failed(verdict(Kind.IN_DOUBT));
        change.preparation().verify(true);
        change.prepare(CallKind.SIGN_IN).begin();
        change.succeeded(new Verdict(Kind.SUCCESS, 200, null, "Welcome", null, null));
        SampleEvents.signedIn(change, "new-key");

        Outcome expected = new Outcome(
                SampleEvents.head(EventType.CHANGE),
                Status.SUCCEEDED,
                1,
                false,
                null,
                "verified-by-sign-in",
                null,
                null,
                SampleEvents.NOW);
        assertThat(conclusions.succeeded(new Delivery(change, 0))).isEqualTo(expected);
        assertThat(conclusions
                        .broken(new Delivery(change, 0), new IllegalStateException("hunter2"))
                        .status())
                .isEqualTo(Status.SUCCEEDED);
    }

    @Test
    void aChangeThatCannotBeVerifiedIsInDoubt_notRejected() {
        Attempts change = SampleEvents.attempts(SampleEvents.change(SampleEvents.ADA, "user-key"));
        change.prepare(CallKind.CHANGE_PASSWORD).begin();
        change.failed(verdict(Kind.RETRYABLE));
        change.prepare(CallKind.SIGN_IN).begin();
        change.failed(verdict(Kind.REJECTED));
        change.concludeWith(Verdict.of(Kind.IN_DOUBT, "not-verified"));

        assertThat(conclusions.unsuccessful(new Delivery(change, 0)))
                .extracting(Outcome::status, Outcome::code, Outcome::httpStatus, Outcome::calls)
                .containsExactly(Status.IN_DOUBT, "not-verified", null, 1);
    }
}
