package io.lsqroutes.it.start;

import static org.assertj.core.api.Assertions.assertThat;

import io.lsqroutes.it.scene.JavaProcess;
import io.lsqroutes.sandbox.Sandbox;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a newcomer sees first. */
class SandboxIT {

    @Test
    void showsEveryKindOfOutcome_takesTypedAddresses_andEndsWhenToldTo() throws Exception {
        try (JavaProcess sandbox = JavaProcess.ofMain(Sandbox.class, Map.of())) {
            for (String whom : new String[] {"johnwick@example.com", "+14-157415569", "+14-157415570"}) {
                assertThat(outcome(sandbox, whom)).matches(".*  reset   SUCCEEDED  1 call   [0-9.]+ s");
            }
            for (String whom : new String[] {"helen@example.com", "iosef@example.com"}) {
                assertThat(outcome(sandbox, whom)).matches(".*  change  SUCCEEDED  1 call   [0-9.]+ s");
            }
            assertThat(outcome(sandbox, "charon+500@example.com")).contains("SUCCEEDED  2 calls");
            assertThat(outcome(sandbox, "nobody+error@example.com")).contains("REJECTED", "MXUserNotFoundException");
            assertThat(outcome(sandbox, "a@example.com and +1")).contains("INVALID    0 calls", "two-persons");
            sandbox.awaitLine(line -> line.matches("campaign: [0-9]+ of 100 done, about [0-9]+ s left"));

            // While the campaign is still on its way: a typed address goes before it.
            sandbox.type("viggo@example.com");
            assertThat(outcome(sandbox, "viggo@example.com")).contains("SUCCEEDED  1 call");
            assertThat(sandbox.lines()).noneMatch(line -> line.startsWith("campaign: 100 of 100"));

            assertThat(outcome(sandbox, "winston+429@example.com")).contains("SUCCEEDED  2 calls");
            sandbox.awaitLine(line -> line.equals("campaign: 100 of 100 done"));
            assertThat(sandbox.awaitLine(line -> line.startsWith("portal: ")))
                    .matches("portal: [0-9]+ calls, refused 0, most calls in any 5 s: (1?[0-9]|2[0-5])");

            sandbox.type("viggo");
            sandbox.awaitLine(line -> line.contains("'viggo' is no e-mail address"));
            sandbox.type("help");
            sandbox.awaitLine(line -> line.matches(" *500-envelope +.*"));
            sandbox.type("quit");
            assertThat(sandbox.awaitExit(Duration.ofMinutes(1))).isZero();
            assertThat(sandbox.lines().get(0)).startsWith("sandbox: ");
            assertThat(sandbox.lines()).last().asString().startsWith("next: README.md");
            assertThat(sandbox.lines()).noneMatch(line -> line.contains("\033"));
        }
    }

    /** An event that waits for its next attempt must not hold up the end. */
    @Test
    void endsWithCtrlCWhileEventsWait() throws Exception {
        try (JavaProcess sandbox = JavaProcess.ofMain(Sandbox.class, Map.of())) {
            sandbox.awaitLine(line -> line.startsWith("sandbox: type an e-mail address"));
            sandbox.type("tarasov+500-always@example.com");
            sandbox.awaitLine(line -> line.matches("tarasov\\+500-always@example.com +reset +queued"));
            outcome(sandbox, "johnwick@example.com");
            sandbox.signal("INT");
            assertThat(sandbox.awaitExit(Duration.ofMinutes(1))).isIn(0, 130);
            assertThat(sandbox.lines()).last().asString().startsWith("next: ");
        }
    }

    /** The line that tells what became of it, not the one that says it is queued. */
    private static String outcome(JavaProcess sandbox, String whom) {
        return sandbox.awaitLine(line -> line.startsWith(whom + " ") && line.matches(".* [0-9]+ calls? .*"));
    }
}
