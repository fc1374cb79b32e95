package io.lsqroutes.budget;

import io.lsqroutes.event.Lane;
import java.util.Set;

/**
 * Decides whose call goes next, and when: within the account's limit, somebody who waits before a campaign, and nobody for
 * a while after a call too many. Not synchronised, and it has no clock: times come in, in nanoseconds of one monotonic clock.
 */
final class Budget {
    /** Then a campaign that waits has its turn: it goes on with a fifth of the calls whatever happens beside it. */
    static final int MOST_INTERACTIVE_IN_A_ROW = 4;

    private final CallLimits limits;
    private final Slots slots;
    private final Permits permits;
    private final AdaptiveLimit allowance;
    private int interactiveInARow;
    private long lastGrant;
    private long heldUntil;

    Budget(CallLimits limits, long now) {
        this.limits = limits;
        this.slots = new Slots(limits.slots(), limits.unlimited() ? 0 : limits.windowNanos(), now);
        this.permits = new Permits(limits.maxInFlight());
        this.allowance = new AdaptiveLimit(limits.slots(), limits.windowNanos(), now);
        this.lastGrant = now;
        this.heldUntil = now;
    }

    NextGrant next(Set<Lane> waiting, long now) {
        if (isCampaignsTurn(waiting) && permits.available(Lane.CAMPAIGN)) {
            return new NextGrant(Lane.CAMPAIGN, nanosUntilSlot(0, now));
        }
        long interactive = waiting.contains(Lane.INTERACTIVE) ? nanosUntilInteractive(now) : Long.MAX_VALUE;
        long campaign = waiting.contains(Lane.CAMPAIGN) ? nanosUntilCampaign(now) : Long.MAX_VALUE;
        return interactive <= campaign
                ? new NextGrant(Lane.INTERACTIVE, interactive)
                : new NextGrant(Lane.CAMPAIGN, campaign);
    }

    private boolean isCampaignsTurn(Set<Lane> waiting) {
        return waiting.size() == Lane.values().length && interactiveInARow == MOST_INTERACTIVE_IN_A_ROW;
    }

    private long nanosUntilInteractive(long now) {
        return permits.available(Lane.INTERACTIVE) ? nanosUntilSlot(0, now) : Long.MAX_VALUE;
    }

    /** A campaign goes evenly, so that a slot is never long in coming for somebody who waits. */
    private long nanosUntilCampaign(long now) {
        if (!permits.available(Lane.CAMPAIGN)) {
            return Long.MAX_VALUE;
        }
        int reserve = limits.unlimited() ? 0 : Math.min(limits.reserve(), allowance.at(now) - 1);
        return Math.max(lastGrant + pace(now) - now, nanosUntilSlot(reserve, now));
    }

    private long pace(long now) {
        return limits.unlimited() ? 0 : limits.window().toNanos() / allowance.at(now);
    }

    /**
     * @param reserve slots that have to stay free beside it
     */
    private long nanosUntilSlot(int reserve, long now) {
        int beyondAllowance = limits.unlimited() ? 0 : limits.slots() - allowance.at(now);
        return Math.max(heldUntil - now, slots.nanosUntilFree(beyondAllowance + reserve, now));
    }

    /** A call of the lane that {@link #next} names goes. */
    void grant(Lane lane, Set<Lane> waiting, long now) {
        slots.take(now);
        permits.take(lane);
        lastGrant = now;
        boolean campaignIsPassed = lane == Lane.INTERACTIVE && waiting.contains(Lane.CAMPAIGN);
        interactiveInARow = campaignIsPassed ? Math.min(interactiveInARow + 1, MOST_INTERACTIVE_IN_A_ROW) : 0;
    }

    /** The answer is in, or the call failed. */
    void answered(Lane lane, long now) {
        slots.answered(now);
        permits.giveBack(lane);
    }

    /** Somebody else may have used the window up to now. */
    void hold(long now) {
        slots.hold(now);
    }

    /** The account is known not to have been called for longer than a window; a call too many is not forgotten. */
    void free(long now) {
        slots.free(now);
    }

    /**
     * A call was one too many, and so would the next one be. True for the first one of a window.
     *
     * @param pause how long the API asks to be left alone; less than a window is not enough
     */
    boolean rateLimited(long pause, long now) {
        long until = now + Math.max(pause, limits.windowNanos());
        heldUntil = until - heldUntil > 0 ? until : heldUntil;
        return allowance.rateLimited(now);
    }

    /** The call too many that was just told of names a limit of the API's own; true where that is less than was known. */
    boolean named(int calls) {
        return allowance.named(calls);
    }

    /** The calls of a window that are taken at this time. */
    int allowed(long now) {
        return allowance.at(now);
    }

    int callsOut() {
        return permits.out();
    }
}
