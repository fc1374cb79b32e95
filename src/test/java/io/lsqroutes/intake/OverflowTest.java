package io.lsqroutes.intake;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OverflowTest {
    private final Overflow flood = new Overflow(50, () -> 0);

    @Test
    void comesWhenMoreThanTheSpillWaitBehindAFullLane() {
        flood.look(50, true);
        assertThat(flood.isHigh()).isFalse();

        flood.look(51, true);
        assertThat(flood.isHigh()).isTrue();
    }

    @Test
    void doesNotComeWhileTheLaneHasRoom() {
        flood.look(20_000, false);

        assertThat(flood.isHigh()).isFalse();
    }

    @Test
    void lastsUntilFewerWait_alsoWhenTheLaneHasRoomAgain() {
        flood.look(51, true);

        flood.look(51, false);
        assertThat(flood.isHigh()).isTrue();

        flood.look(50, true);
        assertThat(flood.isHigh()).isFalse();
    }

    @Test
    void hangsOnHowManyWait_whereFewAreKnownOfBehindAFullLane() {
        assertThat(flood.hangsOn(50, true)).isTrue();
        assertThat(flood.hangsOn(50, false)).isFalse();
        assertThat(flood.hangsOn(51, true)).isFalse();

        flood.look(51, true);
        assertThat(flood.hangsOn(50, false)).isTrue();
        assertThat(new Overflow(0, () -> 0).hangsOn(0, true)).isFalse();
    }

    @Test
    void neverComesWithoutASpill() {
        Overflow none = new Overflow(0, () -> 0);

        none.look(20_000, true);

        assertThat(none.isHigh()).isFalse();
    }

    @Test
    void countsWhatItTakesAlong() {
        flood.spill();
        flood.spill();

        assertThat(flood.spilled()).isEqualTo(2);
    }
}
