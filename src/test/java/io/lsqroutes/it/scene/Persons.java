package io.lsqroutes.it.scene;

import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** People who ask for a reset, and how long each waits: from the event's timestamp until the outcome can be read. */
public final class Persons {
    private final Topics topics;
    private final Map<String, Long> asked = new HashMap<>();
    private final Map<String, Long> waits = new HashMap<>();
    private int read;

    public Persons(Topics topics) {
        this.topics = topics;
    }

    public void ask(String name) throws InterruptedException, ExecutionException {
        String event = "{\"eventId\":\"%1$s\",\"emailAddress\":\"%1$s@example.com\"}".formatted(name);
        asked.put(name, topics.stamped("reset-requested", name, event));
    }

    /** So many, one a second. */
    public void askEverySecond(String name, int count) throws InterruptedException, ExecutionException {
        long began = System.nanoTime();
        for (int i = 0; i < count; i++) {
            ask(name + i);
            Duration next = Duration.ofSeconds(i + 1L);
            while (Duration.ofNanos(System.nanoTime() - began).compareTo(next) < 0) {
                readOutcomes();
            }
        }
    }

    private void readOutcomes() {
        List<ConsumerRecord<byte[], byte[]>> outcomes = topics.records();
        long now = System.currentTimeMillis();
        for (; read < outcomes.size(); read++) {
            String name = new String(outcomes.get(read).key(), StandardCharsets.UTF_8);
            Long since = asked.get(name);
            if (since != null) {
                waits.put(name, now - since);
            }
        }
    }

    /** How long those waited that asked since the last time, in milliseconds, shortest first. */
    public List<Long> waits() {
        await().atMost(Duration.ofMinutes(1)).pollDelay(Duration.ZERO).until(() -> {
            readOutcomes();
            return waits.keySet().equals(asked.keySet());
        });
        List<Long> sorted = waits.values().stream().sorted().toList();
        asked.clear();
        waits.clear();
        return sorted;
    }
}
