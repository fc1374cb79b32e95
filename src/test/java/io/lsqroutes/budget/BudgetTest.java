package io.lsqroutes.budget;

import static io.lsqroutes.event.Lane.CAMPAIGN;
import static io.lsqroutes.event.Lane.INTERACTIVE;
import static org.assertj.core.api.Assertions.assertThat;

import io.lsqroutes.event.Lane;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each rule of the budget alone, by a clock that is moved by hand. */
class BudgetTest {
    private static final Set<Lane> BOTH = EnumSet.allOf(Lane.class);
    private static final Set<Lane> PERSON = EnumSet.of(INTERACTIVE);
    private static final Set<Lane> MANY = EnumSet.of(CAMPAIGN);
    private static final long PACE = Duration.ofMillis(200).toNanos();

    private long now;
    private CallLimits limits = limits(25, 0, 8);
    private Budget budget = quiet(limits);

    private static CallLimits limits(int calls, int reserve, int maxInFlight) {
        return new CallLimits(calls, Duration.ofSeconds(5), reserve, maxInFlight, DailyQuota.NONE);
    }

    /** A budget whose account nobody has called for long. */
    private Budget quiet(CallLimits of) {
        limits = of;
        Budget created = new Budget(of, now);
        created.free(now);
        now += of.windowNanos();
        return created;
    }

    private Lane grants(Set<Lane> waiting) {
        NextGrant turn = budget.next(waiting, now);
        assertThat(turn.inNanos()).as("until a call of %s", waiting).isLessThanOrEqualTo(0);
        budget.grant(turn.lane(), waiting, now);
        return turn.lane();
    }

    private void grantsAndAnswers(Set<Lane> waiting) {
        budget.answered(grants(waiting), now);
    }

    private long wait(Set<Lane> waiting) {
        return budget.next(waiting, now).inNanos();
    }

    @Test
    void nobodyWaits_nothingIsDue() {
        assertThat(wait(EnumSet.noneOf(Lane.class))).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void somebodyWhoWaitsGoesFirst() {
        assertThat(grants(BOTH)).isEqualTo(INTERACTIVE);
    }

    @Test
    void aCampaignHasEveryFifthTurnWhileBothWait_atOnce() {
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 4; i++) {
                assertThat(budget.next(BOTH, now).lane()).isEqualTo(INTERACTIVE);
                grantsAndAnswers(BOTH);
            }
            assertThat(budget.next(BOTH, now)).isEqualTo(new NextGrant(CAMPAIGN, 0));
            grantsAndAnswers(BOTH);
        }
    }

    @Test
    void whatWentBeforeTheCampaignCameDoesNotCount() {
        for (int i = 0; i < 7; i++) {
            grantsAndAnswers(PERSON);
        }

        assertThat(grants(BOTH)).isEqualTo(INTERACTIVE);
    }

    @Test
    void aCampaignThatHasNoPermitLeftHoldsNobodyUp() {
        budget = quiet(limits(25, 0, 3));
        grants(MANY);
        for (int i = 0; i < 6; i++) {
            grants(BOTH);
            budget.answered(INTERACTIVE, now);
        }
    }

    @Test
    void aCampaignIsPaced_fromAnyLanesLastCall() {
        grantsAndAnswers(MANY);
        assertThat(wait(MANY)).isEqualTo(PACE);

        now += PACE - 1;
        grantsAndAnswers(PERSON);

        assertThat(wait(MANY)).isEqualTo(PACE);
    }

    @Test
    void somebodyWhoWaitsIsNotPaced() {
        for (int i = 0; i < 8; i++) {
            grants(PERSON);
        }
        assertThat(wait(PERSON)).as("every permit is out").isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void withoutALimitNothingIsPaced() {
        budget = quiet(limits(0, 0, 8));

        for (int i = 0; i < 100; i++) {
            grantsAndAnswers(MANY);
        }
    }

    @ParameterizedTest
    @CsvSource({"8, 6", "5, 3", "4, 2", "3, 1", "2, 1", "1, 1"})
    void aCampaignLeavesTwoPermitsIfItCan(int maxInFlight, int ofCampaign) {
        budget = quiet(limits(25, 0, maxInFlight));
        for (int i = 0; i < ofCampaign; i++) {
            grants(MANY);
            now += PACE;
        }

        assertThat(wait(MANY)).isEqualTo(Long.MAX_VALUE);
        for (int i = ofCampaign; i < maxInFlight; i++) {
            grants(PERSON);
        }
        assertThat(wait(PERSON)).isEqualTo(Long.MAX_VALUE);
        budget.answered(CAMPAIGN, now);
        grants(PERSON);
    }

    @Test
    void aCampaignLeavesTheReserve_untilItsTurn() {
        budget = quiet(limits(5, 2, 8));
        for (int i = 0; i < 3; i++) {
            grantsAndAnswers(MANY);
            now += Duration.ofSeconds(1).toNanos();
        }
        assertThat(wait(MANY)).isPositive();

        grantsAndAnswers(PERSON);
        grantsAndAnswers(PERSON);
        assertThat(wait(BOTH)).as("the window is used up").isPositive();
    }

    @Test
    void onItsTurnACampaignTakesOfTheReserve() {
        budget = quiet(limits(6, 3, 8));
        for (int i = 0; i < 4; i++) {
            grantsAndAnswers(BOTH);
        }

        assertThat(grants(BOTH)).isEqualTo(CAMPAIGN);
    }

    @Test
    void aNewOwnerWaitsOneWindow() {
        budget = new Budget(limits, now);
        assertThat(wait(PERSON)).isEqualTo(limits.windowNanos());

        now += limits.windowNanos();
        grantsAndAnswers(PERSON);
        budget.hold(now);

        assertThat(wait(PERSON)).isEqualTo(limits.windowNanos());
    }

    @Test
    void aRefusalHoldsTheWholeAccountForAWindow() {
        assertThat(budget.rateLimited(0, now)).isTrue();

        assertThat(wait(PERSON)).isEqualTo(limits.windowNanos());
        assertThat(wait(MANY)).isEqualTo(limits.windowNanos());
        budget.free(now);
        assertThat(wait(PERSON)).as("also for an owner that may call at once").isEqualTo(limits.windowNanos());
        now += limits.windowNanos();
        assertThat(grants(BOTH)).isEqualTo(INTERACTIVE);
    }

    @Test
    void itHoldsWithoutALimit_too() {
        budget = quiet(limits(0, 0, 2));

        budget.rateLimited(0, now);

        assertThat(wait(PERSON)).isEqualTo(limits.windowNanos());
    }

    @Test
    void theLongestHoldCounts() {
        long asked = Duration.ofSeconds(60).toNanos();
        budget.rateLimited(asked, now);
        now += Duration.ofSeconds(1).toNanos();

        budget.rateLimited(0, now);

        assertThat(wait(PERSON)).isEqualTo(Duration.ofSeconds(59).toNanos());
    }

    @Test
    void aLowerLimitIsKeptAtOnce_andPacesTheCampaign() {
        budget.rateLimited(0, now);
        assertThat(budget.allowed(now)).isEqualTo(17);

        now += limits.windowNanos();
        for (int i = 0; i < 17; i++) {
            grantsAndAnswers(PERSON);
        }
        assertThat(wait(PERSON)).isEqualTo(limits.windowNanos());

        now += limits.windowNanos();
        grantsAndAnswers(MANY);
        assertThat(wait(MANY)).isEqualTo(Duration.ofSeconds(5).toNanos() / 18); // one has come back by now
    }

    @Test
    void aLimitThatTheApiNamesIsKept() {
        assertThat(budget.named(10)).isTrue();
        assertThat(budget.named(10)).as("told once").isFalse();
        assertThat(budget.named(25)).isFalse();

        for (int i = 0; i < 10; i++) {
            grantsAndAnswers(PERSON);
        }
        assertThat(wait(PERSON)).isEqualTo(limits.windowNanos());
    }
}
