package io.lsqroutes.event;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A password, key or token: it can be used, and never shows itself in a log or an exception text. */
public final class Secret {
    private final String value;

    public Secret(String value) {
        this.value = Objects.requireNonNull(value);
    }

    /** The value itself, for the request to LeadSquared and for nothing else. */
    public String reveal() {
        return value;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Secret secret && secret.value.equals(value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return "***";
    }
}
