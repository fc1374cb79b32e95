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
        attempts.begin(call);
        attempts.failed(verdict(kind));
    }

    @Test
    void aSuccessIsToldWithWhatTheApiSaid() {
        attempts.begin(CallKind.FORGOT_PASSWORD);
        attempts.succeeded(new Verdict(Kind.SUCCESS, 200, null, "Reset link sent successfully", null, null, "1-a"));

        Outcome outcome = conclusions.succeeded(attempts);

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

        assertThat(conclusions.unsuccessful(attempts))
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

        Outcome outcome = conclusions.unsuccessful(attempts);

        assertThat(outcome.status()).isEqualTo(Status.IN_DOUBT);
        assertThat(outcome.code()).isEqualTo("answer-lost");
        assertThat(outcome.calls()).isEqualTo(2);
        assertThat(outcome.possibleDuplicate()).isTrue();
    }

    @Test
    void doubtEndsWithALaterSuccess() {
        fails(CallKind.FORGOT_PASSWORD, Kind.IN_DOUBT);
        attempts.begin(CallKind.FORGOT_PASSWORD);
        attempts.succeeded(new Verdict(Kind.SUCCESS, 200, null, null, null, null));

        Outcome outcome = conclusions.succeeded(attempts);

        assertThat(outcome.status()).isEqualTo(Status.SUCCEEDED);
        assertThat(outcome.possibleDuplicate()).isTrue();
    }

    @Test
    void aLostAnswerToASignInLeavesNoDoubtAboutTheChange() {
        fails(CallKind.SIGN_IN, Kind.IN_DOUBT);
        fails(CallKind.SIGN_IN, Kind.REJECTED);

        Outcome outcome = conclusions.unsuccessful(attempts);

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
        assertThat(conclusions.unsuccessful(attempts).possibleDuplicate()).isFalse();

        fails(CallKind.FORGOT_PASSWORD, Kind.RETRYABLE);
        assertThat(conclusions.unsuccessful(attempts).possibleDuplicate()).isTrue();
    }

    @Test
    void aDefectDuringACallIsInDoubt() {
        attempts.begin(CallKind.FORGOT_PASSWORD);

        assertThat(conclusions.broken(attempts, new IllegalStateException("hunter2")))
                .extracting(Outcome::status, Outcome::code, Outcome::message)
                .containsExactly(Status.IN_DOUBT, "internal-error", null);
    }

    @Test
    void aDefectAfterALostAnswerIsInDoubt() {
        fails(CallKind.FORGOT_PASSWORD, Kind.IN_DOUBT);

        assertThat(conclusions
                        .broken(attempts, new IllegalStateException("hunter2"))
                        .status())
                .isEqualTo(Status.IN_DOUBT);
    }

    @Test
    void aDefectAfterASuccessIsNotCalledAFailure() {
        attempts.begin(CallKind.FORGOT_PASSWORD);
        attempts.succeeded(verdict(Kind.SUCCESS));

        assertThat(conclusions
                        .broken(attempts, new IllegalStateException("hunter2"))
                        .status())
                .isNotEqualTo(Status.FAILED);
    }

    @Test
    void aDefectDuringASignInLeavesNoDoubtAboutTheChange() {
        attempts.begin(CallKind.SIGN_IN);

        assertThat(conclusions
                        .broken(attempts, new IllegalStateException("hunter2"))
                        .status())
                .isEqualTo(Status.FAILED);
    }

    @Test
    void aDefectBeforeAnyCallIsAFailure() {
        Outcome outcome = conclusions.broken(attempts, new IllegalStateException("hunter2"));

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
        return conclusions.expired(SampleEvents.attempts(SampleEvents.reset(), progress, inCall));
    }

    @Test
    void anAnswerLostInAFormerLifeIsDoubtThatWins_untilASuccess() {
        Attempts restored = SampleEvents.attempts(SampleEvents.reset(), new Progress(1, 1, true, true), false);
        restored.begin(CallKind.FORGOT_PASSWORD);
        restored.failed(verdict(Kind.REJECTED));

        assertThat(conclusions.unsuccessful(restored).status()).isEqualTo(Status.IN_DOUBT);
    }

    @Test
    void aVerifiedChangeIsASuccessWithoutTheSignInsAnswer() {
        Attempts change = SampleEvents.attempts(SampleEvents.change(SampleEvents.ADA, "user-key"));
        change.begin(CallKind.CHANGE_PASSWORD);
        change.failed(verdict(Kind.IN_DOUBT));
        change.preparation().verify(true);
        change.begin(CallKind.SIGN_IN);
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
        assertThat(conclusions.succeeded(change)).isEqualTo(expected);
        assertThat(conclusions
                        .broken(change, new IllegalStateException("hunter2"))
                        .status())
                .isEqualTo(Status.SUCCEEDED);
    }

    @Test
    void aChangeThatCannotBeVerifiedIsInDoubt_notRejected() {
        Attempts change = SampleEvents.attempts(SampleEvents.change(SampleEvents.ADA, "user-key"));
        change.begin(CallKind.CHANGE_PASSWORD);
        change.failed(verdict(Kind.RETRYABLE));
        change.begin(CallKind.SIGN_IN);
        change.failed(verdict(Kind.REJECTED));
        change.concludeWith(Verdict.of(Kind.IN_DOUBT, "not-verified"));

        assertThat(conclusions.unsuccessful(change))
                .extracting(Outcome::status, Outcome::code, Outcome::httpStatus, Outcome::calls)
                .containsExactly(Status.IN_DOUBT, "not-verified", null, 1);
    }
}
