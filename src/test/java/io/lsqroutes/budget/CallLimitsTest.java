package io.lsqroutes.budget;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallLimitsTest {

    @ParameterizedTest
    @CsvSource({
        "10, 5, 10", // a smaller plan
        "10, 1, 10", // so many in our longer window keep within it for certain
        "20, 10, 10",
        "1, 30, 1",
        "0, 5, 1",
        "999999, 1, 999999", // more than is configured changes nothing
        "10000, 86400, 25", // a quota
        "0, 0, 25" // none is named
    })
    void anotherLimitMeansSoManyCallsOfOurWindow(int calls, int seconds, int ours) {
        CallLimits limits = new CallLimits(25, Duration.ofSeconds(5), 0, 8, DailyQuota.NONE);

        assertThat(limits.callsWithin(calls, Duration.ofSeconds(seconds))).isEqualTo(ours);
    }
}
