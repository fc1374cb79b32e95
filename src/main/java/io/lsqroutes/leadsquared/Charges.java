package io.lsqroutes.leadsquared;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The calls that count against one event: they were not confirmed, and that is not known to be the account's fault. */
final class Charges {

    /**
     * A call that counts, or does not: whose fault its answer was may be known later.
     *
     * @param untilKnown whether it counts as long as that is not known
     */
    private record Charge(Blame blame, boolean untilKnown) {
        boolean counts() {
            return blame.counts(untilKnown);
        }
    }

    private final List<Charge> undecided = new ArrayList<>();
    private int decided;
    private @Nullable Blame blame;

    /**
     * @param decided those of a former life of the process
     */
    Charges(int decided) {
        this.decided = decided;
    }

    int count() {
        return decided + (int) undecided.stream().filter(Charge::counts).count();
    }

    /** Whose fault the answer of the call under way is, once it is known. */
    void blame(Blame whose) {
        blame = whose;
    }

    /** The event's own call has failed. */
    void add(Verdict failure) {
        boolean counts = failure.mayHaveTakenEffect();
        Trouble trouble = failure.trouble();
        if (blame == null || trouble == null) {
            decided += counts ? 1 : 0;
        } else if (trouble.mayBeTheEvents()) {
            undecided.add(new Charge(blame, counts));
        }
    }

    /** The call is over. */
    void ended() {
        blame = null;
    }
}
