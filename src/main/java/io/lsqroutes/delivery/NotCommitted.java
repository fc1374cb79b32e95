package io.lsqroutes.delivery;

/** A transaction was taken back: nothing of it stands, and it may be made again. */
final class NotCommitted extends Exception {
    private static final long serialVersionUID = 1L;

    NotCommitted(Throwable cause) {
        super(cause);
    }
}
