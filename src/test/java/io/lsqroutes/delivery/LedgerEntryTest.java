package io.lsqroutes.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.lsqroutes.delivery.JournalEntry.State;
import io.lsqroutes.event.Progress;
import io.lsqroutes.event.Source;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class LedgerEntryTest {
    private static final Source HERE = new Source("reset-requested", 0, 7, 1);
    private static final Source THERE = new Source("reset-campaign", 0, 9, 2);
    private static final Source ELSEWHERE = new Source("reset-requested", 0, 8, 1);

    private static JournalEntry entry(State state, Source source) {
        return new JournalEntry(state, Progress.NONE, source, "f", null);
    }

    @Test
    void standsWhenTheJournalSaysTheSame() {
        LedgerEntry done = LedgerEntry.of("reset/e-1", entry(State.DONE, HERE), List.of(), HERE, () -> {}, () -> {});

        assertThat(done.stands(entry(State.DONE, HERE))).isTrue();
        assertThat(done.stands(entry(State.CALLING, HERE))).isFalse();
        assertThat(done.stands(null)).isFalse();
    }

    @Test
    void aForwardStandsWhereverItsRecordCameToStand() {
        LedgerEntry forward = LedgerEntry.forward(
                "reset/e-1",
                entry(State.FORWARDED, HERE),
                new ProducerRecord<>("reset-campaign", null),
                () -> {},
                () -> {});

        assertThat(forward.stands(entry(State.FORWARDED, HERE).at(THERE))).isTrue();
        assertThat(forward.stands(entry(State.FORWARDED, ELSEWHERE).at(THERE))).isFalse();
        assertThat(forward.stands(entry(State.DONE, HERE))).isFalse();
        assertThat(forward.stands(null)).isFalse();
    }
}
