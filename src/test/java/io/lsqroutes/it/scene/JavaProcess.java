package io.lsqroutes.it.scene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lsqroutes.Application;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;

/** A JVM of its own, whose lines can be waited for and which ends with the test. */
public final class JavaProcess implements AutoCloseable {
    /** More that start at once would only start later. */
    private static final Semaphore STARTS = new Semaphore(Runtime.getRuntime().availableProcessors());

    private final Process process;
    private final Thread reader;
    private final List<String> lines = new ArrayList<>();

    private JavaProcess(List<String> arguments, Map<String, String> environment) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx256m");
        command.add("-XX:TieredStopAtLevel=1");
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("LSQ_"));
        builder.environment().putAll(environment);
        STARTS.acquireUninterruptibly();
        process = started(builder);
        reader = new Thread(this::read, "process-" + process.pid());
        reader.setDaemon(true);
        reader.start();
    }

    private static Process started(ProcessBuilder builder) throws IOException {
        try {
            return builder.start();
        } catch (IOException e) {
            STARTS.release();
            throw e;
        }
    }

    /** A main class of the tests. */
    public static JavaProcess ofMain(Class<?> main, Map<String, String> environment, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(List.of("-cp", classPath(), main.getName()));
        command.addAll(List.of(arguments));
        return new JavaProcess(command, environment);
    }

    /** The same, with options for its JVM. */
    public static JavaProcess ofMain(Class<?> main, List<String> options, Map<String, String> environment)
            throws IOException {
        List<String> command = new ArrayList<>(options);
        command.addAll(List.of("-cp", classPath(), main.getName()));
        return new JavaProcess(command, environment);
    }

    /** The bundle with other classes in the place of some of its own. */
    public static JavaProcess ofApplicationWith(Path classes, Map<String, String> environment) throws IOException {
        return new JavaProcess(
                List.of(
                        // As it ships: the tests' own one keeps silent about what a test waits for.
                        "-Dlog4j2.configurationFile=classpath:log4j2.properties",
                        "-cp",
                        classes + File.pathSeparator + classPath(),
                        Application.class.getName()),
                environment);
    }

    /** That of the tests. An empty entry would be the working directory, with the route files in it once more. */
    public static String classPath() {
        return System.getProperty("java.class.path").replaceAll(File.pathSeparator + "+$", "");
    }

    /** The jar that ships. */
    public static JavaProcess ofJar(Map<String, String> environment, String... arguments) throws IOException {
        return ofJar(SharedClasses.options(), environment, arguments);
    }

    /** The jar that ships, with options for its JVM. */
    public static JavaProcess ofJar(List<String> options, Map<String, String> environment) throws IOException {
        return ofJar(
                Stream.concat(SharedClasses.options().stream(), options.stream())
                        .toList(),
                environment,
                new String[0]);
    }

    /** The jar that ships; at its end it writes the archive of the classes that it has loaded. */
    public static JavaProcess ofJarThatWrites(Path archive, Map<String, String> environment) throws IOException {
        return ofJar(List.of("-XX:ArchiveClassesAtExit=" + archive), environment, new String[0]);
    }

    private static JavaProcess ofJar(List<String> options, Map<String, String> environment, String[] arguments)
            throws IOException {
        List<String> command = new ArrayList<>(options);
        command.addAll(List.of("-jar", SharedClasses.JAR.toString()));
        command.addAll(List.of(arguments));
        return new JavaProcess(command, environment);
    }

    public long pid() {
        return process.pid();
    }

    /** The processor time it has used so far. */
    public Duration cpu() {
        return process.info().totalCpuDuration().orElseThrow();
    }

    /** The jar that ships, with every logger at the level TRACE. */
    public static JavaProcess ofJarThatTraces(Map<String, String> environment) throws IOException {
        return ofJar(
                List.of(
                        "-Dlog4j2.configurationFile=classpath:log4j2.properties,src/test/resources/log4j2-trace.properties"),
                environment);
    }

    private void read() {
        boolean starts = true;
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                synchronized (lines) {
                    lines.add(line);
                }
                if (starts) {
                    starts = false;
                    STARTS.release();
                }
            }
        } catch (IOException killed) {
            // A process that is killed takes its output with it.
        } finally {
            if (starts) {
                STARTS.release();
            }
        }
    }

    public List<String> lines() {
        synchronized (lines) {
            return List.copyOf(lines);
        }
    }

    /** The first line that fits; fails with all the output if none comes within two minutes. */
    public String awaitLine(Predicate<String> fits) {
        return awaitLine(fits, Duration.ofMinutes(2));
    }

    public String awaitLine(Predicate<String> fits, Duration atMost) {
        try {
            await().atMost(atMost).until(() -> lines().stream().anyMatch(fits));
        } catch (ConditionTimeoutException e) {
            throw new AssertionError("no line fits within " + atMost + "; the process said " + lines(), e);
        }
        return lines().stream().filter(fits).findFirst().orElseThrow();
    }

    public void type(String line) throws IOException {
        process.getOutputStream().write((line + '\n').getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
    }

    /** Sends a signal, such as INT or TERM. */
    public void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .inheritIO()
                .start()
                .waitFor();
    }

    /** Whenever it ends, and however. */
    public void onExit(Runnable then) {
        process.onExit().thenRun(then);
    }

    /** Kills it without a word, as a dying machine would. */
    public void kill() {
        process.destroyForcibly();
    }

    /** The exit code, once it has ended. */
    public int awaitExit(Duration atMost) throws InterruptedException {
        assertThat(process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS))
                .as("the process ends within %s; it said %s", atMost, lines())
                .isTrue();
        // What it said last is still on its way.
        reader.join(atMost.toMillis());
        return process.exitValue();
    }

    @Override
    public void close() {
        kill();
    }
}
