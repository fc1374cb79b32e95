package io.lsqroutes.it.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lsqroutes.it.scene.JavaProcess;
import io.lsqroutes.it.scene.PlainRoute;
import io.lsqroutes.it.scene.Topics;
import io.lsqroutes.sandbox.Broker;
import io.lsqroutes.sandbox.Portal;
import io.lsqroutes.sandbox.PortalOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** What the care for every event costs: the bundle beside a plain route that commits each offset after its outcome. */
@Tag("chaos")
@Isolated
class ThroughputIT {
    private static final int WARM_UP = 2_000;
    private static final int MEASURED = 8_000;
    private static final List<String> OPTIONS = List.of("-Xmx512m", "-XX:TieredStopAtLevel=4");

    private interface Contender {
        JavaProcess start(Map<String, String> environment) throws IOException;
    }

    private record Speed(double eventsPerSecond, double cpuMillisPerEvent) {}

    @Test
    void withoutALimit_theBundleIsAboutAsFastAsAPlainRoute() throws Exception {
        Speed plain = speed("plain camel-kafka route, manual commit", environment -> {
            environment.put(PlainRoute.MANUAL_COMMIT, "true");
            return JavaProcess.ofMain(PlainRoute.class, OPTIONS, environment);
        });
        speed("the bundle, 8 calls at a time", environment -> JavaProcess.ofJar(OPTIONS, environment));
        Speed bundle = speed("the bundle, 25 calls at a time", environment -> {
            environment.put("LSQ_MAX_IN_FLIGHT", "25");
            return JavaProcess.ofJar(OPTIONS, environment);
        });

        // The aim is "not slower"; two noisy cores, which broker and portal share, allow no closer bound.
        assertThat(bundle.eventsPerSecond()).isGreaterThan(plain.eventsPerSecond() / 2);
    }

    private static Speed speed(String name, Contender contender) throws Exception {
        PortalOptions atOnce =
                new PortalOptions().limit(0, Duration.ofSeconds(5)).answerTime(Duration.ZERO);
        try (Broker broker = Broker.start();
                Portal portal = Portal.start(atOnce);
                Topics topics = new Topics(broker.bootstrapServers())) {
            createTopics(broker);
            for (int i = 0; i < WARM_UP + MEASURED; i++) {
                String id = "t-" + i;
                topics.send(
                        "reset-requested",
                        id,
                        "{\"eventId\":\"" + id + "\",\"emailAddress\":\"" + id + "@example.com\"}");
            }
            Map<String, String> environment = new HashMap<>(portal.environment());
            environment.put("LSQ_KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers());
            environment.put("LSQ_LIMIT_CALLS", "0");
            try (JavaProcess process = contender.start(environment)) {
                await().atMost(Duration.ofMinutes(3))
                        .until(() -> topics.records().size() >= WARM_UP);
                int from = topics.records().size();
                Duration cpu = process.cpu();
                long began = System.nanoTime();
                await().atMost(Duration.ofMinutes(5))
                        .until(() -> topics.records().size() >= WARM_UP + MEASURED);
                double events = WARM_UP + MEASURED - from;
                double seconds = (System.nanoTime() - began) / 1e9;
                Speed speed =
                        new Speed(events / seconds, process.cpu().minus(cpu).toMillis() / events);
                System.out.printf(
                        "throughput: %s: %.0f events/s, %.2f ms of processor time per event%n",
                        name, speed.eventsPerSecond(), speed.cpuMillisPerEvent());
                return speed;
            }
        }
    }

    private static void createTopics(Broker broker) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.createTopics(Stream.of("reset-requested", "password-results")
                            .map(topic -> new NewTopic(topic, Optional.of(1), Optional.empty()))
                            .toList())
                    .all()
                    .get();
        }
        broker.awaitTopics("reset-requested", "password-results");
    }
}
