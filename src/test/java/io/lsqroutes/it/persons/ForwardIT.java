package io.lsqroutes.it.persons;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.lsqroutes.Application;
import io.lsqroutes.it.network.Checkpoint;
import io.lsqroutes.it.network.Checkpoint.Place;
import io.lsqroutes.it.network.KafkaTraffic;
import io.lsqroutes.it.network.Proxy;
import io.lsqroutes.it.scene.ExpelledOwner;
import io.lsqroutes.it.scene.JavaProcess;
import io.lsqroutes.it.scene.RunningBundle;
import io.lsqroutes.it.scene.Scene;
import io.lsqroutes.it.scene.Topics;
import io.lsqroutes.it.scene.Truth;
import io.lsqroutes.it.scene.Truth.InDoubt;
import io.lsqroutes.sandbox.Broker;
import io.lsqroutes.sandbox.Portal;
import io.lsqroutes.sandbox.PortalOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.main.Main;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Campaign events on the reset topic make way for single ones: they are put on the campaign topic, each once. */
class ForwardIT {
    private static final Duration SOON = Duration.ofSeconds(90);
    private static final String CAMPAIGN = ",\"campaignId\":\"spring\"";
    private static final String VICTIM = "victim";
    private static final int MANY = 2_000;

    private static String event(String id, String more) {
        return event(id, id, more);
    }

    private static String event(String person, String id, String more) {
        return "{\"eventId\":\"%s\",\"emailAddress\":\"%s@example.com\"%s}".formatted(id, person, more);
    }

    @Test
    void aCampaignEventIsForwardedOnce_andAnsweredAsWhatItsProducerWrote() throws Exception {
        PortalOptions options =
                new PortalOptions().limit(0, Duration.ofSeconds(5)).answerTime(Duration.ZERO);
        try (Broker broker = Broker.start();
                Portal portal = Portal.start(options);
                Topics topics = new Topics(broker.bootstrapServers())) {
            Map<String, String> environment = new HashMap<>(portal.environment());
            environment.put("LSQ_KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers());
            environment.put("LSQ_LIMIT_CALLS", "0");
            Main bundle = Application.bundle(environment);
            bundle.configure().setJmxEnabled(false);
            bundle.start();
            broker.awaitTopics("reset-requested", "reset-campaign", "password-results");
            for (int i = 0; i < 300; i++) {
                topics.send("reset-requested", "k" + i, event("f-" + i, CAMPAIGN));
            }
            topics.send("reset-requested", "one-key", event("twin", CAMPAIGN));
            topics.send("reset-requested", "another-key", event("twin", CAMPAIGN));
            topics.awaitOutcomes(302, SOON);
            topics.send("reset-requested", "k", event("f-7", CAMPAIGN));
            topics.send("reset-campaign", "k", event("f-8", CAMPAIGN));
            topics.send("reset-campaign", "k", event("other", CAMPAIGN));
            topics.send("reset-requested", "k", event("other", CAMPAIGN));
            JsonNode outcomes = topics.awaitOutcomes(306, SOON);
            bundle.stop();
            List<ConsumerRecord<byte[], byte[]>> forwarded = topics.awaitRecords("reset-campaign", 303, SOON);

            // Under a new group id every record is read once more, and nothing comes of it.
            environment.put("LSQ_KAFKA_GROUP", "another-group");
            Main again = Application.bundle(environment);
            again.configure().setJmxEnabled(false);
            again.start();
            topics.send("reset-requested", "k", event("last", ""));
            topics.send("reset-campaign", "k", event("last-of-all", ""));
            topics.awaitOutcomes(308, SOON);
            again.stop();

            for (int i = 0; i < 300; i++) {
                if (i != 7 && i != 8) {
                    JsonNode outcome = outcomes.path("f-" + i);
                    assertThat(outcome.path("status").asText()).isEqualTo("SUCCEEDED");
                    assertThat(outcome.path("campaignId").asText()).isEqualTo("spring");
                    assertThat(outcome.path("source").path("topic").asText()).isEqualTo("reset-requested");
                    assertThat(outcome.path("source").path("offset").asInt()).isEqualTo(i);
                }
                assertThat(portal.callsTo("f-" + i + "@example.com"))
                        .as("f-" + i)
                        .hasSize(1);
            }
            for (String id : List.of("twin", "f-7", "f-8", "other")) {
                assertThat(topics.statuses(id)).as(id).containsExactlyInAnyOrder("SUCCEEDED", "DUPLICATE");
                assertThat(portal.callsTo(id + "@example.com")).as(id).hasSize(1);
            }
            assertThat(outcomes.path("f-8").path("source").path("topic").asText())
                    .isEqualTo("reset-campaign");
            assertThat(outcomes.path("f-8")
                            .path("original")
                            .path("source")
                            .path("topic")
                            .asText())
                    .isEqualTo("reset-requested");
            assertThat(topics.records()).hasSize(308);
            assertThat(portal.calls()).hasSize(304);
            assertThat(topics.awaitRecords("reset-campaign", 304, SOON)).hasSize(forwarded.size() + 1);
            assertThat(forwarded)
                    .filteredOn(record -> text(record.key()).equals("k42"))
                    .singleElement()
                    .satisfies(record -> {
                        assertThat(Topics.headers(record)).containsOnlyKeys("traceparent");
                        assertThat(text(record.value()))
                                .startsWith("{\"eventId\":\"f-42\",\"campaignId\":\"spring\",\"expiresAt\":");
                    });
        }
    }

    /** What an operator sees as lag; once the events are deleted by age, it would look as if one had not been read. */
    @Test
    void whenAllIsDone_theOffsetIsBehindTheEndOfTheLastTransactionToo() throws Exception {
        TopicPartition campaign = new TopicPartition("reset-campaign", 0);
        try (RunningBundle running = new RunningBundle(new PortalOptions(), Map.of());
                Admin admin = Admin.create(Map.of("bootstrap.servers", running.broker.bootstrapServers()))) {
            for (int i = 0; i < 3; i++) {
                running.topics.send("reset-requested", "k" + i, event("t-" + i, CAMPAIGN));
            }
            running.topics.awaitOutcomes(3, SOON);

            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(admin.listConsumerGroupOffsets("leadsquared-password-routes")
                                    .partitionsToOffsetAndMetadata()
                                    .get()
                                    .get(campaign))
                            .extracting(OffsetAndMetadata::offset)
                            .isEqualTo(admin.listOffsets(Map.of(campaign, OffsetSpec.latest()))
                                    .partitionResult(campaign)
                                    .get()
                                    .offset()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {CAMPAIGN, ""})
    void aSingleEventBehindManyIsAnsweredSoon(String marked) throws Exception {
        assertAnsweredSoonBehind(MANY, marked);
    }

    @ParameterizedTest
    @Tag("chaos")
    @ValueSource(strings = {CAMPAIGN, ""})
    void aSingleEventBehindTwentyThousandIsAnsweredSoon(String marked) throws Exception {
        assertAnsweredSoonBehind(10 * MANY, marked);
    }

    private static void assertAnsweredSoonBehind(int many, String marked) throws Exception {
        try (RunningBundle running = new RunningBundle(new PortalOptions(), Map.of())) {
            for (int i = 0; i < many; i++) {
                running.topics.send("reset-requested", "k" + i, event("m-" + i, marked));
                if (i == many / 2 && !marked.isEmpty()) {
                    running.topics.send("reset-requested", "k", event("amid", ""));
                }
            }
            running.topics.sent("reset-requested", "k", event("behind", ""));
            long sent = System.nanoTime();
            running.topics.awaitRecords("reset-campaign", many - 300, SOON);
            double forwarded = seconds(sent);
            double answered = awaitAnswer(running, "behind", sent);

            System.out.printf(
                    "a single event behind %,d%s: these forwarded after %.1f s, the event answered after %.1f s%n",
                    many, marked.isEmpty() ? "" : " of a campaign", forwarded, answered);
            // Forwarding takes the machine's time, and the rest that of the account.
            assertThat(answered - forwarded).isLessThan(30);
            if (!marked.isEmpty()) {
                assertThat(awaitAnswer(running, "amid", sent) - forwarded).isLessThan(30);
            }
            assertThat(running.portal.refused()).isZero();
            // The campaign's lane was full all the while.
            assertThat(running.portal.calls()).hasSizeLessThan(MANY / 4);
        }
    }

    /** 21 MB of events are on their way to the campaigns, and no commit ends: some 8 MB of them are read. */
    @Test
    void whatWaitsForTheLedgerIsNotReadOn(TestInfo test) throws Exception {
        try (Scene scene = Scene.of(test.getDisplayName(), InDoubt.PARK)) {
            JavaProcess worker = scene.start(0);
            worker.awaitLine(ExpelledOwner::isOwner);
            scene.queue(0, 20);
            scene.awaitOutcomes();
            Proxy kafka = scene.kafkaNetwork(0);
            Checkpoint commits = kafka.stopAll(Place.BEFORE_THE_SERVER, KafkaTraffic.requests(ApiKeys.END_TXN));
            long before = kafka.answered();
            queueLarge(scene, 1_500);
            commits.awaitReached();
            await().atMost(SOON).until(() -> kafka.answered() - before > 6 << 20);
            Scene.pass(Duration.ofSeconds(3));
            assertThat(kafka.answered() - before).as("bytes that were read").isLessThan(12 << 20);
            commits.open();

            assertAllForwarded(scene, 1_500);
        }
    }

    /** 84 MB of events on their way to the campaigns, through a heap of 64 MB, while no commit ends. */
    @Test
    @Tag("chaos")
    void eightyMegabytesOnTheirWayFitThroughAHeapOfSixtyFour(TestInfo test) throws Exception {
        try (Scene scene = Scene.of(test.getDisplayName(), InDoubt.PARK)) {
            JavaProcess worker = scene.start(0);
            scene.queue(0, 20);
            scene.awaitOutcomes();
            worker.kill();
            queueLarge(scene, 6_000);
            worker = scene.started(JavaProcess.ofJar(List.of("-Xmx64m"), scene.environment(0)));
            worker.awaitLine(line -> line.contains("is the owner now"));
            Checkpoint commits = scene.kafkaNetwork(0)
                    .stopAll(Place.BEFORE_THE_SERVER, KafkaTraffic.requests(ApiKeys.END_TXN))
                    .awaitReached();
            Scene.pass(Duration.ofSeconds(8));
            commits.open();

            assertAllForwarded(scene, 6_000);
        }
    }

    private static void queueLarge(Scene scene, int events) throws Exception {
        for (int i = 0; i < events; i++) {
            scene.topics.send("reset-requested", "k" + i, event("m".repeat(14_000) + i, "m-" + i, CAMPAIGN));
        }
        scene.topics.sent("reset-requested", "k", event("behind", ""));
    }

    private static void assertAllForwarded(Scene scene, int events) {
        assertThat(scene.topics.awaitRecords("reset-campaign", events, SOON)).hasSize(events);
        await().atMost(SOON)
                .until(() -> !scene.topics.records().isEmpty()
                        && scene.topics.statuses("behind").contains("SUCCEEDED"));
    }

    private static double awaitAnswer(RunningBundle running, String id, long since) {
        await().atMost(SOON)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> !running.topics.records().isEmpty()
                        && running.topics.statuses(id).contains("SUCCEEDED"));
        return seconds(since);
    }

    @Test
    void killedWhileItForwards_everyEventHasOneOutcome_andNoCallIsRepeated(TestInfo test) throws Exception {
        killedWhileItForwards(test, 2);
    }

    @Test
    @Tag("chaos")
    void killedFourTimesWhileItForwards_everyEventHasOneOutcome_andNoCallIsRepeated(TestInfo test) throws Exception {
        killedWhileItForwards(test, 4);
    }

    private static void killedWhileItForwards(TestInfo test, int kills) throws Exception {
        int events = 500 * kills;
        try (Scene scene = Scene.of(test.getDisplayName(), InDoubt.PARK)) {
            JavaProcess worker = start(scene);
            Broker.awaitTopicsAt(scene.bootstrapServers(), "reset-requested", "reset-campaign", "password-journal");
            for (int i = 0; i < events; i++) {
                scene.queue("x-" + i, "reset-requested", event("x-" + i, i % 10 == 0 ? "" : CAMPAIGN));
            }
            for (int kill = 1; kill <= kills; kill++) {
                scene.topics.awaitRecords("reset-campaign", 300 * kill, SOON);
                worker.kill();
                worker = start(scene);
            }
            Truth truth = scene.truth();

            truth.assertClean();
            assertThat(scene.topics.awaitRecords("reset-campaign", events - events / 10, SOON))
                    .extracting(record -> text(record.key()))
                    .doesNotHaveDuplicates();
        }
    }

    /** An event is forwarded, and its transaction ends here. */
    private static Checkpoint victimAt(Scene scene, Place place) {
        scene.queue(0, 20);
        scene.awaitOutcomes();
        Checkpoint commit = scene.kafkaNetwork(0).stop(place, KafkaTraffic.requests(ApiKeys.END_TXN), 1);
        scene.queue(VICTIM, "reset-requested", event(VICTIM, CAMPAIGN));
        return commit.awaitReached();
    }

    private static void assertVictim(Scene scene) {
        scene.truth().assertClean();
        assertThat(scene.topics.statuses(VICTIM)).containsExactly("SUCCEEDED");
        assertThat(scene.topics.awaitRecords("reset-campaign", 1, SOON)).hasSize(1);
    }

    @Test
    void readAgainBeforeItsCommitIsKnownToStand_itIsNoDuplicateOfItself(TestInfo test) throws Exception {
        try (Scene scene = Scene.of(test.getDisplayName(), InDoubt.PARK)) {
            scene.start(0);
            Checkpoint commit = victimAt(scene, Place.BEFORE_THE_CLIENT);
            scene.topics.awaitRecords("reset-campaign", 1, SOON);
            Scene.pass(Duration.ofSeconds(1));
            commit.open();

            assertVictim(scene);
        }
    }

    @Test
    void itsCommitIsAnsweredWithAnError_andStandsAllTheSame(TestInfo test) throws Exception {
        try (Scene scene = Scene.of(test.getDisplayName(), InDoubt.PARK)) {
            scene.start(0);
            scene.queue(0, 20);
            scene.awaitOutcomes();
            scene.kafkaNetwork(0)
                    .falsify(
                            KafkaTraffic.requests(ApiKeys.END_TXN),
                            KafkaTraffic.endTxnError(Errors.UNKNOWN_SERVER_ERROR));
            scene.queue(VICTIM, "reset-requested", event(VICTIM, CAMPAIGN));

            assertVictim(scene);
        }
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void killedInItsCommit_itIsForwardedOnce(Place place, TestInfo test) throws Exception {
        try (Scene scene = Scene.of(test.getDisplayName() + place, InDoubt.PARK)) {
            JavaProcess worker = scene.start(0);
            Checkpoint commit = victimAt(scene, place);
            worker.kill();
            worker.awaitExit(Duration.ofSeconds(10));
            commit.cut();
            scene.start(0);

            assertVictim(scene);
        }
    }

    /** Of the single ones, too, some are forwarded: they are a flood. */
    private static JavaProcess start(Scene scene) throws Exception {
        Map<String, String> environment = scene.environment(0);
        environment.put("LSQ_LANE_SPILL", "50");
        return scene.started(JavaProcess.ofJar(environment));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }
}
