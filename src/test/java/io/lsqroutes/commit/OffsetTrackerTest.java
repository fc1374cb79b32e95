package io.lsqroutes.commit;

import static org.assertj.core.api.Assertions.assertThat;

import io.lsqroutes.event.RecordPosition;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class OffsetTrackerTest {
    private static final TopicPartition RESET_0 = new TopicPartition("reset-requested", 0);
    private static final TopicPartition RESET_1 = new TopicPartition("reset-requested", 1);
    private static final TopicPartition CAMPAIGN_0 = new TopicPartition("reset-campaign", 0);

    private final OffsetTracker inFlight = new OffsetTracker();

    private void read(TopicPartition partition, long... offsets) {
        for (long offset : offsets) {
            assertThat(inFlight.read(partition, offset, 0)).isTrue();
        }
    }

    private void done(TopicPartition partition, long... offsets) {
        for (long offset : offsets) {
            inFlight.done(new RecordPosition(partition.topic(), partition.partition(), offset, 0));
        }
    }

    private static Map<TopicPartition, OffsetAndMetadata> offset(TopicPartition partition, long offset) {
        return Map.of(partition, new OffsetAndMetadata(offset));
    }

    @Test
    void nothingIsCommittableAtFirst() {
        assertThat(inFlight.committable(Set.of())).isEmpty();
    }

    @Test
    void theLowestOpenOffsetIsCommittable() {
        read(RESET_0, 5, 6, 7);
        assertThat(inFlight.committable(Set.of())).isEqualTo(offset(RESET_0, 5));

        done(RESET_0, 6, 7);
        assertThat(inFlight.committable(Set.of())).isEqualTo(offset(RESET_0, 5));

        done(RESET_0, 5);
        assertThat(inFlight.committable(Set.of())).isEqualTo(offset(RESET_0, 8));
    }

    @Test
    void offsetsThatNoRecordHasAreStridden() {
        read(RESET_0, 5, 9, 20);

        done(RESET_0, 5);
        assertThat(inFlight.committable(Set.of())).isEqualTo(offset(RESET_0, 9));

        done(RESET_0, 9, 20);
        assertThat(inFlight.committable(Set.of())).isEqualTo(offset(RESET_0, 21));
    }

    @Test
    void whatFollowsTheLastRecordIsStriddenToo_andWhereNoRecordWasRead() {
        read(RESET_0, 5);
        inFlight.readTo(RESET_0, 7);
        inFlight.readTo(RESET_1, 3);
        assertThat(inFlight.committable(Set.of()).get(RESET_0)).isEqualTo(new OffsetAndMetadata(5));

        done(RESET_0, 5);
        Map<TopicPartition, OffsetAndMetadata> all =
                Map.of(RESET_0, new OffsetAndMetadata(7), RESET_1, new OffsetAndMetadata(3));
        assertThat(inFlight.committable(Set.of())).isEqualTo(all);

        inFlight.committed(all);
        inFlight.readTo(RESET_0, 2);
        assertThat(inFlight.committable(Set.of()))
                .as("read again from further back")
                .isEqualTo(offset(RESET_0, 2));
    }

    @Test
    void partitionsDoNotWaitForEachOther() {
        read(RESET_0, 5);
        read(RESET_1, 5);
        read(CAMPAIGN_0, 5);

        done(RESET_1, 5);

        assertThat(inFlight.committable(Set.of()))
                .isEqualTo(Map.of(
                        RESET_0, new OffsetAndMetadata(5),
                        RESET_1, new OffsetAndMetadata(6),
                        CAMPAIGN_0, new OffsetAndMetadata(5)));
    }

    @Test
    void whatIsCommittedIsNotCommittedAgain() {
        read(RESET_0, 5, 6);
        done(RESET_0, 5);

        inFlight.committed(inFlight.committable(Set.of()));
        assertThat(inFlight.committable(Set.of())).isEmpty();

        done(RESET_0, 6);
        assertThat(inFlight.committable(Set.of())).isEqualTo(offset(RESET_0, 7));
    }

    @Test
    void whatWasDoneSinceTheCommitBeganIsCommittedNext() {
        read(RESET_0, 5, 6);
        done(RESET_0, 5);
        Map<TopicPartition, OffsetAndMetadata> committing = inFlight.committable(Set.of());
        done(RESET_0, 6);

        inFlight.committed(committing);

        assertThat(inFlight.committable(Set.of())).isEqualTo(offset(RESET_0, 7));
    }

    @Test
    void aRecordThatIsUnderWayIsNotHandedOutTwice() {
        read(RESET_0, 5, 6);
        done(RESET_0, 5);

        assertThat(inFlight.read(RESET_0, 5, 0))
                .as("done: the journal knows it")
                .isTrue();
        assertThat(inFlight.read(RESET_0, 6, 0)).as("under way").isFalse();
        assertThat(inFlight.read(RESET_0, 7, 0)).isTrue();
        assertThat(inFlight.read(RESET_1, 5, 0)).isTrue();
        assertThat(inFlight.committable(Set.of()).get(RESET_0)).isEqualTo(new OffsetAndMetadata(5));
    }

    @Test
    void theSameOffsetOfATopicThatWasMadeAnewIsAnotherRecord() {
        read(RESET_0, 0, 1, 2);
        inFlight.committed(offset(RESET_0, 3));

        assertThat(inFlight.read(RESET_0, 0, 77)).isTrue();
        inFlight.done(new RecordPosition("reset-requested", 0, 0, 0));
        assertThat(inFlight.committable(Set.of()))
                .as("the new record is not done")
                .isEqualTo(offset(RESET_0, 0));

        inFlight.done(new RecordPosition("reset-requested", 0, 0, 77));
        assertThat(inFlight.committable(Set.of())).isEqualTo(offset(RESET_0, 1));
    }

    @Test
    void aTopicThatWasMadeAnewIsReadFromItsBeginning_butWhatIsUnderWayIsNotHandedOutTwice() {
        read(RESET_0, 97, 98, 99);
        inFlight.committed(offset(RESET_0, 97));
        assertThat(inFlight.read(RESET_0, 0, 77)).as("of the new one").isTrue();
        assertThat(inFlight.read(RESET_0, 1, 77)).isTrue();

        inFlight.readAgain(List.of(RESET_0));

        done(RESET_0, 97, 98, 99);
        assertThat(inFlight.committable(Set.of()))
                .as("offsets of the old topic mean nothing in the new one")
                .isEqualTo(offset(RESET_0, 0));
        assertThat(inFlight.read(RESET_0, 0, 77)).as("under way").isFalse();
        inFlight.done(new RecordPosition("reset-requested", 0, 0, 77));
        assertThat(inFlight.committable(Set.of())).isEqualTo(offset(RESET_0, 1));
        assertThat(inFlight.read(RESET_0, 1, 77)).as("under way").isFalse();
        assertThat(inFlight.read(RESET_0, 2, 77)).isTrue();
        inFlight.done(new RecordPosition("reset-requested", 0, 1, 77));
        inFlight.done(new RecordPosition("reset-requested", 0, 2, 77));
        assertThat(inFlight.committable(Set.of())).isEqualTo(offset(RESET_0, 3));
    }

    @Test
    void readAgainFromFurtherBack_nothingUnreadIsPassed() {
        read(RESET_0, 5, 6);

        assertThat(inFlight.read(RESET_0, 2, 0)).isTrue();
        done(RESET_0, 2);

        assertThat(inFlight.committable(Set.of())).isEqualTo(offset(RESET_0, 3));
        assertThat(inFlight.lowest(RESET_0)).isEqualTo(3);
    }

    @Test
    void aDoneOffsetMayBeReportedTwice() {
        read(RESET_0, 5, 6);

        done(RESET_0, 5, 5);

        assertThat(inFlight.committable(Set.of())).isEqualTo(offset(RESET_0, 6));
    }

    @Test
    void aForgottenPartitionIsNotCommitted() {
        read(RESET_0, 5);
        read(RESET_1, 5);

        inFlight.forget(List.of(RESET_0, CAMPAIGN_0));
        done(RESET_0, 5);
        inFlight.committed(offset(RESET_0, 6));

        assertThat(inFlight.committable(Set.of())).isEqualTo(offset(RESET_1, 5));
        assertThat(inFlight.count(Set.of("reset-requested"))).isEqualTo(1);
    }

    @Test
    void aPartitionThatComesBackIsReadFromWhereItStands() {
        read(RESET_0, 5, 6, 7);
        inFlight.forget(List.of(RESET_0));

        read(RESET_0, 6);

        assertThat(inFlight.committable(Set.of())).isEqualTo(offset(RESET_0, 6));
    }

    @Test
    void whatIsSetApartIsNotCountedAmongItsLane_andHoldsItsOffset() {
        read(RESET_0, 5, 6, 7);

        inFlight.setApart(new RecordPosition("reset-requested", 0, 5, 0));
        inFlight.setApart(new RecordPosition("reset-requested", 0, 6, 0));
        inFlight.setApart(new RecordPosition("reset-requested", 0, 7, 77));
        inFlight.setApart(new RecordPosition("reset-requested", 1, 5, 0));
        assertThat(inFlight.outside(Set.of("reset-campaign"))).isZero();
        assertThat(inFlight.count(Set.of("reset-requested"))).isEqualTo(1);
        assertThat(inFlight.outside(Set.of("reset-requested"))).isEqualTo(2);
        assertThat(inFlight.committable(Set.of())).isEqualTo(offset(RESET_0, 5));

        done(RESET_0, 6, 7);
        assertThat(inFlight.count(Set.of("reset-requested"))).isZero();
        assertThat(inFlight.outside(Set.of("reset-requested"))).isEqualTo(1);
        inFlight.forget(List.of(RESET_0));
        assertThat(inFlight.outside(Set.of("reset-requested"))).isZero();
    }

    @Test
    void whatIsQueuedTakesItsPlaceWhenItsTurnComes_whatIsSetApartStaysApart() {
        Set<String> resets = Set.of("reset-requested");
        read(RESET_0, 5, 6, 7);
        RecordPosition apart = new RecordPosition("reset-requested", 0, 7, 0);
        RecordPosition queued = new RecordPosition("reset-requested", 0, 6, 0);
        inFlight.setApart(apart);

        inFlight.queue(queued);
        inFlight.queue(apart);
        inFlight.queue(new RecordPosition("reset-requested", 0, 5, 77));
        assertThat(inFlight.count(resets)).isEqualTo(1);
        assertThat(inFlight.queued(resets)).isEqualTo(1);
        assertThat(inFlight.outside(resets)).isEqualTo(2);

        inFlight.takePlace(apart);
        inFlight.takePlace(queued);
        assertThat(inFlight.count(resets)).isEqualTo(2);
        assertThat(inFlight.queued(resets)).isZero();
        assertThat(inFlight.outside(resets)).isEqualTo(1);

        inFlight.setApart(queued);
        done(RESET_0, 6);
        assertThat(inFlight.outside(resets)).isEqualTo(1);
    }

    @Test
    void theOpenEventsOfALaneAreCounted() {
        read(RESET_0, 5, 6);
        read(RESET_1, 5);
        read(CAMPAIGN_0, 5);
        done(RESET_0, 5);

        assertThat(inFlight.count(Set.of("reset-requested", "change-requested")))
                .isEqualTo(2);
        assertThat(inFlight.count(Set.of("reset-campaign"))).isEqualTo(1);
        assertThat(inFlight.count(Set.of())).isZero();
    }
}
