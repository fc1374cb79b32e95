package io.lsqroutes.journal;

import org.jspecify.annotations.Nullable;

/**
 * The account that a journal names.
 *
 * @param proved whether a call may have succeeded with it; one that never did may be put right on the same journal
 */
public record JournalAccount(String name, boolean proved) {

    /** The same, knowing what stood before: what was proved once stays so. */
    JournalAccount after(@Nullable JournalAccount before) {
        return before != null && before.proved && before.name.equals(name) ? before : this;
    }

    /**
     * A journal belongs to one account: two would take each other's limit and ids for their own.
     *
     * @throws JournalRejected if this is another one, and proved
     */
    public void check(String worker) {
        if (proved && !name.equals(worker)) {
            throw new JournalRejected("it belongs to another account (" + name + "; this one is " + worker + ")");
        }
    }
}
