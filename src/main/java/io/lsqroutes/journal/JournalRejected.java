package io.lsqroutes.journal;

/** This journal must not be worked with: it is another account's, another version's, or lost what it has to keep. */
public final class JournalRejected extends RuntimeException {
    private static final long serialVersionUID = 1L;

    JournalRejected(String why) {
        super(why, null, false, false);
    }
}
