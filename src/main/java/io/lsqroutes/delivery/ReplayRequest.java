package io.lsqroutes.delivery;

import io.lsqroutes.outcome.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which dead letters an operator wants back on their topics.
 *
 * @param reasons their reason codes; empty: any
 * @param since not those that died before; null: all
 * @param expiresIn how long the events are good for from now on; null: as long as new ones on their topic
 * @param dryRun only tell what would be done
 */
public record ReplayRequest(
        Set<Status> statuses,
        Set<String> reasons,
        @Nullable Instant since,
        @Nullable Duration expiresIn,
        boolean dryRun) {

    /** The outcomes that become dead letters, which is what can be asked for. */
    public static final Set<Status> STATUSES = DeadLetter.STATUSES;

    boolean wants(DeadLetter letter, Instant died) {
        return statuses.contains(letter.status())
                && (reasons.isEmpty() || reasons.contains(letter.code()))
                && (since == null || !died.isBefore(since));
    }
}
