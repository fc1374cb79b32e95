package io.lsqroutes.attempt;

import static io.lsqroutes.attempt.CallKind.FORGOT_PASSWORD;
import static io.lsqroutes.attempt.CallKind.SIGN_IN;
import static io.lsqroutes.leadsquared.SampleEvents.ADA;
import static org.assertj.core.api.Assertions.assertThat;

import io.lsqroutes.attempt.Verdict.Kind;
import io.lsqroutes.event.Event;
import io.lsqroutes.leadsquared.SampleEvents;
import io.lsqroutes.leadsquared.keys.AccountKeys;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RetryPolicyTest {
    private final AccountKeys keys =
            new AccountKeys(SampleEvents.accountWithGivenKeys(), SampleEvents::accountWithGivenKeys, () -> 0);
    private FailingAttempts event = handling(SampleEvents.reset());

    private FailingAttempts handling(Event handled) {
        return new FailingAttempts(handled, keys);
    }

    @Test
    void thePauseDoublesUpToAMinute() {
        for (int seconds : new int[] {1, 2, 4, 8, 16, 32, 60, 60}) {
            assertThat(event.fails(FORGOT_PASSWORD, Kind.NOT_EXECUTED)).hasSeconds(seconds);
        }
        for (int i = 0; i < 100; i++) {
            assertThat(event.fails(FORGOT_PASSWORD, Kind.NOT_EXECUTED)).hasMinutes(1);
        }
    }

    @Test
    void thePauseIsSpreadByChance() {
        event = new FailingAttempts(SampleEvents.reset(), keys, 0.25);
        event.fails(FORGOT_PASSWORD, Kind.NOT_EXECUTED);

        assertThat(event.fails(FORGOT_PASSWORD, Kind.NOT_EXECUTED)).hasMillis(500);
    }

    @Test
    void aCallTooManyGoesBackToTheBudgetAtOnce_whichHoldsTheWholeAccount() {
        assertThat(event.fails(FORGOT_PASSWORD, Kind.RATE_LIMITED)).isZero();
        assertThat(event.fails(FORGOT_PASSWORD, Kind.RATE_LIMITED, Duration.ofSeconds(20)))
                .isZero();
        assertThat(event.anotherIsDue()).isTrue();
        assertThat(event.fails(FORGOT_PASSWORD, Kind.RETRYABLE))
                .as("the event's own first failure")
                .hasSeconds(1);
    }

    @ParameterizedTest
    @CsvSource({"NOT_EXECUTED, 20, 20", "RETRYABLE, 20, 20", "RETRYABLE, 0, 1"})
    void retryAfterIsHonouredWhereItIsLonger(Kind kind, int asked, int seconds) {
        assertThat(event.fails(FORGOT_PASSWORD, kind, Duration.ofSeconds(asked)))
                .hasSeconds(seconds);
    }

    @Test
    void aResetIsWorthFourFailedCalls() {
        for (int call = 1; call <= 3; call++) {
            event.fails(FORGOT_PASSWORD, Kind.RETRYABLE);
            assertThat(event.anotherIsDue()).isTrue();
        }
        event.fails(FORGOT_PASSWORD, Kind.RETRYABLE);

        assertThat(event.anotherIsDue()).isFalse();
        assertThat(event.attempts.verdict().kind()).isEqualTo(Kind.RETRYABLE);
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"RATE_LIMITED", "NOT_EXECUTED"})
    void whatIsNotTheEventsFaultCostsItNoAttempt(Kind kind) {
        for (int i = 0; i < 20; i++) {
            event.fails(FORGOT_PASSWORD, kind);
            assertThat(event.anotherIsDue()).isTrue();
        }
        event.fails(FORGOT_PASSWORD, Kind.RETRYABLE);

        assertThat(event.anotherIsDue()).isTrue();
        assertThat(event.attempts.charged()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"REJECTED", "IN_DOUBT", "EXPIRED"})
    void theseAreNotRepeated(Kind kind) {
        event.fails(FORGOT_PASSWORD, kind);

        assertThat(event.anotherIsDue()).isFalse();
        assertThat(event.attempts.verdict().kind()).isEqualTo(kind);
    }

    @Test
    void aConnectionThatIsRefusedIsTriedAgain_anAnswerThatIsLostIsNot() {
        event.fails(FORGOT_PASSWORD, new CallFailed(Verdict.of(Kind.NOT_EXECUTED, "no-connection")));
        assertThat(event.anotherIsDue()).isTrue();

        event.fails(FORGOT_PASSWORD, new CallFailed(Verdict.of(Kind.IN_DOUBT, "no-answer")));
        assertThat(event.anotherIsDue()).isFalse();
        assertThat(event.attempts.answerLost()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"3600, true", "3601, false"})
    void theNextCallComesBeforeTheEventExpires(int seconds, boolean again) {
        event.fails(FORGOT_PASSWORD, Kind.NOT_EXECUTED, Duration.ofSeconds(seconds));

        assertThat(event.anotherIsDue()).isEqualTo(again);
        assertThat(event.attempts.verdict().kind()).isEqualTo(again ? Kind.NOT_EXECUTED : Kind.EXPIRED);
        assertThat(event.attempts.verdict().code()).isEqualTo(again ? "some-code" : "expired-waiting");
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"RETRYABLE", "IN_DOUBT"})
    void aSignInChangesNothingAndIsRepeated(Kind kind) {
        event = handling(SampleEvents.change(ADA, null));

        event.fails(SIGN_IN, kind);

        assertThat(event.anotherIsDue()).isTrue();
        assertThat(event.attempts.answerLost()).isFalse();
        assertThat(event.attempts.charged()).isZero();
    }
}
