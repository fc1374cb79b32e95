package io.lsqroutes.attempt;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The calls that count against one event: they were not confirmed, and the account is known to have been well. */
public final class ChargedAttempts {
    /** A call of these counts, or does not: whose fault its answer was may be known later. */
    private final List<Fault> undecided = new ArrayList<>();

    private int decided;
    private @Nullable Fault blame;
    private @Nullable Verdict last;

    /**
     * @param decided those of a former life of the process
     */
    public ChargedAttempts(int decided) {
        this.decided = decided;
    }

    public int count() {
        return decided + (int) undecided.stream().filter(Fault::counts).count();
    }

    /** What the count may come to once it is known whose fault every answer was. */
    public int atMost() {
        return decided + (int) undecided.stream().filter(Fault::mayCount).count();
    }

    /** Whose fault the answer of the call under way is, once it is known. */
    public void blame(Fault whose) {
        blame = whose;
    }

    /** A call has failed. */
    public void add(Verdict failure) {
        last = failure;
        Trouble trouble = failure.trouble();
        if (blame == null || trouble == null) {
            decided += failure.mayHaveTakenEffect() ? 1 : 0;
        } else if (trouble.mayBeTheEvents()) {
            undecided.add(blame);
        }
    }

    /** How the last call failed; null where none has in this life of the process. */
    @Nullable
    Verdict last() {
        return last;
    }

    /** The call is over. */
    public void ended() {
        blame = null;
    }
}
