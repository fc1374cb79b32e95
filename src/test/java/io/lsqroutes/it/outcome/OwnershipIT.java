package io.lsqroutes.it.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lsqroutes.it.network.Checkpoint;
import io.lsqroutes.it.network.KafkaTraffic;
import io.lsqroutes.it.scene.ExpelledOwner;
import io.lsqroutes.it.scene.JavaProcess;
import io.lsqroutes.it.scene.RunningBundle;
import io.lsqroutes.it.scene.Scene;
import io.lsqroutes.it.scene.Topics;
import io.lsqroutes.it.scene.Truth;
import io.lsqroutes.sandbox.Broker;
import io.lsqroutes.sandbox.Portal;
import io.lsqroutes.sandbox.PortalOptions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A journal has one account and one writer; processes of the shipped jar that are neither find out, and stop. */
class OwnershipIT {
    private static final Duration SOON = Duration.ofSeconds(60);

    private Broker broker;
    private Portal portal;
    private Topics topics;

    @BeforeEach
    void start() {
        broker = Broker.start();
        portal =
                Portal.start(new PortalOptions().limit(0, Duration.ofSeconds(5)).answerTime(Duration.ZERO));
        topics = new Topics(broker.bootstrapServers());
    }

    @AfterEach
    void stop() {
        topics.close();
        portal.close();
        broker.close();
    }

    private Map<String, String> environment(String... more) {
        Map<String, String> environment = new HashMap<>(portal.environment());
        environment.put("LSQ_KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers());
        environment.put("LSQ_LIMIT_CALLS", "0");
        for (int i = 0; i < more.length; i += 2) {
            environment.put(more[i], more[i + 1]);
        }
        return environment;
    }

    private void send(String id) {
        topics.send("reset-requested", id, "{\"eventId\":\"" + id + "\",\"emailAddress\":\"" + id + "@example.com\"}");
    }

    private static void assertRefused(JavaProcess process, String why) throws Exception {
        assertThat(process.awaitExit(SOON)).isEqualTo(2);
        assertThat(process.lines()).anyMatch(line -> line.contains("password-journal is rejected: " + why));
    }

    @Test
    void anotherAccountOnTheSameJournal_isRefused_andTheOwnerGoesOn() throws Exception {
        try (JavaProcess owner = JavaProcess.ofJar(environment())) {
            owner.awaitLine(line -> line.contains("is the owner now"));
            send("o-0");
            topics.awaitOutcomes(1, SOON);
            try (JavaProcess standby = JavaProcess.ofJar(environment("LSQ_PORTAL_ID", "another-portal"));
                    JavaProcess otherGroup = JavaProcess.ofJar(
                            environment("LSQ_PORTAL_ID", "another-portal", "LSQ_KAFKA_GROUP", "another-group"))) {
                assertRefused(standby, "it belongs to another account");
                assertRefused(otherGroup, "it belongs to another account");
                assertThat(standby.lines()).noneMatch(line -> line.contains("another-portal"));
            }
            send("o-1");
            topics.awaitOutcomes(2, SOON);
            assertThat(portal.callsTo("o-1@example.com")).hasSize(1);
        }
    }

    @Test
    void ofTwoWritersWithOneJournal_theOlderStops_andTheNewerGoesOn() throws Exception {
        try (JavaProcess older = JavaProcess.ofJar(environment())) {
            older.awaitLine(line -> line.contains("is the owner now"));
            try (JavaProcess newer = JavaProcess.ofJar(environment("LSQ_KAFKA_GROUP", "another-group"))) {
                newer.awaitLine(line -> line.contains("is the owner now"));
                for (int i = 0; i < 20; i++) {
                    send("w-" + i);
                }

                assertThat(older.awaitExit(SOON)).isEqualTo(3);
                assertThat(older.lines()).anyMatch(line -> line.contains("second-writer"));
                topics.awaitOutcomes(20, SOON);
                await().during(Duration.ofSeconds(2))
                        .atMost(SOON)
                        .until(() -> topics.records().size() == 20);
                assertThat(portal.calls()).hasSizeLessThanOrEqualTo(20);
            }
        }
    }

    @Test
    void whoIsFencedWhileACallIsOut_saysWhyUntilItStops() throws Exception {
        PortalOptions slow = new PortalOptions().answerTime(Duration.ofSeconds(15));
        try (RunningBundle older = new RunningBundle(slow, Map.of())) {
            older.topics.send("reset-requested", "s-1", "{\"eventId\":\"s-1\",\"emailAddress\":\"s-1@example.com\"}");
            await().atMost(SOON).until(() -> older.portal.calls().size() == 1);
            becomeTheWriter(older.broker.bootstrapServers()).close();
            older.topics.send("reset-requested", "s-2", "{\"eventId\":\"s-2\",\"emailAddress\":\"s-2@example.com\"}");

            await().atMost(SOON).untilAsserted(() -> assertThat(older.trouble())
                    .contains("another process writes to the journal password-journal (second-writer)"));
            older.portal.close();
        }
    }

    /** Kafka's client does not always call a fence a fence: the journal says who writes. */
    @Test
    void whoseCommitFailsForNoReasonThatItKnows_doesNotFenceTheWriterThatCameMeanwhile() throws Exception {
        try (Scene scene = Scene.of("a fence that is not called one", Truth.InDoubt.PARK)) {
            JavaProcess older = ExpelledOwner.owner(scene::start);
            scene.queue(0, 5);
            scene.awaitOutcomes();
            Predicate<byte[]> commits = KafkaTraffic.requests(ApiKeys.END_TXN);
            Checkpoint commit = scene.kafkaNetwork(0).stop(Checkpoint.Place.BEFORE_THE_SERVER, commits, 1);
            scene.kafkaNetwork(0).falsify(commits, KafkaTraffic.endTxnError(Errors.UNKNOWN_SERVER_ERROR));
            scene.queue("x-late");
            commit.awaitReached();
            try (KafkaProducer<String, String> newer = becomeTheWriter(scene.bootstrapServers())) {
                commit.open();

                assertThat(older.awaitExit(SOON)).isEqualTo(3);

                newer.beginTransaction();
                newer.send(new ProducerRecord<>("password-journal", "/account", "1 another-one"));
                newer.commitTransaction();
            }
        }
    }

    /** As another bundle does that takes this journal for its own. */
    private static KafkaProducer<String, String> becomeTheWriter(String bootstrapServers) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", bootstrapServers, "transactional.id", "leadsquared-ledger-password-journal");
        KafkaProducer<String, String> writer =
                new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
        writer.initTransactions();
        writer.beginTransaction();
        writer.send(new ProducerRecord<>("password-journal", "/account", "1 another-one"));
        writer.commitTransaction();
        return writer;
    }

    @Test
    void aJournalThatForgets_isRefused() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic("password-journal", Optional.of(1), Optional.empty())))
                    .all()
                    .get();
        }
        try (JavaProcess process = JavaProcess.ofJar(environment())) {
            assertRefused(process, "it is not compacted");
        }
    }

    @Test
    void aJournalOfANewerVersion_isRefused() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            NewTopic journal = new NewTopic("password-journal", Optional.of(1), Optional.empty());
            admin.createTopics(List.of(journal.configs(
                            Map.of("cleanup.policy", "compact,delete", "message.timestamp.type", "LogAppendTime"))))
                    .all()
                    .get();
        }
        broker.awaitTopics("password-journal");
        topics.sent("password-journal", "reset/e-1", "2 DONE something new");
        try (JavaProcess process = JavaProcess.ofJar(environment())) {
            assertRefused(process, "it is written in version 2");
        }
    }

    @Test
    void aRecordOfANewerVersion_stopsTheOwnerThatMeetsIt() throws Exception {
        try (JavaProcess owner = JavaProcess.ofJar(environment())) {
            owner.awaitLine(ExpelledOwner::isOwner);
            topics.sent("password-journal", "reset/e-1", "2 DONE something new");

            assertRefused(owner, "it is written in version 2");
        }
    }
}
