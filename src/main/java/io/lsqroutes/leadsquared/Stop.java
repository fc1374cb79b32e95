package io.lsqroutes.leadsquared;

import java.time.Duration;

/** The line while it stands: when it is tried next, and what that has shown so far. Not synchronised. */
final class Stop {
    private static final int KEY_CALLS_THAT_TELL = 2;

    private final Trouble trouble;
    private final long since;
    private final boolean keyCallsTell;
    private long pause = Trouble.PAUSE.toNanos();
    private long probeAt;
    private long probedAt;
    private long leftAloneUntil;
    private boolean probing;
    private boolean sameAnswers;
    private boolean keyCallWentWell;
    private int keyCalls;

    /**
     * @param keyCallsTell whether a key call can be made before an event is tried
     */
    Stop(Trouble trouble, long now, boolean keyCallsTell) {
        this.trouble = trouble;
        this.since = now;
        this.probedAt = now;
        this.leftAloneUntil = now;
        this.keyCallsTell = keyCallsTell;
        // A key call costs no event anything, and may show at once that the account is well.
        this.probeAt = keyCallsTell ? now : now + pause;
    }

    Trouble trouble() {
        return trouble;
    }

    long since() {
        return since;
    }

    Duration pause() {
        return Duration.ofNanos(pause);
    }

    long nanosUntilProbe(long now) {
        return nanosUntil(probeAt, now);
    }

    /** The same with the first pause, however many have followed. */
    long nanosUntilAnother(long now) {
        return nanosUntil(Math.min(probeAt, probedAt + Trouble.PAUSE.toNanos()), now);
    }

    private long nanosUntil(long due, long now) {
        return probing ? Long.MAX_VALUE : Math.max(0, Math.max(due - now, leftAloneUntil - now));
    }

    /** The API asks for that: it is not tried before. */
    void leaveAlone(Duration time, long now) {
        long until = now + time.toNanos();
        leftAloneUntil = until - leftAloneUntil > 0 ? until : leftAloneUntil;
    }

    void probeBegan() {
        probing = true;
        keyCallWentWell = false;
    }

    /**
     * @param called false where the probe ended before it could call
     */
    void probeEnded(boolean called, long now) {
        probing = false;
        if (called) {
            long longest = trouble.longestPause(keyCallsTell, Duration.ofNanos(now - since))
                    .toNanos();
            pause = keyCallWentWell ? Trouble.PAUSE.toNanos() : Math.min(pause * 2, longest);
            probeAt = now + pause;
            probedAt = now;
        } else {
            probeAt = now;
        }
    }

    /** There are other keys: what was learnt from the old ones means nothing any more. */
    void keysReplaced(long now) {
        pause = Trouble.PAUSE.toNanos();
        probeAt = now;
    }

    /** An event was tried and met the account's trouble again; true where that is shown to be the events'. */
    boolean sameAnswerAgain() {
        sameAnswers = true;
        return isTheEvents();
    }

    /** True where the trouble is shown to be the events'. */
    boolean keyCallSucceeded() {
        keyCallWentWell = true;
        keyCalls++;
        return isTheEvents();
    }

    /** Key calls go well and events do not. */
    private boolean isTheEvents() {
        return keyCalls >= KEY_CALLS_THAT_TELL && sameAnswers && trouble.mayBeTheEvents();
    }
}
