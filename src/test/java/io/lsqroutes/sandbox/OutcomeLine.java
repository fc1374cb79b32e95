package io.lsqroutes.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Locale;

/** An outcome in one line: whom it is about, what was asked, what became of it, and what that took. */
final class OutcomeLine {
    private OutcomeLine() {}

    static String of(String whom, JsonNode outcome, Duration took) {
        int calls = outcome.path("calls").asInt();
        String line = String.format(
                Locale.ROOT,
                "%-28s  %-6s  %-9s  %-7s  %.1f s",
                whom,
                outcome.path("type").asText(),
                outcome.path("status").asText(),
                calls == 1 ? "1 call" : calls + " calls",
                took.toMillis() / 1000.0);
        return outcome.path("code").isTextual()
                ? line + "  " + outcome.path("code").asText()
                : line;
    }
}
