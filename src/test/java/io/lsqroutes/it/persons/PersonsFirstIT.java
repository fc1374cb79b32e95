package io.lsqroutes.it.persons;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lsqroutes.bench.Figures;
import io.lsqroutes.it.scene.Persons;
import io.lsqroutes.it.scene.RunningBundle;
import io.lsqroutes.sandbox.PortalCall;
import io.lsqroutes.sandbox.PortalOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Somebody who waits, and a campaign, on an account that may make 25 calls in 5 s. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("timed")
class PersonsFirstIT {
    private static final Duration SOON = Duration.ofMinutes(1);

    private final Figures figures = new Figures("lanes", "persons beside a campaign of 25 calls in 5 s", "");

    @AfterAll
    void publish() {
        figures.publish();
    }

    private static RunningBundle bundle() throws Exception {
        return new RunningBundle(new PortalOptions().way(Duration.ofMillis(20)), Map.of());
    }

    @Test
    void personsAreAnsweredSoonWhileACampaignGoesOn() throws Exception {
        askBeside(
                500,
                20,
                waits -> {
                    // Behind the campaign it would be a minute and a half. The promised second is held by the bench.
                    assertThat(waits.get(18)).as("all but one, in milliseconds").isLessThan(3_000);
                    assertThat(waits.get(19)).as("the last, in milliseconds").isLessThan(5_000);
                },
                ten -> assertThat(ten.get(9)).as("milliseconds").isLessThan(8_000));
    }

    @Test
    @Tag("bench")
    void aPersonIsAnsweredWithinASecond_andTenAtOnceWithinFour() throws Exception {
        askBeside(
                2_000,
                120,
                waits -> {
                    assertThat(percentile(50, waits)).as("p50, in milliseconds").isLessThan(250);
                    assertThat(percentile(99, waits)).as("p99, in milliseconds").isLessThan(1_000);
                },
                ten -> assertThat(ten.get(9)).as("milliseconds").isLessThan(4_000));
    }

    /** One person a second, and then ten at once. */
    private void askBeside(int campaign, int count, Consumer<List<Long>> oneByOne, Consumer<List<Long>> atOnce)
            throws Exception {
        try (RunningBundle bundle = bundle()) {
            bundle.saturate(campaign);
            Persons persons = new Persons(bundle.topics);
            persons.askEverySecond("one-", count);
            List<Long> waits = persons.waits();
            for (int i = 0; i < 10; i++) {
                persons.ask("ten-" + i);
            }
            List<Long> ten = persons.waits();

            figures.row(
                    "one event a second for %d s, from the record's timestamp to its outcome".formatted(count),
                    "p50 %d ms, p99 %d ms, longest %d ms"
                            .formatted(percentile(50, waits), percentile(99, waits), waits.get(count - 1)));
            figures.row("ten events at once", "the last after %d ms".formatted(ten.get(9)));
            assertThat(bundle.portal.refused()).isZero();
            assertThat(bundle.portal.mostCallsInAnyWindow()).isLessThanOrEqualTo(25);
            oneByOne.accept(waits);
            atOnce.accept(ten);
        }
    }

    private static long percentile(int percent, List<Long> sorted) {
        return sorted.get((sorted.size() * percent - 1) / 100);
    }

    @Test
    void theCampaignKeepsItsShareWhileMorePersonsWaitThanCallsAreAllowed() throws Exception {
        assertThat(campaignsShare(100)).isGreaterThanOrEqualTo(0.18);
    }

    @Test
    @Tag("bench")
    void theCampaignKeepsItsShareWhileMorePersonsWaitThanCallsAreAllowedForAMinute() throws Exception {
        assertThat(campaignsShare(300)).isGreaterThanOrEqualTo(0.18);
    }

    /** Of the calls from the first of these persons to the last one. */
    private double campaignsShare(int persons) throws Exception {
        try (RunningBundle bundle = bundle()) {
            bundle.saturate(500);
            for (int i = 0; i < persons; i++) {
                String person = "changer-" + i + "@example.com";
                bundle.topics.send(
                        "change-requested",
                        person,
                        "{\"authKey\":\"%s\",\"currentPassword\":\"%s\",\"newPassword\":\"NewSamplepassword@1\"}"
                                .formatted(bundle.portal.signInKeyFor(person), PortalOptions.INITIAL_PASSWORD));
            }
            await().atMost(SOON.plusMinutes(1)).until(() -> changes(bundle).size() == persons);

            List<PortalCall> calls = bundle.portal.calls();
            List<PortalCall> changes = changes(bundle);
            int all = calls.indexOf(changes.get(persons - 1)) - calls.indexOf(changes.get(0)) + 1;
            double share = (double) (all - persons) / all;
            figures.row(
                    "%d events of persons at once, more than the limit allows for %d s".formatted(persons, persons / 5),
                    "the campaign keeps %.1f %% of the calls".formatted(100 * share));
            assertThat(bundle.portal.refused()).isZero();
            return share;
        }
    }

    private static List<PortalCall> changes(RunningBundle bundle) {
        return bundle.portal.calls().stream()
                .filter(call -> call.person().startsWith("changer-"))
                .toList();
    }

    @Test
    void callsOfACampaignThatHangDelayNobody() throws Exception {
        assertThat(longestBesideHangingCalls()).as("milliseconds").isLessThan(5_000);
    }

    @Test
    @Tag("bench")
    void callsOfACampaignThatHangDelayNobodyForASecond() throws Exception {
        assertThat(longestBesideHangingCalls()).as("milliseconds").isLessThan(1_000);
    }

    private long longestBesideHangingCalls() throws Exception {
        PortalOptions options = new PortalOptions().slowAnswer(Duration.ofMinutes(10));
        try (RunningBundle bundle = new RunningBundle(options, Map.of("LSQ_CALL_DEADLINE", "1m"))) {
            for (int i = 0; i < 8; i++) {
                bundle.topics.send(
                        "reset-campaign", "h-" + i, "{\"emailAddress\":\"hang-" + i + "+slow@example.com\"}");
            }
            await().atMost(SOON).until(() -> bundle.portal.calls().size() == 6);
            Persons persons = new Persons(bundle.topics);
            persons.askEverySecond("promptly-", 5);
            List<Long> waits = persons.waits();

            assertThat(bundle.topics.records())
                    .as("outcomes: none of a call that hangs")
                    .hasSize(5);
            figures.row(
                    "a person a second while as many calls of a campaign hang as it may have out",
                    "longest wait %d ms".formatted(waits.get(4)));
            // Ends them: the bundle stops without waiting for their deadline.
            bundle.portal.close();
            return waits.get(4);
        }
    }
}
