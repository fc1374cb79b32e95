package io.lsqroutes.leadsquared;

/**
 * Whose fault some answers were, once that is known: the account's, which costs no event an attempt, or their events' own.
 * Safe for use by several threads.
 */
final class Blame {
    private enum Whose {
        NOT_KNOWN,
        ACCOUNTS,
        EVENTS
    }

    private volatile Whose whose = Whose.NOT_KNOWN;

    static Blame ofEvents() {
        Blame blame = new Blame();
        blame.events();
        return blame;
    }

    void accounts() {
        whose = Whose.ACCOUNTS;
    }

    void events() {
        whose = Whose.EVENTS;
    }

    /**
     * Whether such an answer counts against its event.
     *
     * @param untilKnown whether it does as long as nobody knows
     */
    boolean counts(boolean untilKnown) {
        return whose == Whose.EVENTS || (whose == Whose.NOT_KNOWN && untilKnown);
    }
}
