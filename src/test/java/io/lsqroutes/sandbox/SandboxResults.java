package io.lsqroutes.sandbox;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Prints what arrives on the results topic: single events whole, the campaign as progress. */
final class SandboxResults implements AutoCloseable {
    private static final int PROGRESS_EVERY = 20;
    private static final int REFUSED_AFTER = 60;

    private final KafkaConsumer<String, String> consumer;
    private final Portal portal;
    private final SandboxEvents events;
    private final PrintStream out;
    private final Thread thread = new Thread(this::read, "sandbox-results");
    private volatile boolean closing;
    private int outcomes;
    private int campaign;

    SandboxResults(String bootstrapServers, Portal portal, SandboxEvents events, PrintStream out) {
        this.portal = portal;
        this.events = events;
        this.out = out;
        this.consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "auto.offset.reset",
                        "earliest",
                        "isolation.level",
                        "read_committed"),
                new StringDeserializer(),
                new StringDeserializer());
    }

    void start() {
        thread.setDaemon(true);
        thread.start();
    }

    private void read() {
        try (consumer) {
            // The bundle creates the topic; until then there is nothing to read.
            consumer.assign(List.of(new TopicPartition("password-results", 0)));
            while (!closing) {
                int before = outcomes;
                for (ConsumerRecord<String, String> result : consumer.poll(Duration.ofMillis(200))) {
                    print(result);
                }
                if (outcomes > before && outcomes == events.queued()) {
                    out.println(portal.report());
                }
            }
        }
    }

    private void print(ConsumerRecord<String, String> result) {
        outcomes++;
        if (!result.key().startsWith("campaign-")) {
            out.println("password-results: " + result.value());
            return;
        }
        campaign++;
        if (campaign % PROGRESS_EVERY == 0) {
            out.printf("campaign sandbox-spring: %d of %d done%n", campaign, SandboxEvents.CAMPAIGN);
        }
        if (campaign == REFUSED_AFTER) {
            events.queueRefused();
            out.println("sandbox: one more reset is queued, which the portal refuses once");
        }
    }

    @Override
    public void close() {
        closing = true;
    }
}
