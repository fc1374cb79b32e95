package io.lsqroutes.it.scene;

import static org.awaitility.Awaitility.await;

import io.lsqroutes.sandbox.Broker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A consumer in the bundle's group that is no bundle; it reads, and commits nothing. */
public final class OtherMember implements AutoCloseable {
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Thread thread;
    private volatile boolean closed;
    private volatile boolean member;
    private volatile boolean refused;

    private OtherMember(Broker broker, String group, String protocol, String... topics) {
        consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        broker.bootstrapServers(),
                        "group.id",
                        group,
                        "group.protocol",
                        protocol,
                        "enable.auto.commit",
                        false),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        consumer.subscribe(List.of(topics));
        thread = new Thread(this::run, "other-member");
        thread.setDaemon(true);
        thread.start();
    }

    /** A plain consumer of today, with Kafka's own assignor. */
    public static OtherMember ofTheClassicProtocol(Broker broker, String group, String... topics) {
        return new OtherMember(broker, group, "classic", topics);
    }

    /** One for which the broker deals out. */
    public static OtherMember ofTheNewProtocol(Broker broker, String group, String... topics) {
        return new OtherMember(broker, group, "consumer", topics);
    }

    private void run() {
        try {
            while (!closed) {
                consumer.poll(Duration.ofMillis(100));
                member = consumer.groupMetadata().generationId() >= 0;
            }
        } catch (GroupIdNotFoundException e) {
            refused = true;
        }
        consumer.close();
    }

    public void awaitMember() {
        await().atMost(Duration.ofSeconds(60)).until(() -> member);
    }

    /** Waits until the broker has said that this protocol cannot go with the members that are there. */
    public void awaitRefused() {
        await().atMost(Duration.ofSeconds(60)).until(() -> refused);
    }

    /** Leaves the group. */
    public void leave() {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        leave();
    }
}
