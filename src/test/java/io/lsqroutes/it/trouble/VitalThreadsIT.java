package io.lsqroutes.it.trouble;

import static org.assertj.core.api.Assertions.assertThat;

import io.lsqroutes.it.scene.JavaProcess;
import io.lsqroutes.it.scene.Mutant;
import io.lsqroutes.it.scene.Topics;
import io.lsqroutes.sandbox.Broker;
import io.lsqroutes.sandbox.Portal;
import io.lsqroutes.sandbox.PortalOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A thread that has to run takes the process with it when it ends: nothing lives on and does nothing. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VitalThreadsIT {
    private static Broker broker;
    private static Portal portal;
    private static Topics topics;
    private static int number;

    @BeforeAll
    static void start() {
        broker = Broker.start();
        portal = Portal.start(new PortalOptions().limit(0, Duration.ofSeconds(5)));
        topics = new Topics(broker.bootstrapServers());
    }

    @AfterAll
    static void stop() {
        topics.close();
        portal.close();
        broker.close();
    }

    static Stream<Arguments> threads() {
        return Stream.of(
                ended(
                        "leadsquared-ledger",
                        "commit/LedgerWriter.java",
                        "writeGroup(rejected.next(entries), entries);",
                        "OutOfMemoryError"),
                // A defect is no better than an error: the ledger cannot know what it left behind.
                ended(
                        "leadsquared-ledger",
                        "commit/LedgerWriter.java",
                        "writeGroup(rejected.next(entries), entries);",
                        "IllegalStateException"),
                ended(
                        "leadsquared-journal",
                        "journal/Journal.java",
                        "reader.follow(partition, readTo(), () -> !closed, this::taken);",
                        "NoClassDefFoundError"),
                ended(
                        "leadsquared-permits",
                        "budget/CallBudget.java",
                        "budget.grant(turn.lane(), lanes, now);",
                        "StackOverflowError"),
                ended(
                        "leadsquared-probes",
                        "breaker/Turns.java",
                        "List<Runnable> turns = due.get();",
                        "NoSuchMethodError"),
                ended("event-lanes", "intake/PersonSequencer.java", "(asks ? lookUps : threads)", "VerifyError"),
                ended("leadsquared-call-deadline", "http/BoundedCalls.java", "isLate.set(true);", "OutOfMemoryError"),
                ended("KafkaConsumer[", "intake/TrackedConsumer.java", "return onlyNew(polled);", "OutOfMemoryError"),
                ended(
                        "KafkaConsumer[",
                        "intake/TrackedConsumers.java",
                        "settings.putAll(connection.clientSettings());",
                        "ExceptionInInitializerError"));
    }

    /** This thread ends by that failure, thrown in front of that statement. */
    private static Arguments ended(String thread, String source, String statement, String failure) {
        String plant = "if (System.nanoTime() != 0) { throw new " + failure + "(\"planted\"); }";
        String broken = thread.equals("event-lanes")
                ? "threads.execute(() -> { " + plant + " });\n" + statement
                : plant + '\n' + statement;
        return Arguments.of(thread, failure, new Mutant(source, statement, broken));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("threads")
    void aThreadThatEnds_endsTheProcess_andItsLineTellsWhich(
            String thread, String failure, Mutant mutant, @TempDir Path classes) throws Exception {
        mutant.compile(classes);
        Map<String, String> environment = new HashMap<>(portal.environment());
        environment.put("LSQ_KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers());
        // Whoever was killed before has not left the group.
        environment.put("LSQ_KAFKA_SESSION_TIMEOUT", "2s");
        environment.put("LSQ_CALL_DEADLINE", "1s");
        environment.put("LSQ_LIMIT_CALLS", "0");
        environment.put("LSQ_LIMIT_WINDOW", "1s");
        try (JavaProcess bundle = JavaProcess.ofApplicationWith(classes, environment)) {
            if (!thread.equals("leadsquared-probes")) {
                broker.awaitTopics("reset-requested");
            }
            String person = "p" + number++;
            topics.send("reset-requested", person, "{\"emailAddress\":\"" + person + "+slow@example.com\"}");

            assertThat(bundle.awaitExit(Duration.ofSeconds(90))).isEqualTo(1);

            assertThat(bundle.lines())
                    .filteredOn(line -> line.contains("This process stops"))
                    .singleElement()
                    .asString()
                    .contains(thread, failure, "planted");
        }
    }
}
