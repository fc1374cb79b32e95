package io.lsqroutes.it.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lsqroutes.it.network.Checkpoint;
import io.lsqroutes.it.network.Checkpoint.Place;
import io.lsqroutes.it.network.HttpTraffic;
import io.lsqroutes.it.network.KafkaTraffic;
import io.lsqroutes.it.scene.ExpelledOwner;
import io.lsqroutes.it.scene.JavaProcess;
import io.lsqroutes.it.scene.Mutant;
import io.lsqroutes.it.scene.PlainRoute;
import io.lsqroutes.it.scene.Scene;
import io.lsqroutes.it.scene.Truth;
import io.lsqroutes.it.scene.Truth.InDoubt;
import io.lsqroutes.sandbox.Portal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** The checker must notice what is broken, or its silence proves nothing. */
class CheckerIT {
    private static final Mutant NO_MARK_BEFORE_THE_CALL = new Mutant(
            "ledger/CallIntent.java",
            "boolean process(Exchange exchange, AsyncCallback callback) {",
            "boolean process(Exchange exchange, AsyncCallback callback) {"
                    + " if (callback != null) { callback.done(true); return true; }");
    private static final Mutant OFFSETS_BEFORE_OUTCOMES = new Mutant(
            "intake/TrackedConsumer.java",
            "return onlyNew(polled);",
            "if (!polled.isEmpty()) { commitSync(); } return onlyNew(polled);");
    private static final Mutant NO_FENCING = new Mutant(
            "commit/LedgerTransaction.java",
            "\"leadsquared-ledger-\" + journalTopic",
            "\"leadsquared-ledger-\" + journalTopic + ProcessHandle.current().pid()");
    private static final Mutant WRITTEN_AGAIN_WITHOUT_LOOKING =
            new Mutant("commit/GroupCommit.java", ".isCommitted(journal.get(entry.key()))", ".isCommitted(null)");

    private static final Predicate<byte[]> RESET = HttpTraffic.calls(Portal.FORGOT_PASSWORD);

    /** For a worker that is known to be at work. */
    private static final Duration AT_WORK = Duration.ofSeconds(10);

    private Path classes;
    private Scene scene;

    @BeforeEach
    void start(TestInfo test, @TempDir Path directory) throws Exception {
        classes = directory;
        scene = Scene.of(test.getDisplayName(), InDoubt.PARK).patience(AT_WORK);
    }

    @AfterEach
    void stop() throws Exception {
        scene.close();
    }

    private JavaProcess start(int replica) throws Exception {
        return start(scene, replica);
    }

    private JavaProcess start(Scene scene, int replica) throws Exception {
        return scene.started(JavaProcess.ofApplicationWith(classes, scene.environment(replica)));
    }

    private static void kill(JavaProcess worker) throws Exception {
        worker.kill();
        worker.awaitExit(Duration.ofSeconds(10));
    }

    @Test
    void aPlainRouteThatIsKilled_callsAgainAndPublishesTwice() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", scene.bootstrapServers()))) {
            admin.createTopics(Stream.of("reset-requested", "password-results", "password-journal")
                            .map(name -> new NewTopic(name, Optional.of(1), Optional.empty()))
                            .toList())
                    .all()
                    .get();
        }
        scene.queue(0, 150);
        JavaProcess worker = scene.started(JavaProcess.ofMain(PlainRoute.class, scene.environment(0)));
        scene.awaitCalls(60);
        kill(worker);
        int calls = scene.portal.calls().size();
        scene.started(JavaProcess.ofMain(PlainRoute.class, scene.environment(0)));
        scene.awaitCalls(calls + 1);

        Truth truth = scene.truth();

        assertThat(truth.repeatedCalls).isPositive();
        assertThat(truth.withoutOneOutcome).isPositive();
    }

    @Test
    void withoutAMarkBeforeTheCall_aKillRepeatsCalls() throws Exception {
        NO_MARK_BEFORE_THE_CALL.compile(classes);
        JavaProcess worker = start(0);
        scene.queue(0, 100);
        scene.awaitCalls(50);
        Checkpoint answers =
                scene.portalNetwork.stopAll(Place.BEFORE_THE_CLIENT, RESET).awaitReached();
        kill(worker);
        answers.cut();
        int calls = scene.portal.calls().size();
        start(0);
        scene.awaitCalls(calls + 1);

        Truth truth = scene.truth();

        assertThat(truth.repeatedCalls).isPositive();
        assertThat(truth.falseClaims).isPositive();
    }

    @Test
    void withOffsetsCommittedBeforeOutcomes_aKillLosesEvents() throws Exception {
        OFFSETS_BEFORE_OUTCOMES.compile(classes);
        JavaProcess worker = start(0);
        scene.queue(0, 30);
        scene.awaitOutcomes();
        Checkpoint calls = scene.portalNetwork.stopAll(Place.BEFORE_THE_SERVER, RESET);
        scene.queue(30, 100);
        calls.awaitStopped(8);
        await().atMost(Duration.ofSeconds(15)).until(() -> committed() > 30 + 8);
        kill(worker);
        calls.cut();
        start(0);
        scene.queue("afterwards");
        // The next worker is at work: what it leaves out is lost, and not late.
        await().atMost(Duration.ofMinutes(1))
                .until(() -> !scene.topics.records().isEmpty()
                        && scene.topics.statuses("afterwards").contains("SUCCEEDED"));

        assertThat(scene.truth().lost).isPositive();
    }

    private long committed() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", scene.bootstrapServers()))) {
            OffsetAndMetadata offset = admin.listConsumerGroupOffsets("leadsquared-password-routes")
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .get(new TopicPartition("reset-requested", 0));
            return offset == null ? 0 : offset.offset();
        }
    }

    @Test
    void withoutFencing_twoOwnersAnswerTheSameEvents(TestInfo test) throws Exception {
        NO_FENCING.compile(classes);
        try (Scene slow = Scene.of(test.getDisplayName(), InDoubt.PARK, ExpelledOwner.portal())) {
            ExpelledOwner.thatCommitsNoOffsets(slow, replica -> start(slow, replica));

            Truth truth = slow.truth();

            assertThat(truth.withoutOneOutcome).isPositive();
            assertThat(truth.repeatedCalls).isPositive();
        }
    }

    @Test
    void whatIsWrittenAgainWithoutLooking_isThereTwice() throws Exception {
        WRITTEN_AGAIN_WITHOUT_LOOKING.compile(classes);
        start(0);
        scene.queue(0, 1);
        scene.awaitOutcomes();
        Checkpoint call = scene.portalNetwork.stop(Place.BEFORE_THE_SERVER, RESET, 1);
        scene.queue("victim");
        call.awaitReached();
        scene.kafkaNetwork(0)
                .falsify(KafkaTraffic.requests(ApiKeys.END_TXN), KafkaTraffic.endTxnError(Errors.UNKNOWN_SERVER_ERROR));
        call.open();

        Truth truth = scene.truth();

        assertThat(truth.withoutOneOutcome).isEqualTo(1);
        assertThat(truth.lost).isZero();
    }
}
