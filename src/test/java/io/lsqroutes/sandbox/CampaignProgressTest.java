package io.lsqroutes.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CampaignProgressTest {
    private final CampaignProgress half = new CampaignProgress(50, 100, Duration.ofSeconds(12));

    @Test
    void theRestTakesAsLongForEachEventAsThoseBefore() {
        assertThat(half.line()).isEqualTo("campaign: 50 of 100 done, about 12 s left");
        assertThat(new CampaignProgress(25, 100, Duration.ofSeconds(6)).line()).endsWith("about 18 s left");
    }

    @Test
    void theBarCountsDownBetweenEvents_andNeverBelowASecond() {
        assertThat(half.bar(Duration.ofSeconds(3)))
                .isEqualTo("campaign [##########----------] 50 of 100, about 9 s left");
        assertThat(half.bar(Duration.ofMinutes(1))).endsWith("about 1 s left");
    }

    @Test
    void noTimeIsGuessedBeforeTheFirstEvent_orAfterTheLast() {
        assertThat(new CampaignProgress(0, 100, Duration.ZERO).bar(Duration.ofSeconds(2)))
                .isEqualTo("campaign [--------------------] 0 of 100");
        assertThat(new CampaignProgress(100, 100, Duration.ofSeconds(25)).bar(Duration.ZERO))
                .isEqualTo("campaign [####################] 100 of 100");
    }
}
