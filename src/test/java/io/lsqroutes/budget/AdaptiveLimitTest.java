package io.lsqroutes.budget;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdaptiveLimitTest {
    private static final long WINDOW = Duration.ofSeconds(5).toNanos();
    private static final long START = Long.MAX_VALUE - 1; // the clock may overflow

    private final AdaptiveLimit allowance = new AdaptiveLimit(25, WINDOW, START);

    private static long at(long seconds) {
        return START + Duration.ofSeconds(seconds).toNanos();
    }

    @Test
    void allOfTheLimitIsTakenUntilACallIsRefused() {
        assertThat(allowance.at(at(0))).isEqualTo(25);
        assertThat(allowance.at(at(1_000))).isEqualTo(25);
    }

    @Test
    void refusalsOfOneWindowLowerItOnce() {
        assertThat(allowance.rateLimited(at(0))).isTrue();
        assertThat(allowance.rateLimited(at(0))).isFalse();
        assertThat(allowance.rateLimited(at(4))).isFalse();
        assertThat(allowance.at(at(4))).isEqualTo(17);

        assertThat(allowance.rateLimited(at(5))).isTrue();
        assertThat(allowance.at(at(5))).isEqualTo(11);
    }

    @Test
    void itIsNeverLessThanOne() {
        for (int i = 0; i < 20; i++) {
            allowance.rateLimited(at(i * 5L));
        }

        assertThat(allowance.at(at(100))).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"9, 17", "10, 18", "20, 19", "30, 20", "39, 20", "40, 23", "50, 25", "3600, 25"})
    void itComesBackByOneEveryTenSeconds_andByThreeAfterForty(int seconds, int calls) {
        allowance.rateLimited(at(0));

        assertThat(allowance.at(at(seconds))).isEqualTo(calls);
    }

    @Test
    void everyRefusalBeginsTheWayBackAnew() {
        allowance.rateLimited(at(0));
        allowance.rateLimited(at(3));

        assertThat(allowance.at(at(12))).isEqualTo(17);
        assertThat(allowance.at(at(13))).isEqualTo(18);
    }

    @Test
    void aNamedLimitIsTheMostUntilNoCallWasRefusedForAnHour() {
        allowance.rateLimited(at(0));
        assertThat(allowance.named(10)).isTrue();
        assertThat(allowance.at(at(0))).isEqualTo(10);
        assertThat(allowance.named(12)).isFalse();

        allowance.rateLimited(at(3_000));
        assertThat(allowance.at(at(3_000))).isEqualTo(7);
        assertThat(allowance.at(at(6_599))).isEqualTo(10);
        assertThat(allowance.at(at(6_600))).isEqualTo(25);
    }

    @Test
    void aLimitThatIsNamedOnceMoreAfterAnHourIsNewsAgain() {
        allowance.rateLimited(at(0));
        allowance.named(10);
        allowance.rateLimited(at(4_000));
        assertThat(allowance.at(at(4_000))).isEqualTo(17);
        assertThat(allowance.named(10)).isTrue();

        assertThat(allowance.at(at(4_000))).isEqualTo(10);
    }

    @Test
    void theRefusalThatNamesALimitLowersItToNoLessThanThat() {
        allowance.rateLimited(at(0));
        allowance.named(15);

        assertThat(allowance.at(at(0))).isEqualTo(15);
    }
}
