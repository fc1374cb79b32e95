package io.lsqroutes.budget;

import io.lsqroutes.event.Lane;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.Set;

/**
 * The calls of the day: claimed when they are granted, counted when their marks are written, which is what the next owner
 * finds. Not synchronised, and it has no clock: the day comes in.
 */
final class DayCalls {
    private final DailyQuota quota;
    private LocalDate day = LocalDate.MIN;
    private int counted;
    private int claimed;

    DayCalls(DailyQuota quota) {
        this.quota = quota;
    }

    /**
     * It is this day now. An earlier one than before it never is: a clock that was put back would have its calls made again.
     *
     * @param out calls without an answer: on which day the portal counts them is not known, so here it is on both
     */
    void dayIs(LocalDate today, int out) {
        if (today.isAfter(day)) {
            day = today;
            counted = out - claimed;
        }
    }

    boolean allows(Lane lane) {
        return counted + claimed < quota.most(lane);
    }

    void claim() {
        claimed++;
    }

    /** The mark of a call that was claimed is about to be written. */
    void count() {
        claimed--;
        counted++;
    }

    /** The call was not made, nor its mark written. */
    void giveBack() {
        claimed--;
    }

    DayCount counted() {
        return new DayCount(day, counted);
    }

    /** What the journal says counts, also where less stands there than was about to be written. */
    void restore(DayCount journal) {
        if (!journal.day().isBefore(day)) {
            day = journal.day();
            counted = journal.calls();
        }
    }

    /** The lanes that stand still for the rest of the day. */
    Set<Lane> spent() {
        Set<Lane> spent = EnumSet.allOf(Lane.class);
        spent.removeIf(lane -> counted < quota.most(lane));
        return spent;
    }
}
