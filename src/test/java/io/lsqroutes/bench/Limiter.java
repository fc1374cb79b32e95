package io.lsqroutes.bench;

import java.time.Duration;
import java.util.concurrent.Callable;

/** A way to keep to the account's limit. */
interface Limiter extends AutoCloseable {
    int CALLS = 25;
    Duration WINDOW = Duration.ofSeconds(5);

    /**
     * Makes the call when its turn has come, and gives its answer.
     *
     * @param ofCampaign whether nobody waits for it
     * @param call false where the portal refuses it
     */
    boolean make(boolean ofCampaign, Callable<Boolean> call) throws Exception;

    @Override
    default void close() {
        // Most have nothing to end.
    }
}
