package io.lsqroutes.leadsquared;

import static io.lsqroutes.leadsquared.SampleAnswers.answer;
import static org.assertj.core.api.Assertions.assertThat;

import io.lsqroutes.event.Secret;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AccountKeysTest {
    /** Monotonic clocks start anywhere. */
    private final AtomicLong nanoTime =
            new AtomicLong(Long.MAX_VALUE - Duration.ofMinutes(1).toNanos());

    private final AccountKeys given = new AccountKeys(SampleEvents.accountWithGivenKeys(), nanoTime::get);
    private final AccountKeys fetched = new AccountKeys(SampleEvents.accountWithAccessKeys(), nanoTime::get);

    private void pass(Duration time) {
        nanoTime.addAndGet(time.toNanos());
    }

    private static void fetch(AccountKeys keys, String publicAuthKey, String registerToken) {
        keys.keepPublicAuthKey(answer(200, "{'PublicAuthKey':'" + publicAuthKey + "'}"));
        keys.keepRegisterToken(answer(200, "'" + registerToken + "'"));
    }

    @Test
    void givenKeysAreNotMissing() {
        assertThat(given.missing()).isFalse();
        assertThat(given.publicAuthKey()).isEqualTo(new Secret("public-key"));
        assertThat(given.registerToken()).isEqualTo(new Secret("register-token"));
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
        assertThat(fetched.publicAuthKey()).isEqualTo(new Secret("p"));
        assertThat(fetched.registerToken()).isEqualTo(new Secret("r"));
        assertThat(fetched.all())
                .containsExactlyInAnyOrder(
                        new Secret("access-key"), new Secret("secret-key"), new Secret("p"), new Secret("r"));
    }

    @Test
    void givenKeysThatAreRefusedAreKept_becauseThereIsNoWayToOthers() {
        given.refused();

        assertThat(given.missing()).isFalse();
        assertThat(given.publicAuthKey()).isEqualTo(new Secret("public-key"));
    }

    @Test
    void refusedKeysAreFetchedAnew_andStayUntilThen() {
        fetch(fetched, "p", "r");
        pass(Duration.ofMinutes(1));

        fetched.refused();

        assertThat(fetched.missingPublicAuthKey()).isTrue();
        assertThat(fetched.missingRegisterToken()).isTrue();
        assertThat(fetched.publicAuthKey()).isEqualTo(new Secret("p"));
        assertThat(fetched.registerToken()).isEqualTo(new Secret("r"));

        fetch(fetched, "p2", "r2");
        assertThat(fetched.missing()).isFalse();
        assertThat(fetched.publicAuthKey()).isEqualTo(new Secret("p2"));
    }

    @Test
    void keysAreFetchedAtMostOnceAMinute() {
        fetch(fetched, "p", "r");
        pass(Duration.ofMinutes(1).minusNanos(1));
        fetched.refused();
        assertThat(fetched.missing()).isFalse();

        pass(Duration.ofNanos(1));
        fetched.refused();
        assertThat(fetched.missing()).isTrue();
    }

    @Test
    void nothingIsProvedAtFirst() {
        assertThat(given.provedGood()).isFalse();
        assertThat(fetched.provedGood()).isFalse();
    }

    @Test
    void aSuccessProvesTheKeysGoodForTenMinutes() {
        given.accepted();
        pass(Duration.ofMinutes(10).minusNanos(1));
        assertThat(given.provedGood()).isTrue();

        pass(Duration.ofNanos(1));
        assertThat(given.provedGood()).isFalse();
    }

    @Test
    void freshKeysAreGood() {
        fetch(fetched, "p", "r");
        pass(Duration.ofMinutes(10).minusNanos(1));
        assertThat(fetched.provedGood()).isTrue();

        pass(Duration.ofNanos(1));
        assertThat(fetched.provedGood()).isFalse();
    }

    @Test
    void halfAFetchProvesNothing() {
        fetched.keepPublicAuthKey(answer(200, "{'PublicAuthKey':'p'}"));

        assertThat(fetched.provedGood()).isFalse();
    }

    @Test
    void keysThatWereRefusedAfterTheirLastSuccessAreNotProvedGood() {
        fetch(fetched, "p", "r");
        pass(Duration.ofMinutes(5));
        for (AccountKeys keys : new AccountKeys[] {fetched, given}) {
            keys.accepted();

            keys.refused();

            assertThat(keys.provedGood()).isFalse();
        }
    }
}
