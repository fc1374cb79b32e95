package io.lsqroutes.delivery;

import java.util.List;

/** A transaction was taken back: nothing of it stands, and it may be made again, without what was refused for good. */
final class NotCommitted extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<RefusedRecord> refused;

    NotCommitted(Throwable cause, List<RefusedRecord> refused) {
        super(cause);
        this.refused = refused;
    }

    /** The records without which it can be written; empty where it failed for another reason. */
    List<RefusedRecord> refused() {
        return refused;
    }
}
