package io.lsqroutes.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ReadingProgressTest {
    private long now;

    private String after(ReadingProgress progress, int seconds, long offset) {
        now += Duration.ofSeconds(seconds).toNanos();
        return String.valueOf(progress.line(offset));
    }

    @Test
    void aLongReadingSaysEveryTenSecondsHowFarItIs() {
        ReadingProgress progress = new ReadingProgress("journal", 1_000, 13_001_000, () -> now);

        assertThat(after(progress, 9, 500_000)).isEqualTo("null");
        assertThat(after(progress, 1, 1_301_000))
                .isEqualTo("Reading the journal journal: 1,300,000 of 13,000,000 records so far (10 %), 10 s");
        assertThat(after(progress, 1, 1_400_000)).isEqualTo("null");
        assertThat(after(progress, 9, 6_501_000)).contains("6,500,000 of 13,000,000", "50 %", "20 s");
    }

    @Test
    void aShortOneSaysNothing() {
        assertThat(after(new ReadingProgress("journal", 0, 1_000, () -> now), 60, 10))
                .isEqualTo("null");
    }
}
