package io.lsqroutes.budget;

import java.time.LocalDate;

/**
 * How many calls of a day are counted.
 *
 * @param day as the account's time zone has it
 */
public record DayCount(LocalDate day, int calls) {

    /** Whether it was counted after the other one: on a later day, or further on the same day. */
    public boolean isBeyond(DayCount other) {
        return day.isAfter(other.day) || (day.equals(other.day) && calls > other.calls);
    }
}
