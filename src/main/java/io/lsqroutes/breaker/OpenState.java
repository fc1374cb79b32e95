package io.lsqroutes.breaker;

import io.lsqroutes.attempt.CallKind;
import io.lsqroutes.attempt.Pauses;
import io.lsqroutes.attempt.Trouble;
import java.time.Duration;

/** Why calls are suspended, when the account is tried next, and what that has shown so far. Not synchronised. */
final class OpenState {
    private static final int KEY_CALLS_THAT_TELL = 2;

    private final long since;
    private final Pauses pauses;
    private final boolean keyCallsTell;
    private Trouble trouble;
    private String reason;
    private boolean keysWorked;
    private boolean usersCall;
    private long pause;
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
    OpenState(TroubleMet met, long now, Pauses pauses, boolean keyCallsTell) {
        this(met.trouble(), met.reason(), now, pauses, keyCallsTell);
        keysWorked = met.keysWorked();
        usersCall = met.call().carriesUserKey();
    }

    private OpenState(Trouble trouble, String reason, long now, Pauses pauses, boolean keyCallsTell) {
        this.trouble = trouble;
        this.reason = reason;
        this.since = now;
        this.probedAt = now;
        this.leftAloneUntil = now;
        this.pauses = pauses;
        this.pause = pauses.probe().toNanos();
        this.keyCallsTell = keyCallsTell;
        // A key call costs no event anything, and may show at once that the account is well.
        this.probeAt = keyCallsTell ? now : now + pause;
    }

    static OpenState ofSpentQuota(long now, Pauses pauses, boolean keyCallsTell) {
        return new OpenState(Trouble.QUOTA_SPENT, Trouble.QUOTA_SPENT.reason(), now, pauses, keyCallsTell);
    }

    Trouble trouble() {
        return trouble;
    }

    /** That of the trouble that was met last, for people. */
    String reason() {
        return reason;
    }

    long since() {
        return since;
    }

    Duration pause() {
        return Duration.ofNanos(pause);
    }

    /** Whether nothing has shown yet that the keys which are refused go with the portal id. */
    boolean isOfUnprovedKeys() {
        return trouble == Trouble.KEYS_NOT_ACCEPTED && !keysWorked;
    }

    /** Whether such a call that goes well shows that this is over: a user's own key may be good where the account's are not. */
    boolean isEndedBy(CallKind call) {
        return trouble != Trouble.KEYS_NOT_ACCEPTED || call.carriesAccountKey() || usersCall;
    }

    long nanosUntilProbe(long now) {
        return nanosUntil(probeAt, now);
    }

    /** The same with the first pause, however many have followed. */
    long nanosUntilAnother(long now) {
        return nanosUntil(Math.min(probeAt, probedAt + pauses.probe().toNanos()), now);
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
            long longest = pauses.longestProbe(trouble, keyCallsTell, Duration.ofNanos(now - since))
                    .toNanos();
            // Key calls say nothing of a portal id, so they are no reason to ask about it more often.
            boolean soon = keyCallWentWell && !isOfUnprovedKeys();
            pause = soon ? pauses.probe().toNanos() : Math.min(pause * 2, longest);
            probeAt = now + pause;
            probedAt = now;
        } else {
            probeAt = now;
        }
    }

    /** There are other keys: what was learnt from the old ones means nothing any more. */
    void keysReplaced(long now) {
        pause = pauses.probe().toNanos();
        probeAt = now;
    }

    /** What was tried has met trouble, be it the same or another; true where that is shown to be the events'. */
    boolean metAgain(TroubleMet met) {
        boolean another = trouble != met.trouble()
                && !(trouble.isAnAnswer() && met.trouble().isAnAnswer());
        if (another) {
            becomesAnother();
        }
        trouble = met.trouble();
        reason = met.reason();
        keysWorked = met.keysWorked();
        usersCall = met.call().carriesUserKey();
        if (met.isOfKeyCall()) {
            keyCalls = 0;
            return false;
        }
        sameAnswers = true;
        return isTheEvents();
    }

    /** What was tried is one call too many, for window after window. */
    void quotaSpent() {
        if (trouble != Trouble.QUOTA_SPENT) {
            becomesAnother();
            trouble = Trouble.QUOTA_SPENT;
            reason = trouble.reason();
        }
    }

    private void becomesAnother() {
        pause = pauses.probe().toNanos();
        sameAnswers = false;
        keyCalls = keyCallWentWell ? 1 : 0;
    }

    /** True where the trouble is shown to be the events'. */
    boolean keyCallSucceeded() {
        keyCallWentWell = true;
        keyCalls++;
        return isTheEvents();
    }

    boolean keyCallWentWell() {
        return keyCallWentWell;
    }

    /** Key calls go well and events do not. */
    private boolean isTheEvents() {
        return keyCalls >= KEY_CALLS_THAT_TELL && sameAnswers && trouble.mayBeTheEvents() && !isOfUnprovedKeys();
    }
}
