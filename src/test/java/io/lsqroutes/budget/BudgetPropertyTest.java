package io.lsqroutes.budget;

import static io.lsqroutes.event.Lane.CAMPAIGN;
import static io.lsqroutes.event.Lane.INTERACTIVE;
import static org.assertj.core.api.Assertions.assertThat;

import io.lsqroutes.budget.Calls.Call;
import io.lsqroutes.budget.Calls.Grant;
import io.lsqroutes.event.Lane;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** What holds whatever comes in whatever order, and however long answers take. */
@PropertyDefaults(tries = 400, edgeCases = EdgeCasesMode.NONE)
class BudgetPropertyTest {
    @Provide
    Arbitrary<CallLimits> limits() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 30),
                        Arbitraries.integers().between(0, 8),
                        Arbitraries.integers().between(1, 10))
                .as((calls, reserve, maxInFlight) -> new CallLimits(
                        calls, Duration.ofSeconds(5), Math.min(reserve, calls - 1), maxInFlight, DailyQuota.NONE));
    }

    /** Bursts and pauses of both lanes; most answers are quick, some take longer than a window, and some are refusals. */
    @Provide
    Arbitrary<List<Call>> calls() {
        return Combinators.combine(
                        Arbitraries.of(Lane.class),
                        Arbitraries.frequencyOf(
                                Tuple.of(4, Arbitraries.just(0)),
                                Tuple.of(1, Arbitraries.integers().between(1, 2_000))),
                        Arbitraries.frequencyOf(
                                Tuple.of(8, Arbitraries.integers().between(0, 200)),
                                Tuple.of(1, Arbitraries.integers().between(200, 7_000))),
                        Arbitraries.frequency(Tuple.of(60, false), Tuple.of(1, true)))
                .as(Call::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(150);
    }

    @Property
    void fromGrantToOneWindowAfterItsAnswerACallTakesOneOfTheLimitsSlots(
            @ForAll("limits") CallLimits limits, @ForAll("calls") List<Call> calls) {
        Calls made = Calls.made(limits, calls);

        assertThat(made.grants).allSatisfy(grant -> {
            assertThat(grant.allowed()).isBetween(1, limits.calls());
            assertThat(made.takenAt(grant)).isLessThanOrEqualTo(grant.allowed());
        });
    }

    @Property
    void noMoreCallsAreOutThanThereArePermits_andTheCampaignLeavesTwo(
            @ForAll("limits") CallLimits limits, @ForAll("calls") List<Call> calls) {
        Calls made = Calls.made(limits, calls);

        assertThat(made.grants).allSatisfy(grant -> {
            assertThat(made.outAt(grant, Lane.values())).isLessThanOrEqualTo(limits.maxInFlight());
            assertThat(made.outAt(grant, CAMPAIGN)).isLessThanOrEqualTo(Math.max(1, limits.maxInFlight() - 2));
        });
    }

    @Property
    void somebodyWhoWaitsGoesFirst_butForEveryFifthTurn(
            @ForAll("limits") CallLimits limits, @ForAll("calls") List<Call> calls) {
        int inARow = 0;
        for (Grant grant : Calls.made(limits, calls).grants) {
            if (grant.lane() == CAMPAIGN) {
                assertThat(grant.both() && inARow < 4)
                        .as("%s after %d", grant, inARow)
                        .isFalse();
            }
            inARow = grant.lane() == INTERACTIVE && grant.both() ? inARow + 1 : 0;
        }
    }

    @Property
    void aCampaignThatWaitsIsNeverPassedMoreThanFourTimesInARow(
            @ForAll("limits") CallLimits limits, @ForAll("calls") List<Call> calls) {
        int inARow = 0;
        for (Grant grant : Calls.made(limits, calls).grants) {
            if (grant.lane() == INTERACTIVE && grant.campaignCould()) {
                assertThat(grant.both() && inARow >= 4)
                        .as("%s after %d", grant, inARow)
                        .isFalse();
            }
            inARow = grant.lane() == INTERACTIVE && grant.both() ? inARow + 1 : 0;
        }
    }

    @Property
    void aCampaignGoesEvenlyAndLeavesTheReserve_butForItsTurn(
            @ForAll("limits") CallLimits limits, @ForAll("calls") List<Call> calls) {
        Calls made = Calls.made(limits, calls);

        // Where both wait, it is the campaign's turn, or it would not go.
        assertThat(made.grants)
                .filteredOn(grant -> grant.lane() == CAMPAIGN && !grant.both())
                .allSatisfy(grant -> {
                    long reserve = Math.min(limits.reserve(), grant.allowed() - 1);
                    assertThat(grant.sinceLast())
                            .isGreaterThanOrEqualTo(limits.window().toNanos() / grant.allowed());
                    assertThat(made.takenAt(grant) + reserve).isLessThanOrEqualTo(grant.allowed());
                });
    }

    @Property
    void nothingGoesForAWindowAfterARefusal(@ForAll("limits") CallLimits limits, @ForAll("calls") List<Call> calls) {
        Calls made = Calls.made(limits, calls);

        assertThat(made.holds).allSatisfy(hold -> assertThat(made.grants)
                .noneMatch(grant -> grant.number() >= hold.after() && grant.at() < hold.until()));
    }

    @Property
    void afterEveryRefusalTheAllowanceStaysWithinItsBounds_andComesBack(
            @ForAll @IntRange(min = 1, max = 100) int most,
            @ForAll @Size(max = 60) List<@IntRange(max = 60_000) Integer> millisBetween) {
        long window = Duration.ofSeconds(5).toNanos();
        AdaptiveLimit allowance = new AdaptiveLimit(most, window, 0);
        long now = 0;
        long lowered = -window;
        for (int millis : millisBetween) {
            int earlier = allowance.at(now);
            now += Calls.millis(millis);
            int before = allowance.at(now);
            assertThat(before).as("it only rises without a refusal").isBetween(earlier, most);
            boolean first = now - lowered >= window;

            assertThat(allowance.rateLimited(now)).isEqualTo(first);

            assertThat(allowance.at(now)).isEqualTo(first ? Math.max(1, before * 7 / 10) : before);
            lowered = first ? now : lowered;
        }
        assertThat(allowance.at(now + Duration.ofHours(1).toNanos())).isEqualTo(most);
    }
}
