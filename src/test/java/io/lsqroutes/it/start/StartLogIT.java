package io.lsqroutes.it.start;

import static org.assertj.core.api.Assertions.assertThat;

import io.lsqroutes.it.scene.JavaProcess;
import io.lsqroutes.it.scene.Topics;
import io.lsqroutes.sandbox.Broker;
import io.lsqroutes.sandbox.Portal;
import io.lsqroutes.sandbox.PortalOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a start, and a stop, say: the whole output of the process that ships. */
class StartLogIT {
    private static final int MOST_LINES = 15;

    private static void keep(String name, List<String> log) throws Exception {
        Path file = Path.of("target", name + ".log");
        Files.write(file, log);
        System.out.println(name + ": " + log.size() + " lines");
        log.forEach(System.out::println);
    }

    private static boolean tellsOfTheFirstCall(String line) {
        return line.contains("The first call may go");
    }

    @Test
    void ownerAndStandby_sayWhatMatters_inFewLines() throws Exception {
        try (Broker broker = Broker.start();
                Portal portal = Portal.start(new PortalOptions())) {
            Map<String, String> environment = new HashMap<>(portal.environment());
            environment.put("LSQ_KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers());
            environment.put("LSQ_LIMIT_DAILY", "10000");
            try (JavaProcess owner = JavaProcess.ofJar(environment)) {
                owner.awaitLine(StartLogIT::tellsOfTheFirstCall);
                List<String> start = owner.lines();
                keep("start", start);
                assertThat(start).hasSizeLessThanOrEqualTo(MOST_LINES);
                assertThat(String.join("\n", start))
                        .containsPattern("LeadSquared password routes [0-9.]+[^ ]* start")
                        .contains(
                                "Account: " + portal.baseUrl() + ", at most 25 calls in 5 s and 10000 a day",
                                "Kafka: " + broker.bootstrapServers() + ", group leadsquared-password-routes",
                                "Events come from reset-requested, reset-campaign and change-requested",
                                "outcomes go to password-results, dead letters to password-dead-letters",
                                "the journal is password-journal",
                                "This process is the owner now",
                                "after one window of 5 s: the journal does not tell when the account was called last")
                        .doesNotContain(PortalOptions.ACCESS_KEY, PortalOptions.SECRET_KEY, " ERROR ");

                try (JavaProcess standby = JavaProcess.ofJar(environment);
                        Topics topics = new Topics(broker.bootstrapServers())) {
                    standby.awaitLine(line -> line.contains("This process stands by"));
                    topics.sent(
                            "reset-campaign",
                            "a",
                            "{\"eventId\":\"a\",\"campaignId\":\"spring-26\",\"emailAddress\":\"a@example.com\"}");
                    topics.awaitOutcomes(1, Duration.ofSeconds(90));

                    owner.awaitLine(line -> line.contains("reset a SUCCEEDED") && line.contains("campaign=spring-26"));
                    owner.signal("TERM");
                    owner.awaitExit(Duration.ofSeconds(60));
                    keep(
                            "stop",
                            owner.lines().subList(start.size(), owner.lines().size()));
                    standby.awaitLine(StartLogIT::tellsOfTheFirstCall);

                    keep("take-over", standby.lines());
                    assertThat(owner.lines()).hasSizeLessThanOrEqualTo(MOST_LINES + 5);
                    assertThat(standby.lines()).hasSizeLessThanOrEqualTo(MOST_LINES);
                    assertThat(standby.lines()).anyMatch(line -> line.contains("the last call was "));
                }
            }
        }
    }
}
