package io.lsqroutes.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.lsqroutes.event.EventHead;
import io.lsqroutes.event.EventType;
import io.lsqroutes.event.Lane;
import io.lsqroutes.event.Outcome;
import io.lsqroutes.event.Progress;
import io.lsqroutes.event.RecordPosition;
import io.lsqroutes.event.Status;
import io.lsqroutes.journal.JournalEntry;
import io.lsqroutes.journal.JournalEntry.State;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LateAnswersTest {
    private static final String KEY = "reset/e-1";
    private static final RecordPosition SOURCE = new RecordPosition("reset-requested", 0, 42, 7);
    private static final EventHead HEAD =
            new EventHead("e-1", EventType.RESET, Lane.INTERACTIVE, null, null, Instant.EPOCH, null, SOURCE);

    private final LateAnswers late = new LateAnswers();

    private static JournalEntry calling(int attempt, RecordPosition source) {
        return JournalEntry.of(State.CALLING, new Progress(attempt, 0, false, false), source, "", null);
    }

    private static Outcome outcome(int calls) {
        return new Outcome(HEAD, Status.SUCCEEDED, calls, false, 200, null, null, null, Instant.EPOCH);
    }

    @Test
    void anOutcomeIsThatOfTheCallInTheJournal_once() {
        late.settled(KEY, outcome(1));

        assertThat(late.outcome(KEY, calling(1, SOURCE))).isEqualTo(outcome(1));
        assertThat(late.outcome(KEY, calling(1, SOURCE))).isNull();
    }

    @Test
    void anotherCallOrAnotherRecordIsNoneOfItsBusiness() {
        late.settled(KEY, outcome(1));
        assertThat(late.outcome(KEY, calling(2, SOURCE))).isNull();

        late.settled(KEY, outcome(1));
        assertThat(late.outcome(KEY, calling(1, new RecordPosition("reset-requested", 0, 42, 8))))
                .isNull();

        late.answered(KEY, HEAD, new Progress(1, 1, true, false));
        assertThat(late.progress(KEY, calling(2, SOURCE))).isNull();
    }

    @Test
    void anAnsweredCallCounts_andOneThatWasNotMadeDoesNot() {
        late.answered(KEY, HEAD, new Progress(2, 1, true, false));
        assertThat(late.progress(KEY, calling(2, SOURCE))).isEqualTo(new Progress(2, 1, true, false));

        late.notMade(KEY, HEAD, new Progress(2, 1, true, true));
        assertThat(late.progress(KEY, calling(2, SOURCE))).isEqualTo(new Progress(1, 1, true, true));
    }

    @Test
    void nothingIsLeftOnceSomebodyElseWasTheOwner() {
        late.settled(KEY, outcome(1));
        late.notMade(KEY, HEAD, new Progress(1, 0, false, false));

        late.clear();

        assertThat(late.outcome(KEY, calling(1, SOURCE))).isNull();
        assertThat(late.progress(KEY, calling(1, SOURCE))).isNull();
    }
}
