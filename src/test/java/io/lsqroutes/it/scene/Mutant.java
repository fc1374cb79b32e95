package io.lsqroutes.it.scene;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * One thing in the product broken on purpose, to see the checker notice.
 *
 * @param source the class, as a path below {@code io/lsqroutes}
 * @param text what the source says, in one place
 * @param instead what it says when it is broken
 */
public record Mutant(String source, String text, String instead) {

    /** Compiles the broken class into this directory, which has to come first on a worker's class path. */
    public void compile(Path directory) throws IOException {
        Path file = Path.of("src/main/java/io/lsqroutes", source);
        String whole = Files.readString(file);
        assertThat(whole.split(Pattern.quote(text), -1).length - 1)
                .as("places in %s that say: %s", source, text)
                .isEqualTo(1);
        StringWriter complaints = new StringWriter();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        boolean compiled = compiler.getTask(
                        complaints,
                        compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8),
                        null,
                        List.of(
                                "-proc:none",
                                "-parameters",
                                "-cp",
                                JavaProcess.classPath(),
                                "-d",
                                directory.toString()),
                        null,
                        List.of(new BrokenSource(file.toUri(), whole.replace(text, instead))))
                .call();
        assertThat(compiled).as("%s compiles: %s", this, complaints).isTrue();
    }

    private static final class BrokenSource extends SimpleJavaFileObject {
        private final String text;

        BrokenSource(URI name, String text) {
            super(name, JavaFileObject.Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
