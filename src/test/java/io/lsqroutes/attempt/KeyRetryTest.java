package io.lsqroutes.attempt;

import static io.lsqroutes.attempt.CallKind.CHANGE_PASSWORD;
import static io.lsqroutes.attempt.CallKind.FORGOT_PASSWORD;
import static io.lsqroutes.attempt.CallKind.PUBLIC_AUTH_KEY;
import static io.lsqroutes.leadsquared.SampleEvents.ADA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.lsqroutes.attempt.Verdict.Kind;
import io.lsqroutes.event.Event;
import io.lsqroutes.leadsquared.SampleEvents;
import io.lsqroutes.leadsquared.keys.Account;
import io.lsqroutes.leadsquared.keys.AccountKeys;
import io.lsqroutes.leadsquared.signin.SignInProgress;
import io.lsqroutes.leadsquared.signin.UnauthorizedPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What follows when keys are refused, the user's or the account's. */
class KeyRetryTest {
    private final AccountKeys given =
            new AccountKeys(SampleEvents.accountWithGivenKeys(), SampleEvents::accountWithGivenKeys, () -> 0);
    private final AccountKeys fetched =
            new AccountKeys(SampleEvents.accountWithAccessKeys(), SampleEvents::accountWithAccessKeys, () -> 0);
    private final AccountKeys both =
            new AccountKeys(SampleEvents.accountWithAllKeys(), SampleEvents::accountWithAllKeys, () -> 0);
    private FailingAttempts event = handling(SampleEvents.reset());

    private FailingAttempts handling(Event handled) {
        return new FailingAttempts(handled, given);
    }

    @Test
    void aUserKeyThatHasExpiredIsReplacedBySigningInAtOnce() {
        event = handling(SampleEvents.change(ADA, "user-key"));

        assertThat(event.fails(CHANGE_PASSWORD, Kind.UNAUTHORIZED)).isZero();

        assertThat(event.anotherIsDue()).isTrue();
        assertThat(event.attempts.signsInNext()).isTrue();
        assertThat(SignInProgress.of(event.attempts).carriedKeys().refusal())
                .as("nothing to rule on: it is not used again")
                .isNull();
    }

    @Test
    void aUserKeyThatIsRefusedAfterSigningInIsFinal() {
        given.accepted(CallKind.SIGN_IN, given.inUse());
        event = handling(SampleEvents.change(ADA, "user-key"));
        event.fails(CHANGE_PASSWORD, Kind.UNAUTHORIZED);
        SampleEvents.signedIn(event.attempts, "new-key");

        event.fails(CHANGE_PASSWORD, Kind.UNAUTHORIZED);

        assertThat(event.anotherIsDue()).isFalse();
        assertThat(event.attempts.verdict().kind()).isEqualTo(Kind.UNAUTHORIZED);
    }

    @Test
    void aUserKeyThatIsRefusedBeforeAnyCallHasSucceededMayBeTheAccountsTrouble() {
        event = handling(SampleEvents.change(null, "user-key"));

        event.fails(CHANGE_PASSWORD, Kind.UNAUTHORIZED);

        assertThat(event.anotherIsDue()).isTrue();
    }

    @Test
    void aUserKeyThatIsRefusedWithoutAPersonToSignInIsFinal() {
        given.accepted(FORGOT_PASSWORD, given.inUse());
        event = handling(SampleEvents.change(null, "user-key"));

        event.fails(CHANGE_PASSWORD, Kind.UNAUTHORIZED);

        assertThat(event.anotherIsDue()).isFalse();
    }

    @Test
    void accountKeysThatAreRefusedAreFetchedAtOnce() {
        event = new FailingAttempts(SampleEvents.reset(), both);

        assertThat(event.fails(FORGOT_PASSWORD, Kind.UNAUTHORIZED)).isZero();

        assertThat(event.anotherIsDue()).isTrue();
        assertThat(both.missing()).isTrue();
        assertThat(event.attempts.charged()).isZero();
    }

    @Test
    void theOldKeysGoOnWhereTheAccessKeysAreRefused() {
        event = new FailingAttempts(SampleEvents.reset(), both);
        event.fails(FORGOT_PASSWORD, Kind.UNAUTHORIZED);

        assertThat(event.fails(PUBLIC_AUTH_KEY, Kind.REJECTED)).hasSeconds(2);

        assertThat(both.missing()).isFalse();
        assertThat(event.anotherIsDue()).isTrue();
    }

    @Test
    void whereTheTokenCannotBeFetchedItIsStillTheUsersKeyThatIsRuledOn() {
        both.accepted(FORGOT_PASSWORD, both.inUse());
        event = new FailingAttempts(SampleEvents.change(null, "user-key"), both);
        event.fails(CHANGE_PASSWORD, Kind.UNAUTHORIZED);
        assertThat(event.anotherIsDue()).isTrue();
        event.fails(PUBLIC_AUTH_KEY, Kind.UNAUTHORIZED);

        event.failed(catchThrowableOfType(
                CallFailed.class, () -> new UnauthorizedPolicy(both).decide(new Delivery(event.attempts, 0))));

        assertThat(event.anotherIsDue()).isFalse();
        assertThat(event.attempts.verdict().kind()).isEqualTo(Kind.UNAUTHORIZED);
        assertThat(event.attempts.calls()).isEqualTo(1);
    }

    @Test
    void keysThatHaveBeenReplacedMeanwhileAreTriedAtOnce() {
        Account replaced = SampleEvents.account("p2", "r2", "access-key", "secret-key");
        AccountKeys inFiles = new AccountKeys(SampleEvents.accountWithGivenKeys(), () -> replaced, () -> 0);
        event = new FailingAttempts(SampleEvents.reset(), inFiles);

        assertThat(event.fails(FORGOT_PASSWORD, Kind.UNAUTHORIZED)).isZero();

        assertThat(inFiles.missing()).isFalse();
        assertThat(event.anotherIsDue()).isTrue();
    }

    @Test
    void givenAccountKeysThatAreRefusedAreTriedAgainUntilTheirEventIsToBlame() {
        for (int seconds : new int[] {1, 2, 4, 8, 16, 32, 60, 60}) {
            assertThat(event.fails(FORGOT_PASSWORD, Kind.UNAUTHORIZED)).hasSeconds(seconds);
            assertThat(event.anotherIsDue()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"REJECTED", "RETRYABLE", "NOT_EXECUTED", "UNAUTHORIZED", "IN_DOUBT"})
    void noFailureToFetchTheAccountsKeysIsTheEventsFault(Kind kind) {
        event = new FailingAttempts(SampleEvents.reset(), fetched);

        event.fails(PUBLIC_AUTH_KEY, kind);

        assertThat(event.anotherIsDue()).isTrue();
    }
}
