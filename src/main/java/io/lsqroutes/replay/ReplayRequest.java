package io.lsqroutes.replay;

import io.lsqroutes.event.Status;
import io.lsqroutes.ledger.DeadLetter;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which dead letters and outcomes an operator wants back on their topics.
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

    /** What can be asked for: what becomes a dead letter, and what can be read from the outcomes. */
    public static final Set<Status> STATUSES = Stream.concat(
                    DeadLetter.STATUSES.stream(), RecordedOutcome.STATUSES.stream())
            .collect(Collectors.toUnmodifiableSet());

    /** Whether something is asked for that is no dead letter, or not always one. */
    boolean readsOutcomes() {
        return statuses.stream().anyMatch(RecordedOutcome.STATUSES::contains);
    }

    boolean wants(DeadLetter letter, Instant died) {
        return statuses.contains(letter.status())
                && (reasons.isEmpty() || reasons.contains(letter.code()))
                && (since == null || !died.isBefore(since));
    }
}
