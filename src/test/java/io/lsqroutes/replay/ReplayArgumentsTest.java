package io.lsqroutes.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.lsqroutes.event.Status;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReplayArgumentsTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private static ReplayArguments arguments(String line) {
        List<String> words = line.isBlank() ? List.of() : List.of(line.trim().split(" +"));
        return new ReplayArguments(words, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private static ReplayRequest request(String line) {
        ReplayArguments arguments = arguments(line);
        ReplayRequest request = arguments.request();
        assertThat(arguments.problems()).isEmpty();
        return request;
    }

    @Test
    void aStatusIsEnough() {
        assertThat(request("--status FAILED"))
                .isEqualTo(new ReplayRequest(Set.of(Status.FAILED), Set.of(), null, null, false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--status FAILED,IN_DOUBT --reason http-500,MXUnhandledException --since 24h --expires-in 7d --dry-run",
                "--dry-run --expires-in=7d --since=2026-11-21T11:00:00+01:00 --reason=MXUnhandledException,http-500 --status=IN_DOUBT,FAILED"
            })
    void everythingMayBeNarrowedDown(String line) {
        assertThat(request(line))
                .isEqualTo(new ReplayRequest(
                        Set.of(Status.FAILED, Status.IN_DOUBT),
                        Set.of("http-500", "MXUnhandledException"),
                        NOW.minus(Duration.ofDays(1)),
                        Duration.ofDays(7),
                        true));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                                   | --status is missing; expected one or more of EXPIRED,FAILED,INVALID,IN_DOUBT",
                "--status                             | --status is ''; expected one or more of",
                "--status FAILED,                     | --status is 'FAILED,'; expected one or more of",
                "--status SUCCEEDED                   | --status is 'SUCCEEDED'; expected one or more of",
                "--status failed                      | --status is 'failed'; expected one or more of",
                "--status FAILED --status INVALID     | --status is given twice",
                "--status FAILED --dry-run --dry-run  | --dry-run is given twice",
                "--status FAILED --dry-run=true       | unknown argument '--dry-run=true'",
                "--status FAILED --reason             | --reason is ''; expected reason codes",
                "--status FAILED --reason a,,b        | --reason is 'a,,b'; expected reason codes",
                "--status FAILED --since yesterday    | --since is 'yesterday'; expected a time such as",
                "--status FAILED --since 2026-11-22   | --since is '2026-11-22'; expected a time such as",
                "--status FAILED --expires-in 24      | --expires-in is '24'; expected a time such as",
                "--status FAILED --expires-in 0h      | --expires-in is '0h'; expected a time such as",
                "--status FAILED --expires-in -1h     | --expires-in is '-1h'; expected a time such as",
                "--status FAILED --force              | unknown argument '--force'",
                "--status FAILED e-1                  | unknown argument 'e-1'"
            })
    void whatIsWrongIsNamed(String line, String problem) {
        ReplayArguments arguments = arguments(line);
        arguments.request();

        assertThat(arguments.problems()).singleElement().asString().startsWith(problem);
    }

    @ParameterizedTest
    @CsvSource({"--help, 0", "--status FAILED --help, 0", "--status, 2", "--status FAILED --force, 2", "'', 2"})
    void theUsageIsTold(String line, int exitCode) {
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(told, true, StandardCharsets.UTF_8);
        List<String> words = line.isEmpty() ? List.of() : List.of(line.split(" "));

        assertThat(new ReplayCommand(out, out).run(words, Map.of())).isEqualTo(exitCode);
        assertThat(told.toString(StandardCharsets.UTF_8)).contains(ReplayCommand.USAGE);
    }

    @Test
    void settingsThatAreMissingAreNamed() {
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(told, true, StandardCharsets.UTF_8);

        assertThat(new ReplayCommand(out, out).run(List.of("--status", "FAILED"), Map.of()))
                .isEqualTo(2);
        assertThat(told.toString(StandardCharsets.UTF_8)).contains("  lsq.host (LSQ_HOST): is missing");
    }
}
