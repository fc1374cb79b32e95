package io.lsqroutes.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ScreenTest {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(written, true, StandardCharsets.UTF_8);

    @Test
    void withoutATerminalThereAreLinesAlone() {
        Screen screen = new Screen(out, false);
        screen.openInput();
        screen.status("half done");
        screen.line("one");
        screen.typed();
        screen.asStream().println("two");
        screen.closeInput();

        assertThat(text().lines()).containsExactly("one", "two");
    }

    @Test
    void onATerminalAStatusLeavesTheTypedLineAndTheCursorAlone() {
        Screen screen = new Screen(out, true);
        screen.openInput();
        written.reset();
        screen.status("half done");

        assertThat(text()).startsWith("\0337").endsWith("\0338\033[?7h").contains("\033[1A\r\033[Khalf done");
    }

    @Test
    void onATerminalTheSameStatusIsWrittenOnce() {
        Screen screen = new Screen(out, true);
        screen.openInput();
        screen.status("half done");
        written.reset();
        screen.status("half done");

        assertThat(text()).isEmpty();
    }

    @Test
    void onATerminalTheTypedLineGivesWayToItsAnswer_andAPromptComesBack() {
        Screen screen = new Screen(out, true);
        screen.openInput();
        screen.status("half done");
        written.reset();
        screen.typed();

        assertThat(text()).isEqualTo("\033[2A\r\033[Jhalf done\n> ");
    }

    @Test
    void whereToLookNextIsThere() {
        assertThat(Arrays.stream(Sandbox.NEXT.split("[ ,]")).filter(word -> word.contains(".md") || word.endsWith("/")))
                .isNotEmpty()
                .allMatch(word -> Files.exists(Path.of(word)));
    }

    private String text() {
        return written.toString(StandardCharsets.UTF_8);
    }
}
