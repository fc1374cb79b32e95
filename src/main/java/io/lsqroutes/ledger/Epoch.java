package io.lsqroutes.ledger;

/**
 * The number of this process's ownership. It is new whenever this process becomes the owner. What an event of an earlier
 * epoch wants is not done, because another process may have handled the event since. Safe for use by several threads.
 */
final class Epoch {
    private static final int NOT_THE_OWNER = 0;

    private volatile int current = NOT_THE_OWNER;
    private int last = NOT_THE_OWNER;

    int current() {
        return current;
    }

    boolean is(int epoch) {
        return epoch == current;
    }

    /** The number of the ownership that {@link #begin} will begin. */
    int next() {
        return last + 1;
    }

    /** This process is the owner. For one thread. */
    void begin() {
        last++;
        current = last;
    }

    /** Another process may be the owner. */
    void end() {
        current = NOT_THE_OWNER;
    }
}
