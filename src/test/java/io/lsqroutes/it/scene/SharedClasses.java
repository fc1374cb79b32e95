package io.lsqroutes.it.scene;

import static org.assertj.core.api.Assertions.assertThat;

import io.lsqroutes.sandbox.Broker;
import io.lsqroutes.sandbox.Portal;
import io.lsqroutes.sandbox.PortalOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The JVM's archive of the jar's loaded classes, made once for a jar. A process that starts with it is the owner after less
 * than half the time; its class path and its code are those of every other start.
 */
public final class SharedClasses {
    public static final Path JAR = Path.of("target", "leadsquared-password-routes.jar");
    private static final Path ARCHIVE = Path.of("target", "leadsquared-password-routes.jsa");

    private static final Path BEGUN = Path.of("target", "leadsquared-password-routes.jsa.begun");

    private SharedClasses() {}

    /** The options of a JVM that starts the jar. */
    public static synchronized List<String> options() {
        try {
            if (!Files.exists(ARCHIVE)
                    || Files.getLastModifiedTime(ARCHIVE).compareTo(Files.getLastModifiedTime(JAR)) < 0) {
                Files.deleteIfExists(BEGUN);
                write();
                Files.move(BEGUN, ARCHIVE, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return List.of("-XX:SharedArchiveFile=" + ARCHIVE);
    }

    /** A process that has handled an event of each kind writes the archive at its end. */
    private static void write() throws IOException, InterruptedException {
        try (Broker broker = Broker.start();
                Portal portal = Portal.start(new PortalOptions());
                Topics topics = new Topics(broker.bootstrapServers())) {
            Map<String, String> environment = new HashMap<>(portal.environment());
            environment.put("LSQ_KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers());
            environment.put("LSQ_LIMIT_WINDOW", "1s");
            try (JavaProcess process = JavaProcess.ofJarThatWrites(BEGUN, environment)) {
                broker.awaitTopics("reset-requested", "change-requested", "password-results");
                topics.send("reset-requested", "k", "{\"eventId\":\"a\",\"emailAddress\":\"a@example.com\"}");
                topics.send(
                        "reset-requested",
                        "k",
                        "{\"eventId\":\"b\",\"emailAddress\":\"b@example.com\",\"campaignId\":\"c\"}");
                topics.send("reset-requested", "k", "{\"eventId\":\"d\"}");
                topics.send(
                        "change-requested",
                        "k",
                        "{\"eventId\":\"e\",\"emailAddress\":\"e@example.com\",\"currentPassword\":\""
                                + PortalOptions.INITIAL_PASSWORD + "\",\"newPassword\":\"NewSamplepassword@1\"}");
                topics.awaitOutcomes(4, Duration.ofMinutes(2));
                process.signal("TERM");
                process.awaitExit(Duration.ofMinutes(1));
                assertThat(BEGUN)
                        .as("the archive; the process said %s", process.lines())
                        .exists();
            }
        }
    }
}
