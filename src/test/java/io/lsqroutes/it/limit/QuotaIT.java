package io.lsqroutes.it.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lsqroutes.it.network.Checkpoint;
import io.lsqroutes.it.network.Checkpoint.Place;
import io.lsqroutes.it.network.HttpTraffic;
import io.lsqroutes.it.scene.JavaProcess;
import io.lsqroutes.it.scene.Scene;
import io.lsqroutes.it.scene.Topics;
import io.lsqroutes.it.scene.Truth.InDoubt;
import io.lsqroutes.sandbox.Broker;
import io.lsqroutes.sandbox.Portal;
import io.lsqroutes.sandbox.PortalOptions;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** An account that may be called 200 times a day, 20 of them for somebody who waits; the portal counts. */
class QuotaIT {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Predicate<byte[]> RESET = HttpTraffic.calls(Portal.FORGOT_PASSWORD);
    private static final int FOR_THE_CAMPAIGN = 180;
    private static final int ALL = 200;
    /** Of the 8 calls that are out at a time, two are never the campaign's. */
    private static final int OUT = 6;

    /** No midnight comes in between. */
    private final ZoneOffset zone = zoneWhoseDayBeginsAt(Instant.now().plus(Duration.ofHours(12)));

    private Scene scene;
    private JavaProcess worker;

    @BeforeEach
    void aCampaignIsLargerThanItsDay(TestInfo test) throws Exception {
        scene = Scene.of(test.getDisplayName(), InDoubt.PARK);
        worker = start();
        Broker.awaitTopicsAt(scene.bootstrapServers(), "reset-campaign", "reset-requested", "password-journal");
        for (int i = 0; i < 400; i++) {
            String id = "many-" + i;
            scene.queue(
                    id, "reset-campaign", "{\"eventId\":\"%s\",\"emailAddress\":\"%s@example.com\"}".formatted(id, id));
        }
    }

    @AfterEach
    void stop() throws Exception {
        scene.close();
    }

    private JavaProcess start() throws Exception {
        Map<String, String> environment = scene.environment(0);
        environment.put("LSQ_PUBLIC_AUTH_KEY", PortalOptions.PUBLIC_AUTH_KEY);
        environment.put("LSQ_REGISTER_TOKEN", PortalOptions.REGISTER_TOKEN);
        environment.put("LSQ_LIMIT_DAILY", Integer.toString(ALL));
        environment.put("LSQ_LIMIT_DAILY_RESERVE", Integer.toString(ALL - FOR_THE_CAMPAIGN));
        environment.put("LSQ_LIMIT_DAILY_ZONE", zone.getId());
        return scene.started(JavaProcess.ofJar(environment));
    }

    static ZoneOffset zoneWhoseDayBeginsAt(Instant midnight) {
        int day = (int) Duration.ofDays(1).toSeconds();
        int seconds = Math.floorMod(-midnight.getEpochSecond(), day);
        return ZoneOffset.ofTotalSeconds(seconds > day / 2 ? seconds - day : seconds);
    }

    private void killAndStartAnew() throws Exception {
        worker.kill();
        worker.awaitExit(Duration.ofSeconds(10));
        worker = start();
    }

    private void awaitCallsInOutcomes(int count) {
        await().atMost(SOON)
                .until(
                        () -> scene.topics.records().stream()
                                .mapToInt(outcome ->
                                        Topics.json(outcome).path("calls").asInt())
                                .sum(),
                        sum -> sum == count);
    }

    /** One who waits is still called for, more of them until the day is spent, and then nobody. */
    private void assertTheReserveIsThere(int before) {
        worker.awaitLine(line -> line.contains("Campaigns stand still until"));
        assertThat(scene.portal.calls()).hasSize(before);
        scene.queue("ada");
        await().atMost(SOON)
                .until(() -> !scene.topics.records().isEmpty()
                        && scene.topics.statuses("ada").contains("SUCCEEDED"));
        for (int i = 0; i < 30; i++) {
            scene.queue("waits-" + i);
        }
        worker.awaitLine(line -> line.contains("No call is made while the day's quota is spent: 200 of 200 calls"));
        Scene.pass(Duration.ofSeconds(3));
        assertThat(scene.portal.calls()).hasSize(before + ALL - FOR_THE_CAMPAIGN);
        assertThat(worker.lines().stream().filter(line -> line.contains("stand still")))
                .hasSize(1);
    }

    @Test
    void killedWhileTheCallsAreAtThePortal_itSeesAllOfTheDay() throws Exception {
        assertAllOfTheDayIsSeen(1);
    }

    @Test
    @Tag("chaos")
    void killedFiveTimesWhileTheCallsAreAtThePortal_itSeesAllOfTheDay() throws Exception {
        assertAllOfTheDayIsSeen(5);
    }

    private void assertAllOfTheDayIsSeen(int kills) throws Exception {
        for (int kill = 1; kill <= kills; kill++) {
            scene.awaitCalls(30 * kill);
            Checkpoint answers = scene.portalNetwork.stopAll(Place.BEFORE_THE_CLIENT, RESET);
            // Then none is between its mark and the portal.
            answers.awaitStopped(OUT);
            killAndStartAnew();
            answers.cut();
        }

        awaitCallsInOutcomes(FOR_THE_CAMPAIGN);
        assertTheReserveIsThere(FOR_THE_CAMPAIGN);
        assertThat(scene.topics.records().stream()
                        .filter(outcome ->
                                Topics.json(outcome).path("status").asText().equals("IN_DOUBT")))
                .hasSize(kills * OUT);
    }

    @Test
    void killedAnywhere_itNeverSeesMore_andTheOutcomesTellOfAllOfTheDay() throws Exception {
        assertTheDayIsKept(2);
    }

    @Test
    @Tag("chaos")
    void killedFiveTimesAnywhere_itNeverSeesMore_andTheOutcomesTellOfAllOfTheDay() throws Exception {
        assertTheDayIsKept(5);
    }

    private void assertTheDayIsKept(int kills) throws Exception {
        for (int kill = 1; kill <= kills; kill++) {
            scene.awaitCalls(30 * kill);
            killAndStartAnew();
        }

        awaitCallsInOutcomes(FOR_THE_CAMPAIGN);
        int before = scene.portal.calls().size();
        System.out.printf("quota: killed %d times anywhere, %d calls of %d arrived%n", kills, before, FOR_THE_CAMPAIGN);
        assertThat(before).isBetween(FOR_THE_CAMPAIGN - kills * OUT, FOR_THE_CAMPAIGN);
        assertTheReserveIsThere(before);
        awaitCallsInOutcomes(ALL);
    }
}
