package io.lsqroutes.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.lsqroutes.sandbox.Sandbox;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a newcomer sees first. */
class SandboxIT {

    @Test
    void showsEveryKindOfOutcome_takesTypedAddresses_andEndsWithCtrlC() throws Exception {
        try (JavaProcess sandbox = JavaProcess.ofMain(Sandbox.class, Map.of())) {
            for (String id : new String[] {
                "reset-by-email",
                "reset-by-phone",
                "reset-by-phone-to-phone",
                "change-with-auth-key",
                "change-by-signing-in"
            }) {
                assertThat(outcome(sandbox, id)).contains("\"status\":\"SUCCEEDED\"", "\"calls\":1,");
            }
            assertThat(outcome(sandbox, "reset-answered-429-once"))
                    .contains("\"status\":\"SUCCEEDED\"", "\"calls\":2,");
            assertThat(outcome(sandbox, "reset-answered-500-once"))
                    .contains("\"status\":\"SUCCEEDED\"", "\"calls\":2,");
            assertThat(outcome(sandbox, "reset-of-an-unknown-user")).contains("\"status\":\"REJECTED\"");
            sandbox.awaitLine(line -> line.contains("100 of 100 done"));
            assertThat(sandbox.awaitLine(line -> line.startsWith("portal: ") && line.contains("calls, refused")))
                    .matches("portal: [0-9]+ calls, refused 0, most calls in any 5 s: (1?[0-9]|2[0-5])");

            sandbox.type("viggo@example.com");
            assertThat(outcome(sandbox, "typed-1")).contains("\"status\":\"SUCCEEDED\"");

            // An event that waits for its next attempt must not hold up the end.
            sandbox.type("tarasov+500-always@example.com");
            sandbox.awaitLine(line -> line.contains("queued typed-2"));
            sandbox.signal("INT");
            assertThat(sandbox.awaitExit(Duration.ofSeconds(10))).isIn(0, 130);
        }
    }

    private static String outcome(JavaProcess sandbox, String eventId) {
        return sandbox.awaitLine(
                line -> line.startsWith("password-results: ") && line.contains("\"eventId\":\"" + eventId + "\""));
    }
}
