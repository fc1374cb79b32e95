package io.lsqroutes.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.lsqroutes.commit.OffsetTracker;
import io.lsqroutes.event.RecordPosition;
import io.lsqroutes.topics.TopicNames;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class BackPressureTest {
    private static final String RESET = "reset-requested";
    private static final String CAMPAIGN = "reset-campaign";
    private static final String CHANGE = "change-requested";
    private static final TopicNames NAMES =
            new TopicNames(RESET, CAMPAIGN, CHANGE, "password-results", "password-dead-letters", "password-journal");

    private final OffsetTracker inFlight = new OffsetTracker();
    private final Overflow flood = new Overflow(50, () -> 0);
    private final BackPressure readAhead = new BackPressure(NAMES, inFlight, flood);

    private void read(String topic, int count) {
        for (int i = 0; i < count; i++) {
            inFlight.read(new TopicPartition(topic, 0), i, 0);
        }
    }

    private void readApart(int count) {
        for (int i = 1_000; i < 1_000 + count; i++) {
            inFlight.read(new TopicPartition(RESET, 0), i, 0);
            inFlight.setApart(new RecordPosition(RESET, 0, i, 0));
        }
    }

    private Set<String> enough(long known, long asked) {
        return readAhead.enough(() -> known, () -> asked);
    }

    @Test
    void aLaneHasEnoughWhenOnePollMoreWouldOverfillIt() {
        read(CAMPAIGN, 20);
        assertThat(enough(0, 0)).isEmpty();

        read(CAMPAIGN, 21);
        assertThat(enough(0, 0)).containsExactly(CAMPAIGN);
    }

    @Test
    void resetsAndChangesAreOneLane() {
        read(RESET, 11);
        read(CHANGE, 10);

        assertThat(enough(50, 50)).containsExactlyInAnyOrder(RESET, CHANGE);
    }

    @Test
    void whatIsForwardedTakesNoPlaceInTheLane() {
        readApart(400);
        read(RESET, 20);

        assertThat(enough(20_000, 20_000)).isEmpty();
        assertThat(flood.isHigh()).isFalse();
    }

    @Test
    void whatWaitsForItsPersonTakesNoPlaceInTheLane_untilItsTurnComes() {
        read(RESET, 31);
        for (int i = 1; i < 31; i++) {
            inFlight.queue(new RecordPosition(RESET, 0, i, 0));
        }
        assertThat(enough(50, 50)).isEmpty();
        assertThat(flood.isHigh()).isFalse();

        for (int i = 1; i < 21; i++) {
            inFlight.takePlace(new RecordPosition(RESET, 0, i, 0));
        }
        assertThat(enough(50, 50)).containsExactlyInAnyOrder(RESET, CHANGE);
    }

    @Test
    void manyEventsOfOnePersonAreAFlood() {
        read(RESET, 21);
        for (int i = 1; i < 21; i++) {
            inFlight.queue(new RecordPosition(RESET, 0, i, 0));
        }

        assertThat(enough(0, 51)).isEmpty();
        assertThat(flood.isHigh()).isTrue();
    }

    @Test
    void aFloodIsReadOn_changesAreNot() {
        read(RESET, 21);

        assertThat(enough(51, 51)).containsExactly(CHANGE);
        assertThat(flood.isHigh()).isTrue();
    }

    @Test
    void howManyWaitIsAskedForWhereItMatters() {
        assertThat(enough(0, 20_000)).isEmpty();
        assertThat(flood.isHigh()).isFalse();

        read(RESET, 21);
        assertThat(enough(0, 51)).containsExactly(CHANGE);
        assertThat(enough(0, 51)).containsExactly(CHANGE);
        assertThat(enough(0, 50)).containsExactlyInAnyOrder(RESET, CHANGE);
    }

    @Test
    void moreThanTheLedgerCanTakeAtOnceIsNotReadAhead() {
        readApart(496);

        assertThat(enough(20_000, 20_000)).containsExactly(RESET);
    }

    @Test
    void aLaneWhoseEventsNearlyAllFailAndPauseHasEnough() {
        for (int i = 0; i < BackPressure.MAX_OUTSIDE; i++) {
            inFlight.read(new TopicPartition(CAMPAIGN, 0), i, 0);
            inFlight.setApart(new RecordPosition(CAMPAIGN, 0, i, 0));
            inFlight.read(new TopicPartition(CHANGE, 0), i, 0);
            inFlight.setApart(new RecordPosition(CHANGE, 0, i, 0));
        }

        assertThat(enough(0, 0)).containsOnly(CAMPAIGN, CHANGE);

        inFlight.forget(Set.of(new TopicPartition(CHANGE, 0)));
        assertThat(enough(0, 0)).containsOnly(CAMPAIGN);
    }
}
