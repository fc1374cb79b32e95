package io.lsqroutes.commit;

import static org.assertj.core.api.Assertions.assertThat;

import io.lsqroutes.event.Progress;
import io.lsqroutes.event.RecordPosition;
import io.lsqroutes.journal.JournalEntry;
import io.lsqroutes.journal.JournalEntry.State;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class LedgerEntryTest {
    private static final RecordPosition HERE = new RecordPosition("reset-requested", 0, 7, 1);
    private static final RecordPosition THERE = new RecordPosition("reset-campaign", 0, 9, 2);
    private static final RecordPosition ELSEWHERE = new RecordPosition("reset-requested", 0, 8, 1);

    private static JournalEntry entry(State state, RecordPosition source) {
        return JournalEntry.of(state, Progress.NONE, source, "f", null);
    }

    @Test
    void isCommittedWhenTheJournalSaysTheSame() {
        LedgerEntry done = LedgerEntry.of("reset/e-1", entry(State.DONE, HERE), List.of(), HERE, () -> {}, () -> {});

        assertThat(done.isCommitted(entry(State.DONE, HERE))).isTrue();
        assertThat(done.isCommitted(entry(State.CALLING, HERE))).isFalse();
        assertThat(done.isCommitted(null)).isFalse();
    }

    @Test
    void aForwardIsCommittedWhereverItsRecordIs() {
        LedgerEntry forward = LedgerEntry.forward(
                "reset/e-1",
                entry(State.FORWARDED, HERE),
                new ProducerRecord<>("reset-campaign", null),
                () -> {},
                () -> {});

        assertThat(forward.isCommitted(entry(State.FORWARDED, HERE).at(THERE))).isTrue();
        assertThat(forward.isCommitted(entry(State.FORWARDED, ELSEWHERE).at(THERE)))
                .isFalse();
        assertThat(forward.isCommitted(entry(State.DONE, HERE))).isFalse();
        assertThat(forward.isCommitted(null)).isFalse();
    }
}
