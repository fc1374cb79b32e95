package io.lsqroutes.attempt;

import org.jspecify.annotations.Nullable;

/** An attempt did not succeed; thrown so that Camel's redelivery can decide about the next one. */
public final class CallFailed extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Verdict verdict;

    public CallFailed(Verdict verdict) {
        // Reason codes only: an exception's text ends up in logs.
        super(verdict.kind() + " " + verdict.httpStatus(), null, false, false);
        this.verdict = verdict;
    }

    public Verdict verdict() {
        return verdict;
    }

    /** What an attempt's failure means; null where it is none of a call. */
    public static @Nullable Verdict verdict(@Nullable Exception failure) {
        return failure instanceof CallFailed failed ? failed.verdict() : null;
    }
}
