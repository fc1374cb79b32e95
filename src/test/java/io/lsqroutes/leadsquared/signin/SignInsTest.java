package io.lsqroutes.leadsquared.signin;

import static io.lsqroutes.leadsquared.SampleEvents.ADA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.lsqroutes.attempt.Attempts;
import io.lsqroutes.attempt.CallFailed;
import io.lsqroutes.attempt.CallKind;
import io.lsqroutes.attempt.Delivery;
import io.lsqroutes.attempt.FailingAttempts;
import io.lsqroutes.attempt.Verdict;
import io.lsqroutes.attempt.Verdict.Kind;
import io.lsqroutes.event.Event;
import io.lsqroutes.event.Person;
import io.lsqroutes.event.Person.EmailAddress;
import io.lsqroutes.event.Person.SearchKey;
import io.lsqroutes.leadsquared.SampleEvents;
import io.lsqroutes.leadsquared.keys.AccountKeys;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SignInsTest {
    /** Monotonic clocks start anywhere. */
    private final AtomicLong nanoTime =
            new AtomicLong(Long.MAX_VALUE - Duration.ofMinutes(1).toNanos());

    private final SignIns signIns = new SignIns(nanoTime::get);

    private void pass(Duration time) {
        nanoTime.addAndGet(time.toNanos());
    }

    private void refuse(Person person, int times) {
        for (int i = 0; i < times; i++) {
            signIns.refused(person);
        }
    }

    private boolean admits(Person person) {
        return admits(SampleEvents.attempts(SampleEvents.change(person, null)));
    }

    private boolean admits(Attempts attempts) {
        CallFailed ruledOut = catchThrowableOfType(CallFailed.class, () -> signIns.admit(new Delivery(attempts, 0)));
        if (ruledOut != null) {
            assertThat(ruledOut.verdict()).isEqualTo(Verdict.of(Kind.REJECTED, "too-many-sign-ins"));
        }
        return ruledOut == null;
    }

    @Test
    void afterFiveRefusedSignInsThePersonIsNotSignedInAgain() {
        refuse(ADA, 4);
        assertThat(admits(ADA)).isTrue();

        refuse(ADA, 1);
        assertThat(admits(ADA)).isFalse();
    }

    @Test
    void aPersonIsOnePersonInAnyCase_andNobodyElse() {
        refuse(new EmailAddress("Ada@Example.com"), 3);
        refuse(new SearchKey("emailaddress", "ADA@example.com"), 2);

        assertThat(admits(ADA)).isFalse();
        assertThat(admits(new EmailAddress("bob@example.com"))).isTrue();
        assertThat(admits(new SearchKey("mx_Mail", "ada@example.com"))).isTrue();
    }

    @Test
    void theFifthLastRefusalIsForgottenAfterAQuarterOfAnHour() {
        refuse(ADA, 1);
        pass(Duration.ofMinutes(5));
        refuse(ADA, 4);
        pass(Duration.ofMinutes(10).minusNanos(1));
        assertThat(admits(ADA)).isFalse();

        pass(Duration.ofNanos(1));
        assertThat(admits(ADA)).isTrue();
        refuse(ADA, 1);
        assertThat(admits(ADA)).isFalse();
    }

    @Test
    void whoNeedsNoSignInIsNotKeptFromIt() {
        refuse(ADA, 5);

        assertThat(admits(SampleEvents.attempts(SampleEvents.change(ADA, "user-key"))))
                .isTrue();
        assertThat(admits(SampleEvents.attempts(SampleEvents.change(null, "user-key"))))
                .isTrue();
    }

    @Test
    void aVerificationIsNotKeptFromIt() {
        Attempts attempts = SampleEvents.attempts(SampleEvents.change(ADA, null));
        refuse(ADA, 5);

        attempts.preparation().verify(true);

        assertThat(admits(attempts)).isTrue();
    }

    @Test
    void nothingMoreIsTriedForWhoIsNotAdmitted_alsoAfterAKeyCall() {
        Event event = SampleEvents.change(ADA, null);
        AccountKeys keys =
                new AccountKeys(SampleEvents.accountWithAllKeys(), SampleEvents::accountWithAllKeys, () -> 0);
        FailingAttempts failing = new FailingAttempts(event, keys);
        failing.fails(CallKind.PUBLIC_AUTH_KEY, Kind.NOT_EXECUTED);
        refuse(ADA, 5);

        failing.failed(catchThrowableOfType(CallFailed.class, () -> signIns.admit(new Delivery(failing.attempts, 0))));

        assertThat(failing.anotherIsDue()).isFalse();
        assertThat(failing.attempts.verdict().code()).isEqualTo("too-many-sign-ins");
    }

    @Test
    void noMoreThanTenThousandPersonsAreKept() {
        refuse(ADA, 5);
        EmailAddress bob = new EmailAddress("bob@example.com");
        refuse(bob, 4);
        for (int i = 0; i < SignIns.MOST_PERSONS - 2; i++) {
            refuse(new EmailAddress("person-" + i + "@example.com"), 1);
        }
        assertThat(admits(ADA)).isFalse();
        refuse(bob, 1);

        refuse(new EmailAddress("one-more@example.com"), 1);
        refuse(new EmailAddress("and-another@example.com"), 1);

        assertThat(admits(ADA)).as("refused longest ago").isTrue();
        assertThat(admits(bob)).as("refused since").isFalse();
    }
}
