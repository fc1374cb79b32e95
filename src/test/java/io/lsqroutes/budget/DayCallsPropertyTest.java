package io.lsqroutes.budget;

import static org.assertj.core.api.Assertions.assertThat;

import io.lsqroutes.budget.DayCalls.QuotaClaim;
import io.lsqroutes.event.Lane;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;

/** What holds of a day's quota whatever happens, crashes and clocks that are put back among it. */
@PropertyDefaults(tries = 1_000, edgeCases = EdgeCasesMode.NONE)
class DayCallsPropertyTest {
    enum Kind {
        CAMPAIGN_CALLS,
        SOMEBODY_CALLS,
        MARK,
        REFUSAL,
        ANSWER,
        CRASH,
        CLOCK
    }

    /**
     * @param minutes that the clock is put forward, or back
     */
    record Step(Kind kind, int minutes) {}

    @Provide
    Arbitrary<DailyQuota> quotas() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 20),
                        Arbitraries.integers().between(0, 10),
                        Arbitraries.of("UTC", "Asia/Kolkata", "America/Havana"))
                .as((calls, reserve, zone) -> new DailyQuota(calls, Math.min(reserve, calls - 1), ZoneId.of(zone)));
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        return Combinators.combine(
                        Arbitraries.frequency(
                                Tuple.of(20, Kind.CAMPAIGN_CALLS),
                                Tuple.of(10, Kind.SOMEBODY_CALLS),
                                Tuple.of(30, Kind.MARK),
                                Tuple.of(3, Kind.REFUSAL),
                                Tuple.of(25, Kind.ANSWER),
                                Tuple.of(2, Kind.CRASH),
                                Tuple.of(3, Kind.CLOCK)),
                        Arbitraries.integers().between(-2_000, 2_000))
                .as(Step::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(200);
    }

    /** The marks are what the day has seen; everything else is known of no portal. */
    private static final class World {
        private final DailyQuota quota;
        private final Map<LocalDate, Integer> marks = new HashMap<>();
        private final Map<LocalDate, Integer> outAtMidnight = new HashMap<>();
        private DayCalls calls;
        private final MovedClock clock = new MovedClock("2026-11-22T12:00:00Z");
        private LocalDate day = LocalDate.MIN;
        private @Nullable DayCount journal;
        private final Deque<QuotaClaim> claims = new ArrayDeque<>();
        private final Deque<QuotaClaim> out = new ArrayDeque<>();

        World(DailyQuota quota) {
            this.quota = quota;
            this.calls = new DayCalls(quota, clock);
            look();
        }

        private void look() {
            LocalDate now = calls.counted().day();
            assertThat(now).as("a day never comes again").isAfterOrEqualTo(day);
            if (now.isAfter(day)) {
                outAtMidnight.put(now, out.size());
            }
            day = now;
        }

        private int taken() {
            return marks.getOrDefault(day, 0) + claims.size();
        }

        void grant(Lane lane) {
            int most = quota.most(lane);
            boolean allowed = calls.allows(lane);
            assertThat(allowed && taken() >= most).as("a call too many").isFalse();
            assertThat(!allowed && taken() + outAtMidnight.getOrDefault(day, 0) < most)
                    .as("a call that is lost")
                    .isFalse();
            if (allowed) {
                claims.add(calls.claim());
            }
        }

        void mark() {
            if (!claims.isEmpty()) {
                QuotaClaim claim = claims.remove();
                journal = claim.count();
                out.add(claim);
                marks.merge(day, 1, Integer::sum);
                assertThat(marks.get(day)).isLessThanOrEqualTo(quota.calls());
            }
        }

        void reject() {
            if (!claims.isEmpty()) {
                claims.remove().end();
            }
        }

        void answer() {
            if (!out.isEmpty()) {
                out.remove().end();
            }
        }

        void crash() {
            calls = new DayCalls(quota, clock);
            claims.clear();
            out.clear();
            if (journal != null) {
                calls.restore(journal);
                day = journal.day();
            } else {
                day = LocalDate.MIN;
            }
            look();
        }

        void step(Step step) {
            look();
            switch (step.kind()) {
                case CAMPAIGN_CALLS -> grant(Lane.CAMPAIGN);
                case SOMEBODY_CALLS -> grant(Lane.INTERACTIVE);
                case MARK -> mark();
                case REFUSAL -> reject();
                case ANSWER -> answer();
                case CRASH -> crash();
                case CLOCK -> clock.now = clock.now.plus(Duration.ofMinutes(step.minutes()));
            }
        }
    }

    @Property
    void noDaySeesMoreCallsThanItsQuota_norIsOneLost(
            @ForAll("quotas") DailyQuota quota, @ForAll("steps") List<Step> steps) {
        World world = new World(quota);

        assertThat(steps).allSatisfy(world::step);
    }
}
