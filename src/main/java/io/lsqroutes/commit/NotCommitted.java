package io.lsqroutes.commit;

import java.util.List;

/** A transaction was taken back: nothing of it is committed. It may be made again without the records that Kafka rejects. */
final class NotCommitted extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<RejectedRecord> rejected;

    NotCommitted(Throwable cause, List<RejectedRecord> rejected) {
        super(cause);
        this.rejected = rejected;
    }

    /** The records without which the rest can be written; empty if the transaction failed for another reason. */
    List<RejectedRecord> rejected() {
        return rejected;
    }
}
