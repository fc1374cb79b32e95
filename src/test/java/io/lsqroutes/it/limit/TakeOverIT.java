package io.lsqroutes.it.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lsqroutes.it.scene.ExpelledOwner;
import io.lsqroutes.it.scene.JavaProcess;
import io.lsqroutes.it.scene.Topics;
import io.lsqroutes.sandbox.Broker;
import io.lsqroutes.sandbox.Portal;
import io.lsqroutes.sandbox.PortalOptions;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How long nobody calls when the owner goes, with the account's real limit and Kafka's real session; and that the limit holds across it. */
@Tag("timed")
class TakeOverIT {

    @Test
    void aStandbyMakesItsFirstCallSoon_andTheLimitHoldsAcrossIt() throws Exception {
        try (Broker broker = Broker.start();
                Portal portal = Portal.start(new PortalOptions());
                Topics topics = new Topics(broker.bootstrapServers())) {
            Map<String, String> environment = new HashMap<>(portal.environment());
            environment.put("LSQ_KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers());
            try (JavaProcess first = JavaProcess.ofJar(environment)) {
                first.awaitLine(ExpelledOwner::isOwner);
                for (int i = 0; i < 1_500; i++) {
                    topics.send(
                            "reset-requested",
                            "k" + i,
                            "{\"eventId\":\"v-%d\",\"emailAddress\":\"v-%d@example.com\"}".formatted(i, i));
                }
                try (JavaProcess second = JavaProcess.ofJar(environment)) {
                    second.awaitLine(line -> line.contains("stands by"));
                    awaitCalls(portal, 30);
                    first.signal("TERM");
                    long stopped = System.nanoTime();
                    assertThat(first.awaitExit(Duration.ofSeconds(30))).isIn(0, 143);
                    int calls = portal.calls().size();
                    awaitCalls(portal, calls + 1);
                    assertThat(seconds("SIGTERM", stopped)).isLessThan(20);

                    try (JavaProcess third = JavaProcess.ofJar(environment)) {
                        third.awaitLine(line -> line.contains("stands by"));
                        second.kill();
                        long killed = System.nanoTime();
                        assertThat(second.awaitExit(Duration.ofSeconds(10))).isNotZero();
                        int before = portal.calls().size();
                        awaitCalls(portal, before + 1);
                        assertThat(seconds("kill -9", killed)).isLessThan(40);
                        awaitCalls(portal, before + 50);
                    }
                }
            }
            System.out.println("take-over: " + portal.report());
            assertThat(portal.refused()).isZero();
            assertThat(portal.mostCallsInAnyWindow()).isLessThanOrEqualTo(25);
        }
    }

    private static void awaitCalls(Portal portal, int count) {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> portal.calls().size() >= count);
    }

    private static double seconds(String how, long since) {
        double seconds = (System.nanoTime() - since) / 1e9;
        System.out.printf("take-over after %s: %.1f s to the first call%n", how, seconds);
        return seconds;
    }
}
