package io.lsqroutes.leadsquared.keys;

import static io.lsqroutes.leadsquared.answer.SampleAnswers.answer;
import static org.assertj.core.api.Assertions.assertThat;

import io.lsqroutes.attempt.CallKind;
import io.lsqroutes.attempt.Verdict.Kind;
import io.lsqroutes.event.Secret;
import io.lsqroutes.leadsquared.SampleEvents;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AccountKeysTest {
    /** Monotonic clocks start anywhere. */
    private final AtomicLong nanoTime =
            new AtomicLong(Long.MAX_VALUE - Duration.ofMinutes(1).toNanos());

    private final AccountKeys given =
            new AccountKeys(SampleEvents.accountWithGivenKeys(), SampleEvents::accountWithGivenKeys, nanoTime::get);
    private Account files = SampleEvents.accountWithAllKeys();
    private final AccountKeys both = new AccountKeys(files, () -> files, nanoTime::get);
    private final AccountKeys fetched =
            new AccountKeys(SampleEvents.accountWithAccessKeys(), SampleEvents::accountWithAccessKeys, nanoTime::get);

    private void pass(Duration time) {
        nanoTime.addAndGet(time.toNanos());
    }

    private static PortalKeys pair(String publicAuthKey, String registerToken) {
        return new PortalKeys(new Secret(publicAuthKey), new Secret(registerToken));
    }

    private static void fetch(AccountKeys keys, String publicAuthKey, String registerToken) {
        keys.keepPublicAuthKey(answer(200, "{'PublicAuthKey':'" + publicAuthKey + "'}"));
        keys.keepRegisterToken(answer(200, "'" + registerToken + "'"));
    }

    @Test
    void givenKeysAreNotMissing() {
        assertThat(given.missing()).isFalse();
        assertThat(given.inUse()).isEqualTo(pair("public-key", "register-token"));
        assertThat(given.all()).containsExactly(new Secret("public-key"), new Secret("register-token"));
    }

    @Test
    void keysThatAreNotGivenAreMissingUntilBothAreFetched() {
        assertThat(fetched.missingPublicAuthKey()).isTrue();
        assertThat(fetched.missingRegisterToken()).isTrue();

        fetched.keepPublicAuthKey(answer(200, "{'PublicAuthKey':'p'}"));
        assertThat(fetched.missingPublicAuthKey()).isFalse();
        assertThat(fetched.missing()).isTrue();

        fetched.keepRegisterToken(answer(200, "'r'"));
        assertThat(fetched.missing()).isFalse();
        assertThat(fetched.inUse()).isEqualTo(pair("p", "r"));
        assertThat(fetched.all())
                .containsExactlyInAnyOrder(
                        new Secret("access-key"), new Secret("secret-key"), new Secret("p"), new Secret("r"));
    }

    @Test
    void givenKeysThatAreRefusedAreKept_becauseThereIsNoWayToOthers() {
        given.notAccepted(given.inUse());

        assertThat(given.missing()).isFalse();
        assertThat(given.willDifferFrom(pair("public-key", "register-token"))).isFalse();
        assertThat(given.inUse()).isEqualTo(pair("public-key", "register-token"));
    }

    @Test
    void refusedKeysAreFetchedAnew_andStayUntilThen() {
        fetch(fetched, "p", "r");
        pass(Duration.ofMinutes(1));

        fetched.notAccepted(pair("p", "r"));

        assertThat(fetched.missingPublicAuthKey()).isTrue();
        assertThat(fetched.missingRegisterToken()).isTrue();
        assertThat(fetched.willDifferFrom(pair("p", "r"))).isTrue();
        assertThat(fetched.inUse()).isEqualTo(pair("p", "r"));

        fetch(fetched, "p2", "r2");
        assertThat(fetched.missing()).isFalse();
        assertThat(fetched.inUse()).isEqualTo(pair("p2", "r2"));
    }

    @Test
    void keysAreFetchedAtMostOnceAMinute() {
        fetch(fetched, "p", "r");
        pass(Duration.ofMinutes(1).minusNanos(1));
        fetched.notAccepted(pair("p", "r"));
        assertThat(fetched.missing()).isFalse();

        pass(Duration.ofNanos(1));
        fetched.notAccepted(pair("p", "r"));
        assertThat(fetched.missing()).isTrue();
    }

    @Test
    void aFetchThatIsRefusedIsNotRepeatedWithinAMinute_andTheOldKeysGoOn() {
        both.notAccepted(both.inUse());
        assertThat(both.missing()).isTrue();

        both.notFetched(Kind.UNAUTHORIZED);
        assertThat(both.missing()).isFalse();
        pass(Duration.ofMinutes(1).minusNanos(1));
        both.notAccepted(both.inUse());
        assertThat(both.missing()).isFalse();

        pass(Duration.ofNanos(1));
        both.notAccepted(both.inUse());
        assertThat(both.missing()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"RETRYABLE", "NOT_EXECUTED", "IN_DOUBT", "RATE_LIMITED"})
    void aFetchThatFailsOtherwiseIsStillDueWhereTheOldKeysWereRefused(Kind why) {
        both.notAccepted(both.inUse());

        both.notFetched(why);

        assertThat(both.missing()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"RETRYABLE", "NOT_EXECUTED", "IN_DOUBT"})
    void aFetchForOneUsersSakeDoesNotHoldUpTheOthersWhereItFails(Kind why) {
        assertThat(both.mayHaveNewToken(both.inUse())).isTrue();
        assertThat(both.missing()).isTrue();

        both.notFetched(why);

        assertThat(both.missing()).isFalse();
        assertThat(both.mayHaveNewToken(both.inUse())).as("within a minute").isFalse();
    }

    @Test
    void keysThatHaveNeverBeenThereAreAskedForAgain() {
        fetched.notFetched(Kind.UNAUTHORIZED);

        assertThat(fetched.missing()).isTrue();
    }

    @Test
    void nothingIsProvedAtFirst() {
        assertThat(given.provedGood(given.inUse())).isFalse();
    }

    @Test
    void aSuccessProvesTheKeysGoodForTenMinutes() {
        given.accepted(CallKind.FORGOT_PASSWORD, given.inUse());
        pass(Duration.ofMinutes(10).minusNanos(1));
        assertThat(given.provedGood(given.inUse())).isTrue();

        pass(Duration.ofNanos(1));
        assertThat(given.provedGood(given.inUse())).isFalse();
    }

    @Test
    void freshKeysAreGood_whereTheSameHaveWorkedBefore() {
        fetch(fetched, "p", "r");
        assertThat(fetched.provedGood(pair("p", "r")))
                .as("that says nothing of the portal id")
                .isFalse();
        fetched.accepted(CallKind.FORGOT_PASSWORD, pair("p", "r"));
        pass(Duration.ofMinutes(20));
        assertThat(fetched.provedGood(pair("p", "r"))).isFalse();

        fetch(fetched, "p", "r");
        pass(Duration.ofMinutes(10).minusNanos(1));
        assertThat(fetched.provedGood(pair("p", "r"))).isTrue();

        pass(Duration.ofNanos(1));
        assertThat(fetched.provedGood(pair("p", "r"))).isFalse();
    }

    @Test
    void whatACallWithAUsersKeyShowsIsTheTokenAlone() {
        assertThat(given.accountHasWorked()).isFalse();
        given.accepted(CallKind.CHANGE_PASSWORD, given.inUse());

        assertThat(given.accountHasWorked()).isTrue();
        assertThat(given.haveWorked(CallKind.CHANGE_PASSWORD, given.inUse())).isTrue();
        assertThat(given.haveWorked(CallKind.FORGOT_PASSWORD, given.inUse())).isFalse();
        given.accepted(CallKind.SIGN_IN, given.inUse());
        assertThat(given.haveWorked(CallKind.FORGOT_PASSWORD, given.inUse())).isTrue();
        assertThat(given.haveWorked(CallKind.CHANGE_PASSWORD, pair("public-key", "other")))
                .isFalse();
    }

    @Test
    void halfAFetchProvesNothing() {
        both.notAccepted(both.inUse());
        both.keepPublicAuthKey(answer(200, "{'PublicAuthKey':'public-key'}"));

        assertThat(both.provedGood(both.inUse())).isFalse();
    }

    @Test
    void keysThatWereRefusedAfterTheirLastSuccessAreNotProvedGood() {
        fetch(fetched, "p", "r");
        pass(Duration.ofSeconds(30));
        for (AccountKeys keys : new AccountKeys[] {fetched, given}) {
            keys.accepted(CallKind.FORGOT_PASSWORD, keys.inUse());

            keys.notAccepted(keys.inUse());

            assertThat(keys.provedGood(keys.inUse())).isFalse();
        }
    }

    @Test
    void aLateRefusalOfOlderKeysSaysNothingOfTheNewOnes() {
        fetch(fetched, "p", "r");
        fetched.accepted(CallKind.FORGOT_PASSWORD, pair("p", "r"));
        pass(Duration.ofMinutes(2));
        for (PortalKeys older : new PortalKeys[] {pair("p0", "r0"), pair("p0", "r"), pair("p", "r0")}) {
            fetched.notAccepted(older);

            assertThat(fetched.missing()).isFalse();
            assertThat(fetched.provedGood(pair("p", "r"))).isTrue();
            assertThat(fetched.provedGood(older)).isFalse();
            assertThat(fetched.willDifferFrom(older)).isTrue();
        }
    }

    @Test
    void aLateSuccessWithOlderKeysProvesNothingOfTheNewOnes() {
        given.accepted(CallKind.FORGOT_PASSWORD, pair("older-key", "register-token"));
        given.accepted(CallKind.FORGOT_PASSWORD, pair("public-key", "older-token"));

        assertThat(given.provedGood(given.inUse())).isFalse();
    }

    @Test
    void aUsersTroubleLeavesTheProofAlone_andAsksForTheTokenOnce() {
        both.accepted(CallKind.FORGOT_PASSWORD, both.inUse());

        assertThat(both.mayHaveNewToken(both.inUse())).isTrue();
        assertThat(both.missing()).isTrue();
        assertThat(both.provedGood(both.inUse())).isTrue();

        fetch(both, "public-key", "register-token");
        assertThat(both.mayHaveNewToken(both.inUse())).isFalse();
        assertThat(both.mayHaveNewToken(pair("public-key", "older-token")))
                .as("the call carried an older one")
                .isTrue();
    }

    @Test
    void aTokenThatCannotBeFetchedIsNotAskedFor() {
        assertThat(given.mayHaveNewToken(given.inUse())).isFalse();
    }

    @Test
    void keysThatAreReplacedInTheirFilesAreTakenOver_unproved() {
        both.accepted(CallKind.FORGOT_PASSWORD, both.inUse());
        files = SampleEvents.account("p2", "register-token", "access-key", "secret-key");

        assertThat(both.reread()).isTrue();

        assertThat(both.inUse()).isEqualTo(pair("p2", "register-token"));
        assertThat(both.provedGood(both.inUse())).isFalse();

        files = SampleEvents.account("p2", "r2", "access-key", "secret-key");
        assertThat(both.reread()).isTrue();
        assertThat(both.inUse()).isEqualTo(pair("p2", "r2"));
    }

    @Test
    void filesThatSayWhatTheySaidBeforeDoNotUndoAFetch() {
        fetch(both, "p2", "r2");
        both.accepted(CallKind.FORGOT_PASSWORD, pair("p2", "r2"));

        assertThat(both.reread()).isFalse();

        assertThat(both.inUse()).isEqualTo(pair("p2", "r2"));
        assertThat(both.provedGood(both.inUse())).isTrue();
    }

    @Test
    void keysThatWereReplacedAreUsedInsteadOfFetched() {
        files = SampleEvents.account("p2", "r2", "access-key", "secret-key");

        both.notAccepted(pair("public-key", "register-token"));

        assertThat(both.missing()).isFalse();
        assertThat(both.inUse()).isEqualTo(pair("p2", "r2"));
    }

    @Test
    void onlyRefusedKeysAreReadAgainBeforeACall() {
        files = SampleEvents.account("p2", "r2", "access-key", "secret-key");
        both.rereadIfNotAccepted();
        assertThat(both.inUse()).isEqualTo(pair("public-key", "register-token"));

        files = SampleEvents.accountWithAllKeys();
        both.notAccepted(both.inUse());
        files = SampleEvents.account("p2", "r2", "access-key", "secret-key");
        both.rereadIfNotAccepted();
        assertThat(both.inUse()).isEqualTo(pair("p2", "r2"));
    }

    @Test
    void keysThatAreGoodAgainNeedNoReading() {
        both.notAccepted(both.inUse());
        both.accepted(CallKind.FORGOT_PASSWORD, both.inUse());
        files = SampleEvents.account("p2", "r2", "access-key", "secret-key");

        both.rereadIfNotAccepted();

        assertThat(both.inUse()).isEqualTo(pair("public-key", "register-token"));
    }

    @Test
    void newAccessKeysFetchAtOnceWhatWasRefused() {
        both.notAccepted(both.inUse());
        both.notFetched(Kind.UNAUTHORIZED);
        files = SampleEvents.account("public-key", "register-token", "access-2", "secret-key");

        assertThat(both.reread()).isTrue();

        assertThat(both.missing()).isTrue();
        assertThat(both.accessKey()).isEqualTo(new Secret("access-2"));
        both.notFetched(Kind.UNAUTHORIZED);
        files = SampleEvents.account("public-key", "register-token", "access-2", "secret-2");
        both.rereadIfNotAccepted();
        assertThat(both.missing()).isTrue();
        assertThat(both.secretKey()).isEqualTo(new Secret("secret-2"));
    }

    @Test
    void newAccessKeysAreNoReasonToFetchGoodKeys() {
        files = SampleEvents.account("public-key", "register-token", "access-2", "secret-2");

        assertThat(both.reread()).isTrue();

        assertThat(both.missing()).isFalse();
    }
}
