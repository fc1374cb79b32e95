package io.lsqroutes.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Shows what arrives on the results topic: single events one by one, the campaign as progress. */
final class SandboxResults implements AutoCloseable {
    private static final int PROGRESS_EVERY = 20;
    private static final int TOO_MANY_AFTER = 60;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final KafkaConsumer<String, String> consumer;
    private final SandboxEvents events;
    private final Screen screen;
    private final Runnable whenAllIsShown;
    private final Thread thread = new Thread(this::read, "sandbox-results");
    private final Set<String> seen = new HashSet<>();
    private final long started = System.nanoTime();
    private volatile boolean closing;
    private int shown;
    private int campaign;
    private long last = started;

    SandboxResults(String bootstrapServers, SandboxEvents events, Screen screen, Runnable whenAllIsShown) {
        this.events = events;
        this.screen = screen;
        this.whenAllIsShown = whenAllIsShown;
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
            consumer.assign(List.of(new TopicPartition("password-results", 0)));
            while (!closing) {
                for (ConsumerRecord<String, String> result : consumer.poll(Duration.ofMillis(200))) {
                    show(JSON.readTree(result.value()));
                }
                showStatus();
            }
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an outcome is JSON", e);
        }
    }

    private void show(JsonNode outcome) {
        String eventId = outcome.path("eventId").asText();
        SandboxEvents.Queued event = events.queued(eventId);
        if (!seen.add(eventId)) {
            return;
        }
        if (event.kind() == SandboxEvents.Kind.CAMPAIGN) {
            showCampaign();
        } else {
            screen.line(OutcomeLine.of(event.whom(), outcome, since(event.nanos())));
        }
        if (event.kind() != SandboxEvents.Kind.TYPED && ++shown == events.shown()) {
            screen.status("");
            whenAllIsShown.run();
        }
    }

    private void showCampaign() {
        campaign++;
        last = System.nanoTime();
        if (campaign % PROGRESS_EVERY == 0 && !screen.onTerminal()) {
            screen.line(progress().line());
        }
        if (campaign == TOO_MANY_AFTER) {
            screen.line("sandbox: " + events.queueTooMany() + " is queued, whose first call is answered 429");
        }
    }

    private void showStatus() {
        if (shown < events.shown()) {
            screen.status(progress().bar(since(last)));
        }
    }

    private CampaignProgress progress() {
        return new CampaignProgress(campaign, SandboxEvents.CAMPAIGN, Duration.ofNanos(last - started));
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }

    @Override
    public void close() {
        closing = true;
    }
}
