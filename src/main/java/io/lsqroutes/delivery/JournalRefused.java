package io.lsqroutes.delivery;

/** This journal must not be worked with: it is another account's, another version's, or lost what it has to keep. */
public final class JournalRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    JournalRefused(String why) {
        super(why, null, false, false);
    }
}
