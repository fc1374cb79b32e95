package io.lsqroutes.it.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import io.lsqroutes.Application;
import io.lsqroutes.bench.Figures;
import io.lsqroutes.it.network.Checkpoint;
import io.lsqroutes.it.network.Checkpoint.Place;
import io.lsqroutes.it.network.KafkaTraffic;
import io.lsqroutes.it.network.Proxy;
import io.lsqroutes.it.scene.Persons;
import io.lsqroutes.it.scene.Topics;
import io.lsqroutes.sandbox.Broker;
import io.lsqroutes.sandbox.Portal;
import io.lsqroutes.sandbox.PortalOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.camel.main.Main;
import org.apache.kafka.common.protocol.ApiKeys;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Finished ids are published again: they are told quickly, and nobody waits behind them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DuplicatesIT {
    private static final Duration SOON = Duration.ofSeconds(90);
    private static final int IDS = 1_000;

    private final Figures figures = new Figures("duplicates", "1,000 finished ids published again", "");

    @AfterAll
    void publish() {
        figures.publish();
    }

    private static Main bundle(Proxy kafka, Portal portal, String spill) throws Exception {
        Map<String, String> environment = new HashMap<>(portal.environment());
        environment.put("LSQ_KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:" + kafka.port());
        environment.put("LSQ_LIMIT_CALLS", "0");
        environment.put("LSQ_LANE_SPILL", spill);
        Main bundle = Application.bundle(environment);
        bundle.configure().setJmxEnabled(false);
        bundle.start();
        return bundle;
    }

    @Test
    void case25_finishedIdsPublishedAgainAreToldQuickly_andNobodyWaitsBehindThem() throws Exception {
        PortalOptions options =
                new PortalOptions().limit(0, Duration.ofSeconds(5)).answerTime(Duration.ZERO);
        try (Proxy kafka = new Proxy(Broker.freePort(), new KafkaTraffic());
                Broker broker = Broker.startWithWaysIn(Map.of(kafka.target(), kafka.port()));
                Portal portal = Portal.start(options);
                Topics topics = new Topics(broker.bootstrapServers())) {
            Main bundle = bundle(kafka, portal, "50");
            broker.awaitTopics("reset-requested", "password-results");
            List<Integer> ids = new ArrayList<>(IntStream.range(0, IDS).boxed().toList());
            for (int id : ids) {
                topics.send("reset-requested", "k" + id, event(id));
            }
            topics.awaitOutcomes(IDS, SOON);

            Checkpoint looks = kafka.stopAll(Place.BEFORE_THE_SERVER, KafkaTraffic.requests(ApiKeys.LIST_OFFSETS));
            looks.open();
            again(topics, looks, "in their order", ids, IDS);
            Collections.shuffle(ids, new Random(7));
            again(topics, looks, "in any order", ids, 2 * IDS + 1);
            bundle.stop();
            Main next = bundle(kafka, portal, "0");
            topics.send("reset-requested", "k", event(IDS));
            topics.awaitOutcomes(3 * IDS + 3, SOON);
            again(topics, looks, "in any order, after a start, no flood", ids, 3 * IDS + 3);
            next.stop();

            assertThat(portal.calls()).hasSize(IDS + 4);
        }
    }

    /** Publishes them once more, and a person behind them. */
    private void again(Topics topics, Checkpoint looks, String how, List<Integer> ids, int before) throws Exception {
        Persons persons = new Persons(topics);
        int looksBefore = looks.met();
        long began = System.nanoTime();
        for (int id : ids) {
            topics.send("reset-requested", "k" + id, event(id));
        }
        persons.ask("behind-" + before);
        List<Long> waits = persons.waits();
        topics.awaitOutcomes(before + IDS + 1, SOON);
        double seconds = (System.nanoTime() - began) / 1e9;

        assertThat(topics.records()).hasSize(before + IDS + 1);
        for (int id : ids) {
            List<String> statuses = topics.statuses("d-" + id);
            assertThat(statuses.subList(1, statuses.size())).containsOnly("DUPLICATE");
        }
        figures.row(
                "1,000 finished ids published again, " + how,
                "%.1f s until all are DUPLICATE; a person behind them waits %d ms".formatted(seconds, waits.get(0)));
        assertThat(looks.met() - looksBefore).as("looks at an end in Kafka").isLessThan(IDS / 2);
        // On a machine of its own it is less than a second.
        assertThat(waits.get(0)).as("milliseconds").isLessThan(10_000);
    }

    private static String event(int id) {
        return "{\"eventId\":\"d-%1$d\",\"emailAddress\":\"d-%1$d@example.com\"}".formatted(id);
    }
}
