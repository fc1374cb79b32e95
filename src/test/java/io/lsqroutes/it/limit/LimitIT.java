package io.lsqroutes.it.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lsqroutes.bench.Figures;
import io.lsqroutes.it.scene.SaturatedBundle;
import io.lsqroutes.sandbox.Portal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** The whole bundle and a campaign that does not end: never above the limit, and next to nothing of it unused. */
@Tag("timed")
@Isolated("four bundles work at once, and are to use all of their limits")
class LimitIT {
    @Test
    void keepsTheLimitAndUsesIt() throws Exception {
        watch(Duration.ofSeconds(30), 0.85);
    }

    @Test
    @Tag("bench")
    void keepsTheLimitAndUsesItToTheEnd() throws Exception {
        watch(Duration.ofSeconds(150), 0.95);
    }

    private static void watch(Duration time, double leastUsed) throws Exception {
        try (SaturatedBundle sliding = SaturatedBundle.slidingWindows(time);
                SaturatedBundle fixed = SaturatedBundle.fixedWindows(time);
                SaturatedBundle small = SaturatedBundle.smallLimit(time);
                SaturatedBundle troubled = SaturatedBundle.withTrouble(time)) {
            List<SaturatedBundle> bundles = List.of(sliding, fixed, small, troubled);
            await().atMost(time.plusMinutes(1))
                    .until(() -> bundles.stream().map(SaturatedBundle::goOn).reduce(true, Boolean::logicalAnd));

            publish(time, bundles);
            for (SaturatedBundle bundle : bundles) {
                assertThat(bundle.portal.refused()).as(bundle.name).isZero();
                assertThat(bundle.portal.mostCallsInAnyWindow()).as(bundle.name).isLessThanOrEqualTo(bundle.limit);
                assertThat(bundle.used()).as(bundle.name).isBetween(bundle.limit < 25 ? 0.85 : leastUsed, 1.01);
                assertThat(bundle.waiting())
                        .as("%s: saturated to the end", bundle.name)
                        .isPositive();
                assertThat(bundle.outcomes())
                        .as(bundle.name)
                        .allMatch(outcome -> outcome.path("status").asText().equals("SUCCEEDED"));
            }
            assertThat(troubled.calls(call -> call.status() == 500)).isGreaterThanOrEqualTo(5);
            assertThat(troubled.calls(call -> call.endpoint().equals(Portal.SIGN_IN)))
                    .as("sign-ins for %d changes", troubled.changes())
                    .isGreaterThanOrEqualTo(3);
        }
    }

    private static void publish(Duration time, List<SaturatedBundle> bundles) {
        Figures table = new Figures(
                "saturated",
                "%d s of a saturating campaign through a broker".formatted(time.toSeconds()),
                "most calls in any 5 s",
                "refused",
                "limit used");
        for (SaturatedBundle bundle : bundles) {
            table.row(
                    bundle.name,
                    bundle.portal.mostCallsInAnyWindow(),
                    bundle.portal.refused() + " of " + bundle.portal.calls().size(),
                    "%.1f %%".formatted(100 * bundle.used()));
        }
        table.publish();
    }
}
