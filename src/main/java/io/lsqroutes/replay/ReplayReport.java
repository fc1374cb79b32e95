package io.lsqroutes.replay;

import io.lsqroutes.ledger.DeadLetter;
import io.lsqroutes.replay.ReplayPlan.Fate;
import io.lsqroutes.replay.ReplayPlan.Step;
import io.lsqroutes.topics.TopicNames;
import java.io.PrintStream;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** Tells an operator what a replay does: ids, codes and places, never a person. */
final class ReplayReport {
    private static final long BETWEEN_PROGRESS = 5_000_000_000L;

    private final TopicNames topics;
    private final PrintStream out;
    private final boolean dryRun;
    private final int letters;
    private final Map<Fate, Integer> count = new EnumMap<>(Fate.class);
    private int told;
    private long lastProgress = System.nanoTime();

    ReplayReport(TopicNames topics, PrintStream out, boolean dryRun, int letters) {
        this.topics = topics;
        this.out = out;
        this.dryRun = dryRun;
        this.letters = letters;
    }

    void tell(Step step) {
        told++;
        count.merge(step.fate(), 1, Integer::sum);
        DeadLetter letter = step.letter();
        String fate = dryRun && step.fate() == Fate.PUT_BACK ? "would put back" : words(step.fate());
        out.printf(
                Locale.ROOT,
                "%-15s %s %s %s %s %s-%d@%d%n",
                fate,
                letter.type(topics).label(),
                letter.eventId(),
                letter.status(),
                step.code(),
                letter.source().topic(),
                letter.source().partition(),
                letter.source().offset());
        if (System.nanoTime() - lastProgress > BETWEEN_PROGRESS) {
            lastProgress = System.nanoTime();
            out.printf(Locale.ROOT, "replay: %d of %d events%n", told, letters);
        }
    }

    private static String words(Fate fate) {
        return fate.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    void end() {
        out.printf(
                Locale.ROOT,
                "replay: %d events %s, %d no longer there, %d still invalid, %d done since, %d on their way%s%n",
                count(Fate.PUT_BACK),
                dryRun ? "would be put back" : "put back",
                count(Fate.NO_LONGER_THERE),
                count(Fate.STILL_INVALID),
                count(Fate.DONE_SINCE),
                count(Fate.ON_ITS_WAY),
                notTaken());
    }

    private String notTaken() {
        int notTaken = count(Fate.NOT_TAKEN);
        return notTaken == 0
                ? ""
                : ", " + notTaken + " not taken by their topic: raise its max.message.bytes, and run it again";
    }

    private int count(Fate fate) {
        return count.getOrDefault(fate, 0);
    }
}
