package io.lsqroutes.ledger;

import io.lsqroutes.budget.DayCount;
import io.lsqroutes.commit.LedgerEntry;
import io.lsqroutes.commit.LedgerWriter;
import io.lsqroutes.event.EventHead;
import io.lsqroutes.event.Progress;
import io.lsqroutes.journal.JournalEntry.State;
import io.lsqroutes.journal.JournalFormat;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Writes down that a call is about to be made, and whether it was answered or not made. Safe for use by several threads. */
final class Intents {
    private final Epoch epoch;
    private final LedgerWriter writer;
    private final OpenIntents open;
    private final EventsUnderWay underWay;
    private final LateAnswers late;

    Intents(Epoch epoch, LedgerWriter writer, OpenIntents open, EventsUnderWay underWay, LateAnswers late) {
        this.epoch = epoch;
        this.writer = writer;
        this.open = open;
        this.underWay = underWay;
        this.late = late;
    }

    /**
     * Marks an event's own call. No crash can then make the call unseen.
     *
     * @param counting counts the call; it gives null if nobody needs the count
     * @param go runs once the mark is committed
     * @param dropped runs instead if the call must not be made
     */
    void intend(
            EventHead head,
            Progress progress,
            int epochOfEvent,
            Supplier<@Nullable DayCount> counting,
            Runnable go,
            Runnable dropped) {
        String key = JournalFormat.key(head);
        Runnable notMade = () -> {
            late.notMade(key, head, progress);
            dropped.run();
        };
        if (!epoch.is(epochOfEvent)) {
            notMade.run();
            return;
        }
        open.intend(
                epochOfEvent,
                key,
                () -> mark(key, head, progress, epochOfEvent, counting, go, () -> {
                    open.ended(epochOfEvent, key);
                    notMade.run();
                }));
    }

    /** Marks a call that no event asks for itself. It counts, and leaves nothing in doubt. */
    void intendBeside(
            EventHead head, int epochOfEvent, Supplier<@Nullable DayCount> counting, Runnable go, Runnable dropped) {
        mark(JournalFormat.CALL, head, Progress.NONE, epochOfEvent, counting, go, dropped);
    }

    private void mark(
            String key,
            EventHead head,
            Progress progress,
            int epochOfEvent,
            Supplier<@Nullable DayCount> counting,
            Runnable go,
            Runnable dropped) {
        if (epoch.is(epochOfEvent)) {
            writer.add(
                    LedgerEntry.call(key, underWay.entry(State.CALLING, progress, head, key), counting, go, dropped));
        } else {
            dropped.run();
        }
    }

    /** A call is not made although its mark is committed. A mark that stays would leave the call in doubt. */
    void notMade(EventHead head, Progress marked, int epochOfEvent) {
        if (epoch.is(epochOfEvent)) {
            answered(head, marked.withoutLastCall(), epochOfEvent);
        }
    }

    /** The call was answered, and another one follows later. A crash until then leaves no doubt. */
    void answered(EventHead head, Progress progress, int epochOfEvent) {
        String key = JournalFormat.key(head);
        Runnable toLate = () -> late.answered(key, head, progress);
        if (epoch.is(epochOfEvent)) {
            writer.add(LedgerEntry.of(
                    key, underWay.entry(State.ANSWERED, progress, head, key), List.of(), null, () -> {}, toLate));
            open.ended(epochOfEvent, key);
        } else {
            toLate.run();
        }
    }
}
