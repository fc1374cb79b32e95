package io.lsqroutes.attempt;

import static io.lsqroutes.attempt.CallKind.CHANGE_PASSWORD;
import static io.lsqroutes.attempt.CallKind.FORGOT_PASSWORD;
import static io.lsqroutes.leadsquared.SampleEvents.ADA;
import static org.assertj.core.api.Assertions.assertThat;

import io.lsqroutes.attempt.Verdict.Kind;
import io.lsqroutes.event.Event;
import io.lsqroutes.event.InDoubtRules;
import io.lsqroutes.event.Progress;
import io.lsqroutes.leadsquared.SampleEvents;
import io.lsqroutes.leadsquared.keys.AccountKeys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What follows when it is not known whether the event's own call took effect. */
class InDoubtRetryTest {
    private final Exception lost = new CallFailed(Verdict.of(Kind.IN_DOUBT, "answer-lost"));
    private static final Event RESET = SampleEvents.interactiveReset();
    private static final Event CHANGE = SampleEvents.change(ADA, "user-key");

    private final AccountKeys keys =
            new AccountKeys(SampleEvents.accountWithGivenKeys(), SampleEvents::accountWithGivenKeys, () -> 0);

    private FailingAttempts handling(Event event) {
        return new FailingAttempts(event, keys);
    }

    private FailingAttempts restored(Event event, Progress progress, boolean inCall) {
        return restored(event, progress, inCall, FailingAttempts.DEFAULTS);
    }

    private FailingAttempts restored(Event event, Progress progress, boolean inCall, InDoubtRules inDoubt) {
        return new FailingAttempts(SampleEvents.attempts(event, progress, inCall), keys, inDoubt, 1);
    }

    @Test
    void aResetWhoseAnswerIsLostIsMadeOnceMore_andTheJournalKnowsBefore() {
        FailingAttempts event = handling(RESET);

        assertThat(event.fails(FORGOT_PASSWORD, lost)).hasSeconds(1);

        assertThat(event.anotherIsDue()).isTrue();
        assertThat(event.told()).isTrue();
        assertThat(event.attempts.progress()).isEqualTo(new Progress(1, 1, true, true));
    }

    @Test
    void theSecondLostAnswerEndsIt() {
        FailingAttempts event = handling(RESET);
        event.fails(FORGOT_PASSWORD, lost);

        event.fails(FORGOT_PASSWORD, lost);

        assertThat(event.anotherIsDue()).isFalse();
        assertThat(event.told()).isFalse();
        assertThat(event.attempts.verdict().kind()).isEqualTo(Kind.IN_DOUBT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gateway-error", "no-answer", "answer-lost"})
    void anAnswerFromAGatewayIsALostOne(String code) {
        FailingAttempts event = handling(RESET);

        event.fails(FORGOT_PASSWORD, new CallFailed(new Verdict(Kind.IN_DOUBT, 502, code, null, null, null)));

        assertThat(event.anotherIsDue()).isTrue();
    }

    @Test
    void anAnswerThatIsNotUnderstoodIsAnAnswer_andNothingIsRepeated() {
        CallFailed notUnderstood = new CallFailed(Verdict.of(Kind.IN_DOUBT, "answer-not-understood"));
        FailingAttempts reset = handling(RESET);
        FailingAttempts change = handling(CHANGE);

        reset.fails(FORGOT_PASSWORD, notUnderstood);
        change.fails(CHANGE_PASSWORD, notUnderstood);

        assertThat(reset.anotherIsDue()).isFalse();
        assertThat(change.anotherIsDue()).isFalse();
        assertThat(change.attempts.verdict().code()).isEqualTo("answer-not-understood");
    }

    @Test
    void aLostAnswerIsOneOfTheEventsCalls_butTheResendIsAlwaysMade() {
        FailingAttempts event = handling(RESET);
        for (int call = 1; call <= 3; call++) {
            event.fails(FORGOT_PASSWORD, Kind.RETRYABLE);
        }

        event.fails(FORGOT_PASSWORD, lost);
        assertThat(event.anotherIsDue()).isTrue();

        event.fails(FORGOT_PASSWORD, Kind.RETRYABLE);
        assertThat(event.anotherIsDue()).isFalse();
    }

    @Test
    void aCampaignIsNotResent_andNothingIsWhereEverythingIsParked() {
        FailingAttempts campaign = handling(SampleEvents.reset());
        FailingAttempts parked = restored(RESET, Progress.NONE, false, FailingAttempts.PARK);

        campaign.fails(FORGOT_PASSWORD, lost);
        parked.fails(FORGOT_PASSWORD, lost);

        assertThat(campaign.anotherIsDue()).isFalse();
        assertThat(parked.anotherIsDue()).isFalse();
    }

    @Test
    void aResetThatWasOutWhenTheProcessDiedIsMadeOnceMoreAtOnce() throws CallFailed {
        FailingAttempts event = restored(RESET, new Progress(1, 0, false, false), true);

        assertThat(event.recalls()).isZero();

        assertThat(event.anotherIsDue()).isTrue();
        assertThat(event.attempts.progress()).isEqualTo(new Progress(1, 1, true, true));
        event.recall();
    }

    @Test
    void itIsMadeOnceMoreOverAllLives() {
        FailingAttempts event = restored(RESET, new Progress(2, 1, true, true), true);

        event.recalls();

        assertThat(event.anotherIsDue()).isFalse();
        assertThat(event.attempts.verdict().code()).isEqualTo("process-died");
    }

    @Test
    void aResendThatWasStillToComeInAFormerLifeGoesOn_unlessItIsNotWantedAnyMore() {
        Progress decided = new Progress(1, 1, true, true);
        FailingAttempts event = restored(RESET, decided, false);
        FailingAttempts parked = restored(RESET, decided, false, FailingAttempts.PARK);

        event.recalls();
        parked.recalls();

        assertThat(event.anotherIsDue()).isTrue();
        assertThat(event.attempts.progress()).isEqualTo(decided);
        assertThat(parked.anotherIsDue()).isFalse();
        event.fails(FORGOT_PASSWORD, lost);
        assertThat(event.anotherIsDue()).isFalse();
    }

    @Test
    void aResetAnswered500InAFormerLifeIsNotInDoubt() throws CallFailed {
        restored(RESET, new Progress(2, 2, true, false), false).recall();
    }

    @Test
    void nothingIsRecalledOfAnEventThatBegins() throws CallFailed {
        restored(RESET, Progress.NONE, false).recall();
        restored(SampleEvents.change(SampleEvents.ADA, null), Progress.NONE, false)
                .recall();
    }

    @Test
    void aLostChangeIsVerifiedOneDeadlineLater() {
        FailingAttempts event = handling(CHANGE);

        assertThat(event.fails(CHANGE_PASSWORD, lost)).isEqualTo(FailingAttempts.CALL_DEADLINE);

        assertThat(event.anotherIsDue()).isTrue();
        assertThat(event.told()).isTrue();
        assertThat(event.attempts.signsInNext()).isTrue();
        assertThat(event.attempts.progress()).isEqualTo(new Progress(1, 1, true, true));
    }

    @Test
    void aChangeAnswered500IsVerifiedAfterTheUsualPause() {
        FailingAttempts event = handling(CHANGE);

        assertThat(event.fails(CHANGE_PASSWORD, Kind.RETRYABLE)).hasSeconds(1);

        assertThat(event.anotherIsDue()).isTrue();
        assertThat(event.attempts.signsInNext()).isTrue();
        assertThat(event.attempts.progress()).isEqualTo(new Progress(1, 1, true, false));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatCannotBeVerifiedIsNotRepeated(boolean nobodyIsNamed) {
        FailingAttempts event = nobodyIsNamed
                ? handling(SampleEvents.change(null, "user-key"))
                : restored(CHANGE, Progress.NONE, false, FailingAttempts.PARK);

        event.fails(CHANGE_PASSWORD, Kind.RETRYABLE);
        assertThat(event.anotherIsDue()).isFalse();

        event.fails(CHANGE_PASSWORD, lost);
        assertThat(event.anotherIsDue()).isFalse();
    }

    @Test
    void aChangeIsWorthFourCalls_answered500OrLost() {
        FailingAttempts event = handling(CHANGE);
        event.fails(CHANGE_PASSWORD, lost);
        event.fails(CHANGE_PASSWORD, Kind.RETRYABLE);
        event.fails(CHANGE_PASSWORD, lost);
        assertThat(event.anotherIsDue()).isTrue();

        event.fails(CHANGE_PASSWORD, Kind.RETRYABLE);

        assertThat(event.anotherIsDue()).isFalse();
    }

    @Test
    void aChangeThatWasOutWhenTheProcessDiedIsVerifiedOneDeadlineLater() {
        FailingAttempts event = restored(CHANGE, new Progress(1, 0, false, false), true);

        assertThat(event.recalls()).isEqualTo(FailingAttempts.CALL_DEADLINE);

        assertThat(event.anotherIsDue()).isTrue();
        assertThat(event.attempts.signsInNext()).isTrue();
        assertThat(event.attempts.charged()).isEqualTo(1);
    }

    @Test
    void aDoubtOfAFormerLifeIsStillToBeVerified_andNotChargedTwice() {
        FailingAttempts wasLost = restored(CHANGE, new Progress(1, 1, true, true), false);
        FailingAttempts answered500 = restored(CHANGE, new Progress(1, 1, true, false), false);

        assertThat(wasLost.recalls()).isEqualTo(FailingAttempts.CALL_DEADLINE);
        assertThat(answered500.recalls()).hasSeconds(1);

        assertThat(wasLost.attempts.progress()).isEqualTo(new Progress(1, 1, true, true));
        assertThat(answered500.attempts.progress()).isEqualTo(new Progress(1, 1, true, false));
        assertThat(wasLost.attempts.signsInNext()).isTrue();
        assertThat(answered500.attempts.signsInNext()).isTrue();
    }

    @Test
    void aChangeAnswered500InAFormerLifeThatCannotBeVerifiedFails() {
        FailingAttempts event = restored(CHANGE, new Progress(1, 1, true, false), false, FailingAttempts.PARK);

        event.recalls();

        assertThat(event.anotherIsDue()).isFalse();
        assertThat(event.attempts.verdict().kind()).isEqualTo(Kind.RETRYABLE);
        assertThat(event.attempts.verdict().code()).isEqualTo("server-error");
    }
}
