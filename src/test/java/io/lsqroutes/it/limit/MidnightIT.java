package io.lsqroutes.it.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lsqroutes.it.scene.JavaProcess;
import io.lsqroutes.it.scene.Scene;
import io.lsqroutes.it.scene.Truth.InDoubt;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** A day's quota is spent, and the next day begins. */
@Tag("timed")
class MidnightIT {
    @Test
    void whatWaitsGoesOnByItself(TestInfo test) throws Exception {
        Instant midnight = Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(100);
        long midnightNanos =
                System.nanoTime() + Duration.between(Instant.now(), midnight).toNanos();
        try (Scene scene = Scene.of(test.getDisplayName(), InDoubt.PARK)) {
            Map<String, String> environment = scene.environment(0);
            environment.put("LSQ_LIMIT_DAILY", "10");
            environment.put(
                    "LSQ_LIMIT_DAILY_ZONE",
                    QuotaIT.zoneWhoseDayBeginsAt(midnight).getId());
            JavaProcess worker = scene.started(JavaProcess.ofJar(environment));
            scene.queue(0, 15);

            worker.awaitLine(line ->
                    line.contains("No call is made while the day's quota is spent: 10 of 10 calls, until " + midnight));
            await().until(() -> scene.portal.calls().size() == 10);
            worker.awaitLine(line -> line.contains("Calls go on: 0 of the quota of 10 calls"));
            scene.awaitOutcomes();

            assertThat(scene.portal.calls()).hasSize(15);
            assertThat(scene.portal.calls().get(10).arrivalNanos())
                    .isGreaterThan(midnightNanos - TimeUnit.SECONDS.toNanos(1));
            assertThat(worker.lines().stream().filter(line -> line.contains("quota")))
                    .hasSize(2);
        }
    }
}
