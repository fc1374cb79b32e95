package io.lsqroutes.leadsquared.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1                             | PT1S",
                "' 7 '                         | PT7S",
                "60                            | PT1M",
                "Sun, 22 Nov 2026 10:00:30 GMT | PT30S"
            })
    void isReadAsSecondsOrAsADate(String header, Duration wait) {
        assertThat(RetryAfter.read(header, NOW)).isEqualTo(wait);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "61",
                "86400",
                "999999999",
                "9223372036854775808",
                "99999999999999999999999999999999",
                "Sun, 22 Nov 2026 10:01:01 GMT",
                "Fri, 31 Dec 9999 23:59:59 GMT"
            })
    void isNeverMoreThanAMinute(String header) {
        assertThat(RetryAfter.read(header, NOW)).isEqualTo(Duration.ofMinutes(1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "000",
                "-1",
                "Sun, 22 Nov 2026 10:00:00 GMT",
                "Sun, 22 Nov 2026 09:59:59 GMT",
                "Thu, 01 Jan 1970 00:00:00 GMT"
            })
    void nothingIsAskedForByZeroOrByThePast(String header) {
        assertThat(RetryAfter.read(header, NOW)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "soon", "1.5", "+5", "5s", "\u0665", "2026-11-22T10:00:30Z", "Mon, 22 Nov 2026 10:00:30"
            })
    void nonsenseIsLeftAlone(String header) {
        assertThat(RetryAfter.read(header, NOW)).isNull();
    }

    @Test
    void isOftenNotThere() {
        assertThat(RetryAfter.read(null, NOW)).isNull();
    }
}
