package io.lsqroutes.budget;

import io.lsqroutes.event.Lane;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells in the log what holds calls up beside the pace: calls too many, and a day's quota that is spent. Not synchronised. */
final class BudgetLog {
    private static final Logger LOG = LoggerFactory.getLogger(BudgetLog.class);

    private final CallLimits limits;
    private Set<Lane> still = EnumSet.noneOf(Lane.class);

    BudgetLog(CallLimits limits) {
        this.limits = limits;
    }

    /**
     * Once at each change.
     *
     * @param spent the lanes that stand still for the rest of the day
     */
    void quota(Set<Lane> spent, DayCount count) {
        if (spent.equals(still)) {
            return;
        }
        still = spent;
        DailyQuota quota = limits.daily();
        if (spent.contains(Lane.INTERACTIVE)) {
            LOG.warn("No call is made while {}", quota.spent(count));
        } else if (spent.contains(Lane.CAMPAIGN)) {
            LOG.warn(
                    "Campaigns stand still until {}: {} of the day's quota of {} calls are made, and the rest is for"
                            + " those who wait",
                    quota.endOf(count.day()),
                    count.calls(),
                    quota.calls());
        } else {
            LOG.info(
                    "Calls go on: {} of the quota of {} calls are made on {}",
                    count.calls(),
                    quota.calls(),
                    count.day());
        }
    }

    void named(int calls, Duration in) {
        LOG.warn(
                "The API names a limit of {} calls in {}, less than lsq.limit.calls: it is kept until"
                        + " no call was refused for an hour",
                calls,
                in);
    }

    void rateLimited(int allowed) {
        if (limits.unlimited()) {
            LOG.warn("The API refused a call, and no limit is set: nothing is called for a window");
        } else {
            LOG.warn(
                    "The API refused a call: nothing is called for a window, and then {} of {} calls in each",
                    allowed,
                    limits.calls());
        }
    }
}
