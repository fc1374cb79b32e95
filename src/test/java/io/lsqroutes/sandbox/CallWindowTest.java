package io.lsqroutes.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class CallWindowTest {
    @Test
    void theWindowSlides() {
        CallWindow window = new CallWindow(2, Duration.ofNanos(10), false, 0);

        assertThat(LongStream.of(0, 9, 9, 10, 18, 19).filter(window::admits)).containsExactly(0L, 9L, 10L, 19L);
        assertThat(window.most(new long[] {0, 9, 10, 18, 19, 19})).isEqualTo(4);
        assertThat(window.most(new long[0])).isZero();
    }

    @Test
    void whatIsUsedIsTakenToTheNextCallAfterTheTime() {
        CallWindow window = new CallWindow(2, Duration.ofNanos(10), false, 0);

        assertThat(window.used(new long[] {0, 5, 10, 15, 20, 25}, Duration.ofNanos(20)))
                .hasValue(1);
        assertThat(window.used(new long[] {3, 8, 10, 43, 44}, Duration.ofNanos(20)))
                .as("3 of the 8 that 40 ns allow")
                .hasValue(0.375);
        assertThat(window.used(new long[] {0, 5, 10, 15}, Duration.ofNanos(20))).isEmpty();
        assertThat(window.used(new long[0], Duration.ofNanos(20))).isEmpty();
    }

    @Test
    void fixedWindowsFollowOneAnother() {
        CallWindow window = new CallWindow(2, Duration.ofNanos(10), true, 3);

        assertThat(LongStream.of(3, 12, 12, 13, 14, 22, 23).filter(window::admits))
                .containsExactly(3L, 12L, 13L, 14L, 23L);
    }
}
