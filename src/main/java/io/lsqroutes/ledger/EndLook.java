package io.lsqroutes.ledger;

/**
 * Reads the journal to its end, once for all events that were read before it began: whatever put them on their topic stands
 * before that end. Safe for use by several threads.
 */
final class EndLook {
    private final Runnable readJournal;
    private boolean looked;
    private long began;

    EndLook(Runnable readJournal) {
        this.readJournal = readJournal;
    }

    /**
     * Returns once the journal is read to an end that is younger than this event.
     *
     * @param read when the event was read, in {@link System#nanoTime()}
     */
    synchronized void behind(long read) {
        if (looked && began - read > 0) {
            return;
        }
        long now = System.nanoTime();
        readJournal.run();
        began = now;
        looked = true;
    }
}
