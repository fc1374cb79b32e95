package io.lsqroutes.budget;

import io.lsqroutes.event.Lane;
import java.time.Clock;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The calls of the day, held against the day's quota. A call is claimed when it is granted, and counted when its intent is
 * written, which is what the next owner finds.
 *
 * <p>Safe for use by several threads; it calls nobody back.
 */
public final class DayCalls {
    private final DailyQuota quota;
    private final Clock clock;
    private LocalDate day = LocalDate.MIN;
    private int counted;
    private int claimed;
    private int out;

    /**
     * @param clock says which day it is
     */
    public DayCalls(DailyQuota quota, Clock clock) {
        this.quota = quota;
        this.clock = clock;
    }

    /** A granted call's part of the day's quota. */
    public final class QuotaClaim {
        private boolean isCounted;

        private QuotaClaim() {}

        /** The call's intent is about to be written, perhaps once more: it counts once. Null where no quota asks for it. */
        public @Nullable DayCount count() {
            synchronized (DayCalls.this) {
                look();
                if (!isCounted) {
                    isCounted = true;
                    claimed--;
                    counted++;
                }
                return quota.calls() == 0 ? null : new DayCount(day, counted);
            }
        }

        /** The call has ended, or was never made: what was not counted is given back. */
        void end() {
            synchronized (DayCalls.this) {
                look();
                out--;
                claimed -= isCounted ? 0 : 1;
            }
        }
    }

    /**
     * The day never goes back: a clock that is put back would have that day's calls made again. On which day the portal
     * counts a call that is out when the day begins is not known, so the call counts on both.
     */
    private void look() {
        LocalDate today = quota.dayAt(clock.instant());
        if (today.isAfter(day)) {
            day = today;
            counted = out - claimed;
        }
    }

    /** Whether a call of this lane may be granted now. */
    synchronized boolean allows(Lane lane) {
        look();
        return counted + claimed < quota.most(lane);
    }

    /** A call is granted. */
    synchronized QuotaClaim claim() {
        look();
        claimed++;
        out++;
        return new QuotaClaim();
    }

    synchronized DayCount counted() {
        look();
        return new DayCount(day, counted);
    }

    /**
     * The journal says how often the account was called on that day, whoever was the owner. It is right, too, where it says
     * less than was about to be written.
     */
    public synchronized void restore(DayCount journal) {
        look();
        if (!journal.day().isBefore(day)) {
            day = journal.day();
            counted = journal.calls();
        }
    }

    /** Whether no call of this lane is made for the rest of the day. */
    public synchronized boolean isSpent(Lane lane) {
        look();
        return counted >= quota.most(lane);
    }

    /** The lanes that stand still for the rest of the day. */
    synchronized Set<Lane> spent() {
        Set<Lane> spent = EnumSet.allOf(Lane.class);
        spent.removeIf(lane -> !isSpent(lane));
        return spent;
    }

    /** Why no call is made for the rest of the day, not even for somebody who waits; null while calls are made. */
    public synchronized @Nullable String trouble() {
        return isSpent(Lane.INTERACTIVE) ? quota.spent(counted()) : null;
    }
}
