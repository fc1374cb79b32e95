package io.lsqroutes;

import static org.assertj.core.api.Assertions.assertThat;

import io.lsqroutes.settings.RouteFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Results go to the standard output with exit code 0, what is wrong goes to the other with exit code 2. */
class CommandLineTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String words) throws Exception {
        return new CommandLine(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        Map.of())
                .run(words.isEmpty() ? List.of() : List.of(words.split(" ")));
    }

    private String told(ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "-h", "help", "run --help", "help run"})
    void helpBeginsWithAnExample(String words) throws Exception {
        assertThat(run(words)).isZero();

        assertThat(told(out)).startsWith("Example: LSQ_HOST=").contains("replay", "--version", "Exit codes: ");
        assertThat(told(err)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"replay --help", "help replay"})
    void aCommandHasHelpOfItsOwn(String words) throws Exception {
        assertThat(run(words)).isZero();

        assertThat(told(out)).startsWith("Example: java -jar").contains("--status", "--expires-in");
        assertThat(told(err)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--version", "-V", "version"})
    void theVersionIsOneLine(String words) throws Exception {
        assertThat(run(words)).isZero();

        assertThat(told(out)).startsWith("leadsquared-password-routes ").hasLineCount(1);
        assertThat(told(err)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "reply --status FAILED, unknown command 'reply'; the nearest is replay; --help lists them all",
        "--hlep, unknown option '--hlep'; the nearest is --help; --help lists them all",
        "--verson, unknown option '--verson'; the nearest is --version; --help lists them all",
        "run --prot, unknown option '--prot'; --help lists them all",
        "xyzzy, unknown command 'xyzzy'; --help lists them all"
    })
    void whatIsUnknownIsToldWithTheNearest(String words, String line) throws Exception {
        assertThat(run(words)).isEqualTo(2);

        assertThat(told(err)).isEqualToIgnoringNewLines(line);
        assertThat(told(out)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "run"})
    void aRefusedStartIsTold(String words) throws Exception {
        assertThat(run(words)).isEqualTo(2);

        assertThat(told(err)).startsWith("The start is rejected").contains("  lsq.host (LSQ_HOST): is missing");
        assertThat(told(out)).isEmpty();
    }

    @Test
    void theRouteFilesAreThoseThatShip() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("routes"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(RouteFiles.NAMES);
        }
    }
}
