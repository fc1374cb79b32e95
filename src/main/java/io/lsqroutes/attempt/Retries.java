package io.lsqroutes.attempt;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Decides what follows a failed attempt. */
@FunctionalInterface
public interface Retries {

    /** The pause until the next attempt; null where no other one follows. */
    @Nullable
    Duration pause(Attempts attempts, Verdict failure);
}
