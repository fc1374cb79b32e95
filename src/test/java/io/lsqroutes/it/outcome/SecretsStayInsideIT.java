package io.lsqroutes.it.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import io.lsqroutes.it.scene.ExpelledOwner;
import io.lsqroutes.it.scene.JavaProcess;
import io.lsqroutes.it.scene.Scene;
import io.lsqroutes.it.scene.SecretScan;
import io.lsqroutes.it.scene.Truth;
import io.lsqroutes.it.scene.Truth.InDoubt;
import io.lsqroutes.sandbox.Portal;
import io.lsqroutes.sandbox.PortalOptions;
import io.lsqroutes.sandbox.Quirk;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;

/**
 * A worker that logs all it can meets every kind of answer with a secret in every field that takes one; afterwards no
 * secret stands anywhere but where the producer of the event has put it.
 */
class SecretsStayInsideIT {
    /** Each planted secret begins with it. */
    private static final String PLANTED = "Planted-secret-7f3a-";
    /** Each key that signing in brings begins with it. */
    private static final String USER_KEY = "sandbox-user-key-";

    private static final Set<String> SECRETS = Set.of(
            PLANTED,
            USER_KEY,
            PortalOptions.PUBLIC_AUTH_KEY,
            PortalOptions.REGISTER_TOKEN,
            PortalOptions.ACCESS_KEY,
            PortalOptions.SECRET_KEY,
            PortalOptions.TEMPORARY_PASSWORD,
            PortalOptions.INITIAL_PASSWORD);

    private int planted;

    private String secret() {
        return PLANTED + planted++;
    }

    private static String fields(String... namesAndValues) {
        StringBuilder fields = new StringBuilder();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.append(",\"")
                    .append(namesAndValues[i])
                    .append("\":\"")
                    .append(namesAndValues[i + 1])
                    .append('"');
        }
        return fields.toString();
    }

    private static void queueChange(Scene scene, String id, String fields) {
        scene.queue(id, "change-requested", "{\"eventId\":\"" + id + "\"" + fields + "}");
    }

    /** The portal does not know whose key it is that it refuses. */
    private static void queueUnjudged(Scene scene, String id, String fields) {
        scene.queueUnjudged(id, "change-requested", "{\"eventId\":\"" + id + "\"" + fields + "}");
    }

    /** A change by signing in; it succeeds unless the portal is told otherwise. */
    private void queueSignIn(Scene scene, String id) {
        queueChange(
                scene,
                id,
                fields(
                        "emailAddress",
                        id + "@example.com",
                        "currentPassword",
                        PortalOptions.INITIAL_PASSWORD,
                        "newPassword",
                        secret()));
    }

    @Test
    void noSecretStandsInALogOrInATopic_atTheHighestLogLevel() throws Exception {
        PortalOptions options = new PortalOptions().answerTime(Duration.ZERO).olderAnswer(true);
        try (Scene scene = Scene.of("secrets", InDoubt.PARK, options)) {
            Map<String, String> environment = scene.environment(0);
            // So they are fetched: a call whose answer is a secret.
            environment.remove("LSQ_PUBLIC_AUTH_KEY");
            environment.remove("LSQ_REGISTER_TOKEN");
            JavaProcess worker = scene.started(JavaProcess.ofJarThatTraces(environment));
            worker.awaitLine(ExpelledOwner::isOwner);
            queueEverything(scene);
            Truth truth = scene.truth();
            worker.signal("TERM");
            worker.awaitExit(Duration.ofSeconds(40));

            SecretScan scan = new SecretScan(SECRETS);
            scan.lines("the log", worker.lines());
            scanTopics(scene, scan);
            truth.secrets(scan.found());

            assertThat(worker.lines()).anyMatch(line -> line.contains(" TRACE "));
            truth.assertClean();
        }
    }

    private void queueEverything(Scene scene) {
        scene.queue(0, 10);
        Portal portal = scene.portal;
        for (Quirk quirk : Quirk.values()) {
            String id = "change-" + quirk.tag();
            if (quirk != Quirk.SLOW) {
                portal.quirk(id + "@example.com", quirk, 1);
            }
            queueSignIn(scene, id);
        }
        queueChange(
                scene,
                "with-key",
                fields(
                        "authKey",
                        portal.signInKeyFor("with-key@example.com"),
                        "currentPassword",
                        PortalOptions.INITIAL_PASSWORD,
                        "newPassword",
                        secret()));
        queueUnjudged(
                scene,
                "with-dead-key",
                fields(
                        "emailAddress",
                        "with-dead-key@example.com",
                        "authKey",
                        secret(),
                        "currentPassword",
                        PortalOptions.INITIAL_PASSWORD,
                        "newPassword",
                        secret()));
        queueUnjudged(
                scene,
                "with-dead-key-alone",
                fields("authKey", secret(), "currentPassword", secret(), "newPassword", secret()));
        queueChange(
                scene,
                "with-wrong-password",
                fields(
                        "emailAddress",
                        "with-wrong-password@example.com",
                        "currentPassword",
                        secret(),
                        "newPassword",
                        secret()));
        scene.awaitOutcomes();
        portal.rotateKeys();
        queueSignIn(scene, "after-rotation");
        // Events that break the contract, each in another way; none has an outcome of its own.
        for (String broken : new String[] {
            secret(),
            "{\"newPassword\":\"" + secret() + "\"",
            "{\"newPassword\":\"" + secret() + "\",\"newPassword\":\"" + secret() + "\"}",
            "{\"NEWPASSWORD\":\"" + secret() + "\"}",
            "{\"newPassword\":[\"" + secret() + "\"]}",
            "{\"eventId\":\"" + secret() + " \"}",
            "[\"" + secret() + "\"]"
        }) {
            scene.topics.send("change-requested", "k", broken);
        }
        scene.awaitOutcomes();
    }

    private static void scanTopics(Scene scene, SecretScan scan) throws Exception {
        Map<String, Object> settings = Map.of("bootstrap.servers", scene.bootstrapServers());
        try (Admin admin = Admin.create(settings);
                KafkaConsumer<byte[], byte[]> consumer =
                        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = new ArrayList<>();
            Set<String> topics = admin.listTopics(new ListTopicsOptions().listInternal(true))
                    .names()
                    .get();
            admin.describeTopics(topics).allTopicNames().get().values().stream()
                    .filter(topic -> !topic.name().equals("change-requested"))
                    .forEach(topic -> topic.partitions()
                            .forEach(partition ->
                                    partitions.add(new TopicPartition(topic.name(), partition.partition()))));
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(200)).forEach(scan::record);
            }
        }
    }
}
