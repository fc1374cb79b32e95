package io.lsqroutes.breaker;

import static io.lsqroutes.attempt.CallKind.CHANGE_PASSWORD;
import static io.lsqroutes.attempt.CallKind.FORGOT_PASSWORD;
import static io.lsqroutes.attempt.CallKind.PUBLIC_AUTH_KEY;
import static io.lsqroutes.attempt.CallKind.SIGN_IN;
import static io.lsqroutes.attempt.Trouble.KEYS_NOT_ACCEPTED;
import static io.lsqroutes.attempt.Trouble.NOT_THE_API;
import static io.lsqroutes.attempt.Trouble.NOT_UNDERSTOOD;
import static io.lsqroutes.attempt.Trouble.NO_CONNECTION;
import static io.lsqroutes.attempt.Trouble.QUOTA_SPENT;
import static io.lsqroutes.attempt.Trouble.REDIRECTED;
import static io.lsqroutes.attempt.Trouble.SERVER_ERROR;
import static io.lsqroutes.attempt.Trouble.UNAVAILABLE;
import static org.assertj.core.api.Assertions.assertThat;

import io.lsqroutes.attempt.CallKind;
import io.lsqroutes.attempt.Fault;
import io.lsqroutes.attempt.Pauses;
import io.lsqroutes.attempt.Trouble;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class BreakerStateTest {
    private static final Duration WINDOW = Duration.ofSeconds(5);

    private BreakerState breaker = new BreakerState(WINDOW, Pauses.USUAL, true);
    private long now = -5;
    private int persons;

    private void pass(Duration time) {
        now += time.toNanos();
    }

    private void seconds(int count) {
        pass(Duration.ofSeconds(count));
    }

    /** The next person's event fails. */
    private Fault fails(Trouble trouble) {
        return fails("person " + persons++, trouble);
    }

    /** This person's event fails, with keys that have worked. */
    private Fault fails(String person, Trouble trouble) {
        return fails(FORGOT_PASSWORD, person, trouble, true);
    }

    private Fault fails(CallKind call, String person, Trouble trouble, boolean keysWorked) {
        return breaker.failed(new TroubleMet(call, person, trouble, keysWorked, true, null), now);
    }

    private void succeeds() {
        breaker.succeeded(FORGOT_PASSWORD, "person " + persons++, now);
    }

    private Fault keyCallFails(Trouble trouble) {
        return fails(PUBLIC_AUTH_KEY, "somebody", trouble, false);
    }

    private void keyCallSucceeds() {
        breaker.succeeded(PUBLIC_AUTH_KEY, "somebody", now);
    }

    private @Nullable Trouble trouble() {
        return breaker.open() == null ? null : breaker.open().trouble();
    }

    private OpenState open() {
        return Objects.requireNonNull(breaker.open(), "calls are made");
    }

    private void stopsBy(Trouble trouble) {
        for (int i = 0; i < 4 && breaker.open() == null; i++) {
            fails(trouble);
        }
        assertThat(trouble()).isEqualTo(trouble);
    }

    private void probeFails() {
        pass(Duration.ofNanos(open().nanosUntilProbe(now)));
        open().probeBegan();
        fails(open().trouble());
        open().probeEnded(true, now);
    }

    private void spendsTheQuota() {
        for (int window = 0; window < 3; window++) {
            assertThat(trouble()).isNull();
            breaker.rateLimited(now);
            pass(WINDOW);
        }
        assertThat(trouble()).isEqualTo(QUOTA_SPENT);
    }

    @ParameterizedTest
    @EnumSource(names = {"UNAVAILABLE", "NOT_THE_API", "SERVER_ERROR", "NOT_UNDERSTOOD", "NO_CONNECTION"})
    void fourPersonsInARowStopTheLine(Trouble trouble) {
        fails(trouble);
        fails(trouble);
        fails(trouble);
        assertThat(trouble()).isNull();

        fails(trouble);
        assertThat(trouble()).isEqualTo(trouble);
    }

    @Test
    void troublesOfSeveralKindsCountTogether() {
        fails(UNAVAILABLE);
        fails(SERVER_ERROR);
        fails(NOT_UNDERSTOOD);
        fails(NOT_THE_API);

        assertThat(trouble()).isEqualTo(NOT_THE_API);
    }

    @ParameterizedTest
    @EnumSource(names = {"REDIRECTED", "KEYS_NOT_ACCEPTED"})
    void whatNoEventCanBringAboutStopsItAtOnce(Trouble trouble) {
        fails(trouble);

        assertThat(trouble()).isEqualTo(trouble);
    }

    @Test
    void aSuccessBetweenThemShowsThatTheAnswersAreTheEvents_whereNoKeyCallCan() {
        breaker = new BreakerState(WINDOW, Pauses.USUAL, false);
        Fault blame = fails(NOT_THE_API);
        assertThat(blame.counts()).isFalse();
        assertThat(blame.mayCount()).isTrue();
        fails(NOT_THE_API);
        fails(NOT_THE_API);

        succeeds();

        assertThat(blame.counts()).isTrue();
        fails(NOT_THE_API);
        assertThat(trouble()).isNull();
    }

    @Test
    void aKeyCallIsNoSuchSuccess() {
        fails(SERVER_ERROR);
        fails(SERVER_ERROR);
        fails(SERVER_ERROR);
        keyCallSucceeds();

        fails(SERVER_ERROR);

        assertThat(trouble()).isEqualTo(SERVER_ERROR);
    }

    @Test
    void onePersonNeverStopsTheLine() {
        for (int i = 0; i < 100; i++) {
            fails("the same", SERVER_ERROR);
        }

        assertThat(trouble()).isNull();
    }

    @Test
    void onePersonsConnectionsDo() {
        for (int i = 0; i < 4; i++) {
            fails("the same", NO_CONNECTION);
        }

        assertThat(trouble()).isEqualTo(NO_CONNECTION);
    }

    @Test
    void attemptsThatLedToAStopAreGivenBack() {
        Fault blame = fails(SERVER_ERROR);
        stopsBy(SERVER_ERROR);

        assertThat(blame.mayCount()).isFalse();
        assertThat(fails(SERVER_ERROR).mayCount()).isFalse();

        succeeds();
        assertThat(trouble()).isNull();
        assertThat(blame.mayCount()).isFalse();
    }

    @Test
    void itIsTriedAfterEveryPause_oneAtATime() {
        breaker = new BreakerState(WINDOW, Pauses.USUAL, false);
        stopsBy(UNAVAILABLE);
        assertThat(open().nanosUntilProbe(now)).isEqualTo(Duration.ofSeconds(5).toNanos());
        seconds(5);
        assertThat(open().nanosUntilProbe(now)).isZero();

        open().probeBegan();
        seconds(100);
        assertThat(open().nanosUntilProbe(now)).isEqualTo(Long.MAX_VALUE);

        open().probeEnded(true, now);
        assertThat(open().nanosUntilProbe(now)).isEqualTo(Duration.ofSeconds(5).toNanos());
    }

    @Test
    void aKeyCallIsTriedAtOnce() {
        stopsBy(UNAVAILABLE);

        assertThat(open().nanosUntilProbe(now)).isZero();
    }

    @Test
    void aProbeThatCouldNotCallIsFollowedAtOnce() {
        stopsBy(UNAVAILABLE);
        seconds(5);
        open().probeBegan();

        open().probeEnded(false, now);

        assertThat(open().nanosUntilProbe(now)).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "UNAVAILABLE, false, 5, 5, 5",
        "NOT_UNDERSTOOD, true, 5, 5, 5",
        "NOT_UNDERSTOOD, false, 10, 10, 10",
        "KEYS_NOT_ACCEPTED, true, 10, 20, 40"
    })
    void pausesGrowWhereTryingCostsSomething(Trouble trouble, boolean keyCalls, int second, int third, int fourth) {
        breaker = new BreakerState(WINDOW, Pauses.USUAL, keyCalls);
        stopsBy(trouble);

        for (int pause : new int[] {second, third, fourth}) {
            probeFails();
            assertThat(open().pause()).hasSeconds(pause);
        }
    }

    @Test
    void anEventThatIsTriedOnAMaintenancePageIsInDoubt_soALongOneIsTriedLessOften() {
        breaker = new BreakerState(WINDOW, Pauses.USUAL, false);
        stopsBy(NOT_UNDERSTOOD);
        int probes = 0;
        long stopped = now;
        while (now - stopped + open().nanosUntilProbe(now)
                < Duration.ofMinutes(1).toNanos()) {
            probeFails();
            probes++;
            assertThat(open().pause()).hasSeconds(10);
        }
        assertThat(probes).isEqualTo(6);

        probeFails();
        assertThat(open().pause()).hasSeconds(20);
        probeFails();
        probeFails();
        assertThat(open().pause()).hasSeconds(30);
    }

    @Test
    void itIsNotTriedBeforeTheApiWantsToBeAsked() {
        stopsBy(UNAVAILABLE);

        open().leaveAlone(Duration.ofSeconds(30), now);
        assertThat(open().nanosUntilProbe(now)).isEqualTo(Duration.ofSeconds(30).toNanos());
        seconds(20);
        open().leaveAlone(Duration.ofSeconds(1), now);
        assertThat(open().nanosUntilProbe(now)).isEqualTo(Duration.ofSeconds(10).toNanos());

        seconds(10);
        open().probeBegan();
        open().probeEnded(true, now);
        assertThat(open().nanosUntilProbe(now)).isEqualTo(Duration.ofSeconds(5).toNanos());
    }

    @Test
    void whileOnlyOnePersonHasMetRefusedKeys_anotherIsTriedAfterTheFirstPause() {
        breaker = new BreakerState(WINDOW, Pauses.USUAL, false);
        fails("ada", KEYS_NOT_ACCEPTED);
        for (int i = 0; i < 3; i++) {
            open().probeBegan();
            fails("ada", KEYS_NOT_ACCEPTED);
            open().probeEnded(true, now);
        }
        assertThat(breaker.nanosUntilProbe(now))
                .isEqualTo(Duration.ofSeconds(40).toNanos());
        assertThat(breaker.nanosUntilAnother(false, now))
                .isEqualTo(Duration.ofSeconds(5).toNanos());

        fails("bob", KEYS_NOT_ACCEPTED);

        assertThat(breaker.nanosUntilAnother(true, now))
                .isEqualTo(Duration.ofSeconds(40).toNanos());
    }

    @Test
    void pausesForKeysEndAtFiveMinutes_andBeginAgainWithOtherKeys() {
        stopsBy(KEYS_NOT_ACCEPTED);
        for (int i = 0; i < 20; i++) {
            probeFails();
        }
        assertThat(open().pause()).hasMinutes(5);

        open().keysReplaced(now);

        assertThat(open().nanosUntilProbe(now)).isZero();
        probeFails();
        assertThat(open().pause()).hasSeconds(10);
    }

    @ParameterizedTest
    @EnumSource(names = {"NOT_THE_API", "SERVER_ERROR", "NOT_UNDERSTOOD", "KEYS_NOT_ACCEPTED", "REDIRECTED"})
    void whereKeyCallsGoWellAndEventsDoNot_theTroubleIsTheEvents(Trouble trouble) {
        Fault blame = fails(trouble);
        stopsBy(trouble);
        keyCallSucceeds();
        fails(trouble);
        assertThat(trouble()).isEqualTo(trouble);

        keyCallSucceeds();

        assertThat(trouble()).isNull();
        assertThat(blame.counts()).isTrue();
        for (int i = 0; i < 50; i++) {
            Fault next = fails(trouble);
            keyCallSucceeds();
            assertThat(next.counts()).isTrue();
        }
        assertThat(trouble()).isNull();

        pass(Duration.ofMinutes(10));
        stopsBy(trouble);
    }

    @Test
    void whereBothKeysWereJustFetchedAndAreRefusedAgain_nobodyWaitsForAThirdKeyCall() {
        stopsBy(KEYS_NOT_ACCEPTED);
        keyCallSucceeds();
        keyCallSucceeds();
        assertThat(trouble()).isEqualTo(KEYS_NOT_ACCEPTED);

        Fault blame = fails(KEYS_NOT_ACCEPTED);

        assertThat(trouble()).isNull();
        assertThat(blame.counts()).isTrue();
    }

    @Test
    void keyCallsAloneShowNothing() {
        stopsBy(SERVER_ERROR);

        keyCallSucceeds();
        keyCallSucceeds();
        keyCallSucceeds();

        assertThat(trouble()).isEqualTo(SERVER_ERROR);
    }

    @ParameterizedTest
    @EnumSource(names = {"UNAVAILABLE", "NO_CONNECTION"})
    void whereNothingWasDoneForAReasonOutside_theTroubleIsNeverTheEvents(Trouble trouble) {
        stopsBy(trouble);
        for (int i = 0; i < 10; i++) {
            keyCallSucceeds();
            fails(trouble);
        }

        assertThat(trouble()).isEqualTo(trouble);
    }

    @Test
    void anEventThatSucceedsLetsTheLineRun_andTheSameTroubleMayStopItLater() {
        stopsBy(SERVER_ERROR);
        succeeds();
        assertThat(trouble()).isNull();

        seconds(60);
        stopsBy(SERVER_ERROR);
    }

    @ParameterizedTest
    @CsvSource({"SERVER_ERROR, true", "SERVER_ERROR, false", "NOT_THE_API, true", "NOT_UNDERSTOOD, false"})
    void case23_anOutageThatComesAndGoesChargesNobody_howeverOften(Trouble trouble, boolean keyCalls) {
        breaker = new BreakerState(WINDOW, Pauses.USUAL, keyCalls);
        List<Fault> blames = new ArrayList<>();
        for (int outage = 0; outage < 10; outage++) {
            for (int i = 0; i < 4; i++) {
                blames.add(fails(trouble));
            }
            assertThat(trouble()).isEqualTo(trouble);
            for (int probe = 0; probe < 10; probe++) {
                seconds(5);
                open().probeBegan();
                blames.add(keyCalls ? keyCallFails(trouble) : fails(trouble));
                open().probeEnded(true, now);
            }
            seconds(5);
            if (keyCalls) {
                keyCallSucceeds();
            }
            for (int i = 0; i < 20; i++) {
                succeeds();
                seconds(1);
            }
        }

        assertThat(blames).noneMatch(Fault::mayCount);
    }

    @Test
    void beforeAnAnswerIsChargedAKeyCallIsAskedFor_oneInFiveSeconds() {
        assertThat(breaker.keyCallIsDue(now)).isFalse();
        Fault first = fails("ada", SERVER_ERROR);
        assertThat(breaker.keyCallIsDue(now)).isTrue();
        assertThat(breaker.keyCallIsDue(now)).isFalse();
        succeeds();
        assertThat(first.counts()).isFalse();

        keyCallSucceeds();
        assertThat(first.counts()).isTrue();

        Fault second = fails("ada", SERVER_ERROR);
        seconds(4);
        assertThat(breaker.keyCallIsDue(now)).isFalse();
        seconds(1);
        assertThat(breaker.keyCallIsDue(now)).isTrue();
        keyCallFails(SERVER_ERROR);
        assertThat(trouble()).isEqualTo(SERVER_ERROR);
        assertThat(second.mayCount()).isFalse();
        assertThat(first.counts()).isTrue();
    }

    @Test
    void whereNoKeyCallCanTellOnlyAnotherPersonDoes_inTheSameMinute() {
        breaker = new BreakerState(WINDOW, Pauses.USUAL, false);
        Fault blame = fails("ada", SERVER_ERROR);
        breaker.succeeded(FORGOT_PASSWORD, "ada", now);
        assertThat(blame.counts()).isFalse();
        seconds(60);
        succeeds();
        assertThat(blame.mayCount()).isFalse();

        Fault next = fails("ada", SERVER_ERROR);
        seconds(59);
        succeeds();
        assertThat(next.counts()).isTrue();
        assertThat(breaker.keyCallIsDue(now)).isFalse();
    }

    @Test
    void aKeyCallThatFailsEndsWhatWasKnownOfTheEvents() {
        stopsBy(SERVER_ERROR);
        keyCallSucceeds();
        keyCallSucceeds();
        fails(SERVER_ERROR);
        assertThat(trouble()).isNull();
        Fault blame = fails(SERVER_ERROR);
        assertThat(blame.counts()).as("not before a key call has shown it").isFalse();

        keyCallFails(SERVER_ERROR);

        assertThat(trouble()).isEqualTo(SERVER_ERROR);
        assertThat(blame.mayCount()).isFalse();
    }

    @Test
    void case22_keysThatNoCallHasSucceededWithAreNoEventsFault() {
        Fault blame = fails(FORGOT_PASSWORD, "ada", KEYS_NOT_ACCEPTED, false);
        assertThat(open().reason()).isEqualTo("the account's keys or the portal id are refused");
        for (int i = 0; i < 10; i++) {
            keyCallSucceeds();
            fails(FORGOT_PASSWORD, "person " + i, KEYS_NOT_ACCEPTED, false);
        }

        assertThat(trouble()).isEqualTo(KEYS_NOT_ACCEPTED);
        assertThat(blame.mayCount()).isFalse();
    }

    @Test
    void keyCallsThatGoWellDoNotShortenThePausesOfUnprovedKeys() {
        fails(FORGOT_PASSWORD, "ada", KEYS_NOT_ACCEPTED, false);
        for (int seconds : new int[] {10, 20, 40}) {
            open().probeBegan();
            keyCallSucceeds();
            fails(FORGOT_PASSWORD, "ada", KEYS_NOT_ACCEPTED, false);
            open().probeEnded(true, now);
            assertThat(open().pause()).hasSeconds(seconds);
        }
    }

    @Test
    void fewPersonsHaveMetUnprovedKeys_soAnotherOneIsTriedSoonUnlessWithASignIn() {
        breaker = new BreakerState(WINDOW, Pauses.USUAL, false);
        for (String person : new String[] {"ada", "bob", "cyd"}) {
            fails(FORGOT_PASSWORD, person, KEYS_NOT_ACCEPTED, false);
            open().probeBegan();
            open().probeEnded(true, now);
        }
        assertThat(breaker.nanosUntilAnother(false, now))
                .isEqualTo(Duration.ofSeconds(5).toNanos());
        assertThat(breaker.nanosUntilAnother(true, now))
                .isEqualTo(Duration.ofSeconds(40).toNanos());

        fails(FORGOT_PASSWORD, "dan", KEYS_NOT_ACCEPTED, false);

        assertThat(breaker.nanosUntilAnother(false, now))
                .isEqualTo(Duration.ofSeconds(40).toNanos());
    }

    @Test
    void theReasonFollowsTheTrouble() {
        stopsBy(NO_CONNECTION);
        breaker.failed(new TroubleMet(FORGOT_PASSWORD, "ada", NO_CONNECTION, false, true, "https://h: refused"), now);
        assertThat(open().reason()).isEqualTo("no connection to LeadSquared can be made (https://h: refused)");

        fails(PUBLIC_AUTH_KEY, "ada", KEYS_NOT_ACCEPTED, false);
        assertThat(open().reason()).isEqualTo("the account's access keys are refused");
        fails(SERVER_ERROR);
        assertThat(open().reason()).isEqualTo(SERVER_ERROR.reason());
        for (int window = 0; window < 3; window++) {
            breaker.rateLimited(now);
            pass(WINDOW);
        }
        assertThat(open().reason()).isEqualTo(QUOTA_SPENT.reason());
    }

    @Test
    void whatAnotherTroubleHasShownSaysNothingOfThisOne() {
        stopsBy(SERVER_ERROR);
        keyCallSucceeds();
        keyCallSucceeds();

        fails(KEYS_NOT_ACCEPTED);

        assertThat(trouble()).isEqualTo(KEYS_NOT_ACCEPTED);
    }

    @ParameterizedTest
    @EnumSource(names = {"UNAVAILABLE", "NO_CONNECTION"})
    void whatIsNeverTheEventsMayComeBackAtOnce(Trouble trouble) {
        for (int outage = 0; outage < 5; outage++) {
            stopsBy(trouble);
            succeeds();
        }
    }

    @Test
    void aQuotaMayBeSpentAgainAtOnce() {
        for (int i = 0; i < 5; i++) {
            spendsTheQuota();
            succeeds();
        }
    }

    @Test
    void whatIsNeverTheEventsStopsTheLineAlsoAfterItWasMetBesideWhatWas() {
        fails(UNAVAILABLE);
        stopsBy(SERVER_ERROR);
        keyCallSucceeds();
        keyCallSucceeds();
        fails(SERVER_ERROR);
        assertThat(trouble()).isNull();

        for (int i = 0; i < 10; i++) {
            fails(SERVER_ERROR);
        }
        assertThat(trouble()).isNull();
        stopsBy(UNAVAILABLE);
    }

    @Test
    void anAnswerInTheApisOwnWordsShowsThatItIsThere() {
        stopsBy(UNAVAILABLE);

        breaker.answered(FORGOT_PASSWORD);

        assertThat(trouble()).isNull();
    }

    @Test
    void keysThatWorkForSomebodyElseDoNotStopTheLine_andTheNextSuccessShowsThatTheAnswerIsTheEvents() {
        breaker.succeeded(FORGOT_PASSWORD, "ada", now);
        seconds(59);

        Fault blame = fails("bob", KEYS_NOT_ACCEPTED);

        assertThat(trouble()).isNull();
        assertThat(blame.counts()).isFalse();
        succeeds();
        assertThat(blame.counts()).isTrue();
    }

    @Test
    void keysThatGoBadWhileOthersWorkCostNoEventAnAttempt() {
        succeeds();
        Fault blame = fails(KEYS_NOT_ACCEPTED);
        for (int second = 0; second < 60; second++) {
            assertThat(trouble()).isNull();
            assertThat(fails(KEYS_NOT_ACCEPTED)).isSameAs(blame);
            seconds(1);
        }
        assertThat(blame.counts()).isFalse();

        stopsBy(KEYS_NOT_ACCEPTED);

        assertThat(blame.mayCount()).isFalse();
        succeeds();
        assertThat(blame.mayCount()).isFalse();
    }

    @Test
    void aUsersOwnKeyShowsNothingOfTheAccounts() {
        succeeds();
        Fault blame = fails(KEYS_NOT_ACCEPTED);
        breaker.succeeded(CHANGE_PASSWORD, "ada", now);
        assertThat(blame.counts()).isFalse();
        seconds(60);
        stopsBy(KEYS_NOT_ACCEPTED);

        breaker.succeeded(CHANGE_PASSWORD, "ada", now);
        breaker.answered(CHANGE_PASSWORD);
        assertThat(trouble()).isEqualTo(KEYS_NOT_ACCEPTED);
        assertThat(blame.mayCount()).isFalse();

        breaker.answered(SIGN_IN);
        assertThat(trouble()).isNull();
    }

    @Test
    void aUsersOwnKeyShowsThatTheAccountIsWellOtherwise() {
        stopsBy(SERVER_ERROR);

        breaker.succeeded(CHANGE_PASSWORD, "ada", now);

        assertThat(trouble()).isNull();
    }

    @Test
    void keysNotAcceptedThatMayBeTheEventsAreNoneOfTheFour() {
        succeeds();
        for (int i = 0; i < 10; i++) {
            fails(KEYS_NOT_ACCEPTED);
        }
        fails(SERVER_ERROR);
        fails(SERVER_ERROR);
        fails(SERVER_ERROR);

        assertThat(trouble()).isNull();
    }

    @Test
    void keysThatWorkedForTheSamePersonOrLongAgoOrForAnotherCallMayBe() {
        breaker.succeeded(FORGOT_PASSWORD, "bob", now);
        seconds(1);
        breaker.succeeded(FORGOT_PASSWORD, "ada", now);
        seconds(58);
        breaker.succeeded(FORGOT_PASSWORD, "ada", now);
        breaker.succeeded(SIGN_IN, "bob", now);
        fails("ada", KEYS_NOT_ACCEPTED);
        assertThat(trouble()).isNull();

        seconds(1);
        fails("ada", KEYS_NOT_ACCEPTED);

        assertThat(trouble()).isEqualTo(KEYS_NOT_ACCEPTED);
    }

    @Test
    void aRefusedKeyCallIsTheAccountsAtOnce() {
        breaker.succeeded(PUBLIC_AUTH_KEY, "ada", now);

        fails(PUBLIC_AUTH_KEY, "bob", KEYS_NOT_ACCEPTED, false);

        assertThat(trouble()).isEqualTo(KEYS_NOT_ACCEPTED);
    }

    @Test
    void rateLimitedWindowAfterWindow_theQuotaIsSpent() {
        breaker.rateLimited(now);
        breaker.rateLimited(now);
        breaker.rateLimited(now);
        pass(WINDOW);
        breaker.rateLimited(now);
        assertThat(trouble()).isNull();
        pass(WINDOW);

        breaker.rateLimited(now);

        assertThat(trouble()).isEqualTo(QUOTA_SPENT);
    }

    @Test
    void aCallThatGoesThroughBetweenRefusalsShowsThatItIsNot() {
        for (int i = 0; i < 10; i++) {
            breaker.rateLimited(now);
            pass(WINDOW);
            breaker.rateLimited(now);
            succeeds();
            pass(WINDOW);
        }

        assertThat(trouble()).isNull();
    }

    @Test
    void everyTroubleHasItsReason() {
        for (Trouble trouble : Trouble.values()) {
            assertThat(trouble.reason()).isNotBlank();
        }
        assertThat(REDIRECTED.stopsAtOnce()).isTrue();
    }
}
