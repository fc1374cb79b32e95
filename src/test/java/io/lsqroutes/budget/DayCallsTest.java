package io.lsqroutes.budget;

import static io.lsqroutes.event.Lane.CAMPAIGN;
import static io.lsqroutes.event.Lane.INTERACTIVE;
import static org.assertj.core.api.Assertions.assertThat;

import io.lsqroutes.budget.DayCalls.QuotaClaim;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class DayCallsTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);
    private static final LocalDate TOMORROW = TODAY.plusDays(1);

    private final MovedClock clock = new MovedClock("2026-11-22T12:00:00Z");
    private final DayCalls calls = new DayCalls(new DailyQuota(5, 2, ZoneOffset.UTC), clock);

    /** So many calls whose answers are in. */
    private void count(int made) {
        for (int i = 0; i < made; i++) {
            QuotaClaim claim = calls.claim();
            claim.count();
            claim.end();
        }
    }

    private void itIs(LocalDate day) {
        clock.now = day.atTime(12, 0).toInstant(ZoneOffset.UTC);
    }

    @Test
    void withoutAQuotaCallsAreCountedAllTheSame() {
        DayCalls any = new DayCalls(DailyQuota.NONE, clock);

        assertThat(any.claim().count()).as("what is to be written").isNull();

        assertThat(any.allows(CAMPAIGN)).isTrue();
        assertThat(any.spent()).isEmpty();
        assertThat(any.counted()).isEqualTo(new DayCount(TODAY, 1));
    }

    @Test
    void theCampaignLeavesTheReserve() {
        count(2);
        assertThat(calls.allows(CAMPAIGN)).isTrue();

        count(1);

        assertThat(calls.allows(CAMPAIGN)).isFalse();
        assertThat(calls.allows(INTERACTIVE)).isTrue();
        assertThat(calls.spent()).containsExactly(CAMPAIGN);
    }

    @Test
    void thenEverybodyStandsStill() {
        count(5);

        assertThat(calls.allows(INTERACTIVE)).isFalse();
        assertThat(calls.isSpent(INTERACTIVE)).isTrue();
        assertThat(calls.spent()).containsExactlyInAnyOrder(CAMPAIGN, INTERACTIVE);
    }

    @Test
    void whatIsClaimedIsTaken_untilItIsGivenBack() {
        count(2);
        QuotaClaim claim = calls.claim();
        assertThat(calls.allows(CAMPAIGN)).isFalse();
        assertThat(calls.spent()).as("it may still be given back").isEmpty();

        claim.end();

        assertThat(calls.allows(CAMPAIGN)).isTrue();
        assertThat(calls.counted().calls()).isEqualTo(2);
    }

    @Test
    void aDayBeginsWithTheCallsThatAreOut() {
        calls.claim().count();
        calls.claim().count();
        QuotaClaim claim = calls.claim();

        itIs(TOMORROW);

        assertThat(calls.counted()).isEqualTo(new DayCount(TOMORROW, 2));
        assertThat(calls.allows(CAMPAIGN)).as("with the claim, three are taken").isFalse();
        assertThat(calls.allows(INTERACTIVE)).isTrue();
        assertThat(claim.count()).isEqualTo(new DayCount(TOMORROW, 3));
    }

    @Test
    void aClockThatIsPutBackChangesNothing() {
        count(5);
        itIs(TOMORROW);
        count(1);

        itIs(TODAY);
        assertThat(calls.counted()).isEqualTo(new DayCount(TOMORROW, 1));

        itIs(TOMORROW);
        assertThat(calls.counted()).isEqualTo(new DayCount(TOMORROW, 1));
    }

    @Test
    void theNextOwnerGoesOnFromTheJournal() {
        calls.restore(new DayCount(TODAY, 4));

        assertThat(calls.allows(CAMPAIGN)).isFalse();
        assertThat(calls.allows(INTERACTIVE)).isTrue();
    }

    @Test
    void alsoWhereLessWasWrittenThanWasAboutToBe() {
        count(4);

        calls.restore(new DayCount(TODAY, 2));

        assertThat(calls.counted()).isEqualTo(new DayCount(TODAY, 2));
    }

    @Test
    void yesterdaysCallsAreNotTodays_andTomorrowsClockIsBelieved() {
        count(1);
        calls.restore(new DayCount(TODAY.minusDays(1), 5));
        assertThat(calls.counted()).isEqualTo(new DayCount(TODAY, 1));

        calls.restore(new DayCount(TOMORROW, 3));
        itIs(TODAY);
        assertThat(calls.counted()).isEqualTo(new DayCount(TOMORROW, 3));
    }

    @Test
    void aDayBeginsAtMidnightOfItsZone_alsoWhereThatIsNotThere() {
        DailyQuota india = new DailyQuota(5, 2, ZoneId.of("Asia/Kolkata"));
        assertThat(india.dayAt(Instant.parse("2026-11-22T18:29:59Z"))).isEqualTo(TODAY);
        assertThat(india.dayAt(Instant.parse("2026-11-22T18:30:00Z"))).isEqualTo(TOMORROW);
        assertThat(india.endOf(TODAY)).isEqualTo("2026-11-22T18:30:00Z");

        DailyQuota cuba = new DailyQuota(5, 2, ZoneId.of("America/Havana"));
        assertThat(cuba.endOf(LocalDate.of(2026, 3, 7)))
                .as("the clock goes from 23:59:59 to 01:00:00")
                .isEqualTo("2026-03-08T05:00:00Z");
    }
}
