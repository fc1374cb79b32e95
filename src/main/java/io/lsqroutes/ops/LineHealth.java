package io.lsqroutes.ops;

import java.util.Map;
import java.util.function.Supplier;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;
import org.jspecify.annotations.Nullable;

/** Camel's health check {@code line}: down, with the reason, while no call can be made. */
public final class LineHealth extends AbstractHealthCheck {
    private final Supplier<@Nullable String> trouble;

    /**
     * @param trouble why no call can be made; null while calls can be made
     */
    public LineHealth(Supplier<@Nullable String> trouble) {
        super("leadsquared", "line");
        this.trouble = trouble;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder result, Map<String, Object> options) {
        String why = trouble.get();
        if (why == null) {
            result.up();
        } else {
            result.message(why).down();
        }
    }
}
