package io.lsqroutes.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlotsTest {
    private static final long WINDOW = 5_000;

    /** Slots whose first window has passed, at this time. */
    private static Slots free(int count, long now) {
        return new Slots(count, WINDOW, now - WINDOW);
    }

    @Test
    void nothingIsFreeForTheFirstWindow() {
        Slots slots = new Slots(25, WINDOW, 100);

        assertThat(slots.nanosUntilFree(0, 100)).isEqualTo(WINDOW);
        assertThat(slots.nanosUntilFree(0, 100 + WINDOW - 1)).isEqualTo(1);
        assertThat(slots.nanosUntilFree(0, 100 + WINDOW)).isZero();
    }

    @Test
    void thereAreAsManyGrantsAsSlots() {
        Slots slots = free(3, 0);

        slots.take(0);
        slots.take(0);
        slots.take(7);

        assertThat(slots.nanosUntilFree(0, 7)).isEqualTo(Long.MAX_VALUE);
        assertThatThrownBy(() -> slots.take(7)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aSlotIsNotFreeBeforeItsAnswerHoweverLongThatTakes() {
        Slots slots = free(1, 0);

        slots.take(0);

        assertThat(slots.nanosUntilFree(0, 100 * WINDOW)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void aSlotComesFreeOneWindowAfterItsAnswer() {
        Slots slots = free(1, 0);
        slots.take(0);

        slots.answered(300);

        assertThat(slots.nanosUntilFree(0, 300)).isEqualTo(WINDOW);
        assertThatThrownBy(() -> slots.take(300 + WINDOW - 1)).isInstanceOf(IllegalStateException.class);
        assertThat(slots.nanosUntilFree(0, 300 + WINDOW)).isZero();
        slots.take(300 + WINDOW);
    }

    @Test
    void slotsComeFreeInTheOrderOfTheAnswersNotOfTheGrants() {
        Slots slots = free(2, 0);
        slots.take(0);
        slots.take(10);

        slots.answered(20); // to the second call
        slots.answered(4_000); // to the first

        assertThat(slots.nanosUntilFree(0, 4_000)).isEqualTo(20 + WINDOW - 4_000);
        slots.take(20 + WINDOW);
        assertThat(slots.nanosUntilFree(0, 20 + WINDOW)).isEqualTo(4_000 - 20);
    }

    @Test
    void slotsThatHaveToStayFreeBesideItAreWaitedForToo() {
        Slots slots = free(3, 0);
        slots.take(0);
        slots.answered(300);

        assertThat(slots.nanosUntilFree(1, 300)).isZero();
        assertThat(slots.nanosUntilFree(2, 300)).isEqualTo(WINDOW);
        assertThat(slots.nanosUntilFree(3, 300)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void whatIsFreeWhenTheAccountIsTakenOverIsFreeAWindowLater() {
        Slots slots = free(2, 0);
        slots.take(0);

        slots.hold(100);

        assertThat(slots.nanosUntilFree(0, 100)).isEqualTo(WINDOW);
        slots.answered(200);
        assertThat(slots.nanosUntilFree(1, 200)).isEqualTo(WINDOW);
    }

    @Test
    void whatNoCallHoldsIsFreeWhereNobodyHasCalled() {
        Slots slots = new Slots(2, WINDOW, 0);

        slots.free(1);

        assertThat(slots.nanosUntilFree(1, 1)).isZero();
    }

    @Test
    void theClockMayOverflow() {
        long now = Long.MAX_VALUE - 10;
        Slots slots = new Slots(1, WINDOW, now);

        assertThat(slots.nanosUntilFree(0, now)).isEqualTo(WINDOW);
        assertThat(slots.nanosUntilFree(0, now + WINDOW - 1)).isEqualTo(1);
        assertThat(slots.nanosUntilFree(0, now + WINDOW)).isZero();
        assertThat(slots.nanosUntilFree(0, now + WINDOW + 20)).isZero();
    }

    @Test
    void withoutAWindowASlotIsFreeWithItsAnswer() {
        Slots slots = new Slots(1, 0, 0);
        slots.take(0);
        slots.answered(1);

        assertThat(slots.nanosUntilFree(0, 1)).isZero();
    }

    /**
     * A saturating campaign against a network without manners: the portal counts each call at any moment between grant
     * and answer. Half the answers take up to {@code slowest}, the others almost no time.
     */
    @ParameterizedTest
    @CsvSource({
        "1, 25, 200",
        "2, 25, 2000",
        "3, 25, 20000",
        "4, 1, 100",
        "5, 2, 7000",
        "6, 72, 500",
        "7, 10, 1",
        "8, 5, 4999",
        "9, 5, 5001"
    })
    void noWindowSeesMoreCallsThanSlots_wheneverBetweenGrantAndAnswerTheyArrive(long seed, int count, int slowest) {
        List<Long> arrivals = arrivals(new Random(seed), count, slowest);

        for (int i = 0; i + count < arrivals.size(); i++) {
            assertThat(arrivals.get(i + count) - arrivals.get(i)).isGreaterThanOrEqualTo(WINDOW);
        }
    }

    @Test
    void aCampaignUsesWhatTheLimitGives() {
        List<Long> arrivals = arrivals(new Random(1), 25, 200);

        // All calls but the first window's, in windows of at most the longest answer more than they could be.
        assertThat(arrivals.get(arrivals.size() - 1)).isLessThan((arrivals.size() / 25) * (WINDOW + 200));
    }

    /** When the portal counted each call, in order. */
    private static List<Long> arrivals(Random random, int count, int slowest) {
        Slots slots = free(count, 0);
        PriorityQueue<Long> answers = new PriorityQueue<>();
        List<Long> arrivals = new ArrayList<>();
        long now = 0;
        while (arrivals.size() < 2_000) {
            long wait = slots.nanosUntilFree(0, now);
            Long answer = answers.peek();
            if (wait == 0) {
                slots.take(now);
                int takes = random.nextBoolean() ? random.nextInt(slowest + 1) : random.nextInt(3);
                arrivals.add(now + random.nextInt(takes + 1));
                answers.add(now + takes);
            } else if (answer != null && answer - now <= wait) {
                now = answer;
                slots.answered(answers.remove());
            } else {
                now += wait;
            }
        }
        Collections.sort(arrivals);
        return arrivals;
    }
}
