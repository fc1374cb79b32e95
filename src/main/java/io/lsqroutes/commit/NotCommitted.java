package io.lsqroutes.commit;

import java.util.List;

/** A transaction was taken back: nothing of it stands, and it may be made again, without what was refused for good. */
final class NotCommitted extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<RejectedRecord> refused;

    NotCommitted(Throwable cause, List<RejectedRecord> refused) {
        super(cause);
        this.refused = refused;
    }

    /** The records without which it can be written; empty where it failed for another reason. */
    List<RejectedRecord> refused() {
        return refused;
    }
}
