package io.lsqroutes.attempt;

/**
 * Whose fault some answers were, once that is known: the account's, which costs no event an attempt, or their events' own.
 * Safe for use by several threads.
 */
public final class Fault {
    private enum Whose {
        NOT_KNOWN,
        ACCOUNTS,
        EVENTS
    }

    private volatile Whose whose = Whose.NOT_KNOWN;

    public static Fault ofEvents() {
        Fault blame = new Fault();
        blame.events();
        return blame;
    }

    public static Fault ofAccount() {
        Fault blame = new Fault();
        blame.accounts();
        return blame;
    }

    public void accounts() {
        whose = Whose.ACCOUNTS;
    }

    public void events() {
        whose = Whose.EVENTS;
    }

    /** Whether such an answer counts against its event: it does once the account is known to have been well. */
    public boolean counts() {
        return whose == Whose.EVENTS;
    }

    /** Whether it counts, or may do so later. */
    public boolean mayCount() {
        return whose != Whose.ACCOUNTS;
    }
}
