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

    static Blame ofAccount() {
        Blame blame = new Blame();
        blame.accounts();
        return blame;
    }

    void accounts() {
        whose = Whose.ACCOUNTS;
    }

    void events() {
        whose = Whose.EVENTS;
    }

    /** Whether such an answer counts against its event: it does once the account is known to have been well. */
    boolean counts() {
        return whose == Whose.EVENTS;
    }

    /** Whether it counts, or may do so later. */
    boolean mayCount() {
        return whose != Whose.ACCOUNTS;
    }
}
