package io.lsqroutes.leadsquared.signin;

import static io.lsqroutes.attempt.CallKind.CHANGE_PASSWORD;
import static io.lsqroutes.attempt.CallKind.PUBLIC_AUTH_KEY;
import static io.lsqroutes.attempt.CallKind.SIGN_IN;
import static io.lsqroutes.leadsquared.SampleEvents.ADA;
import static org.assertj.core.api.Assertions.assertThat;

import io.lsqroutes.attempt.FailingAttempts;
import io.lsqroutes.attempt.Verdict;
import io.lsqroutes.attempt.Verdict.Kind;
import io.lsqroutes.event.ChangeRequested;
import io.lsqroutes.event.Progress;
import io.lsqroutes.event.Secret;
import io.lsqroutes.leadsquared.SampleEvents;
import io.lsqroutes.leadsquared.keys.AccountKeys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Which password is asked next, and what the answers say about the change. */
class VerificationTest {
    private static final ChangeRequested CHANGE = SampleEvents.change(ADA, "user-key");

    private final AccountKeys keys =
            new AccountKeys(SampleEvents.accountWithGivenKeys(), SampleEvents::accountWithGivenKeys, () -> 0);
    private final FailingAttempts event = new FailingAttempts(CHANGE, keys);

    private void changeFails(Kind kind) {
        event.fails(CHANGE_PASSWORD, kind);
    }

    private boolean asksTheNewOne() {
        return SignInProgress.of(event.attempts).password(CHANGE).equals(CHANGE.newPassword());
    }

    @ParameterizedTest
    @CsvSource({"IN_DOUBT, true", "RETRYABLE, false"})
    void theLikelierPasswordIsAskedFirst(Kind kind, boolean theNewOne) {
        changeFails(kind);

        assertThat(asksTheNewOne()).isEqualTo(theNewOne);
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"IN_DOUBT", "RETRYABLE"})
    void whereTheNewPasswordSignsInTheChangeWasMade(Kind kind) {
        changeFails(kind);
        if (kind == Kind.RETRYABLE) {
            event.fails(SIGN_IN, Kind.REJECTED);
        }

        event.attempts.prepare(SIGN_IN).begin();
        SampleEvents.signedIn(event.attempts, "key");

        assertThat(event.attempts.verified()).isTrue();
        assertThat(event.attempts.confirmed()).isTrue();
        assertThat(event.attempts.answerLost()).isFalse();
        assertThat(event.attempts.verdict()).isEqualTo(Verdict.of(Kind.SUCCESS, "verified-by-sign-in"));
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"IN_DOUBT", "RETRYABLE"})
    void whereTheCurrentPasswordSignsInItWasNot_andTheKeyIsForTheNextCall(Kind kind) {
        changeFails(kind);
        if (kind == Kind.IN_DOUBT) {
            assertThat(event.fails(SIGN_IN, Kind.REJECTED)).isZero();
            assertThat(event.anotherIsDue()).isTrue();
        }

        event.attempts.prepare(SIGN_IN).begin();
        SampleEvents.signedIn(event.attempts, "key");

        assertThat(event.attempts.verified()).isFalse();
        assertThat(event.attempts.signsInNext()).isFalse();
        assertThat(SignInProgress.of(event.attempts).userKey()).isEqualTo(new Secret("key"));
        assertThat(event.attempts.progress()).isEqualTo(new Progress(1, 1, true, false));
        event.attempts.prepare(CHANGE_PASSWORD).begin();
        assertThat(event.attempts.possibleDuplicate()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"IN_DOUBT", "RETRYABLE"})
    void whereNeitherDoesTheDoubtStays(Kind kind) {
        changeFails(kind);
        event.fails(SIGN_IN, Kind.REJECTED);

        event.fails(SIGN_IN, Kind.REJECTED);

        assertThat(event.anotherIsDue()).isFalse();
        assertThat(event.attempts.verdict()).isEqualTo(Verdict.of(Kind.IN_DOUBT, "not-verified"));
    }

    @Test
    void wherePasswordOrKeysAreWrongBothPasswordsAreAskedBeforeAPause() {
        changeFails(Kind.IN_DOUBT);

        assertThat(event.fails(SIGN_IN, Kind.UNAUTHORIZED)).isZero();
        assertThat(asksTheNewOne()).isFalse();
        assertThat(event.fails(SIGN_IN, Kind.UNAUTHORIZED)).hasSeconds(4);
        assertThat(asksTheNewOne()).isTrue();
        assertThat(event.fails(SIGN_IN, Kind.UNAUTHORIZED)).isZero();
        assertThat(event.anotherIsDue()).isTrue();
    }

    @Test
    void aPasswordThatIsRefusedForGoodIsNotAskedAgain() {
        changeFails(Kind.IN_DOUBT);
        event.fails(SIGN_IN, Kind.REJECTED);

        assertThat(event.fails(SIGN_IN, Kind.UNAUTHORIZED)).isPositive();
        assertThat(asksTheNewOne()).isFalse();
        event.fails(SIGN_IN, Kind.RETRYABLE);
        assertThat(asksTheNewOne()).isFalse();
        event.fails(SIGN_IN, Kind.REJECTED);
        assertThat(event.anotherIsDue()).isFalse();
    }

    @Test
    void aFailureThatMayBeAboutThePasswordIsFollowedByTheOther() {
        changeFails(Kind.IN_DOUBT);

        assertThat(event.fails(SIGN_IN, Kind.RETRYABLE)).hasSeconds(2);

        assertThat(asksTheNewOne()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"RATE_LIMITED", "NOT_EXECUTED", "IN_DOUBT"})
    void whatSaysNothingAboutThePasswordIsAskedAgain(Kind kind) {
        changeFails(Kind.IN_DOUBT);

        event.fails(SIGN_IN, kind);

        assertThat(event.anotherIsDue()).isTrue();
        assertThat(asksTheNewOne()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"REJECTED", "RETRYABLE", "UNAUTHORIZED"})
    void noFailureToFetchTheAccountsKeysSaysAnythingAboutThePassword(Kind kind) {
        changeFails(Kind.IN_DOUBT);

        event.fails(PUBLIC_AUTH_KEY, kind);

        assertThat(event.anotherIsDue()).isTrue();
        assertThat(asksTheNewOne()).isTrue();
    }

    @Test
    void aSignInThatOnlyPreparesTheChangeIsRefusedForGood() {
        FailingAttempts first = new FailingAttempts(SampleEvents.change(ADA, null), keys);

        first.fails(SIGN_IN, Kind.REJECTED);

        assertThat(first.anotherIsDue()).isFalse();
        assertThat(first.attempts.verdict().kind()).isEqualTo(Kind.REJECTED);
    }
}
