package io.lsqroutes.it.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lsqroutes.bench.Figures;
import io.lsqroutes.it.scene.RunningBundle;
import io.lsqroutes.sandbox.Caller;
import io.lsqroutes.sandbox.Portal;
import io.lsqroutes.sandbox.PortalCall;
import io.lsqroutes.sandbox.PortalOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Another program makes 10 calls in 5 s on an account that may make 25, and no budget knows of them. */
@Tag("timed")
class SharedAccountIT {
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration TEN_SECONDS = Duration.ofSeconds(10);

    /**
     * What became of the calls while it was there, and of ours after it left.
     *
     * @param beside ours accepted in 5 s
     * @param backAfter seconds until 85 % of the limit were used in 10 s; 0 where they never were
     * @param after ours accepted in 5 s of the last 10 s
     */
    private record Sharing(
            long ours, long refused, long theirs, long theirsRefused, double beside, int backAfter, double after) {}

    @Test
    void anotherProgramIsGivenWay() throws Exception {
        Sharing sharing = share(Duration.ofSeconds(15), Duration.ofSeconds(12));

        // A refusal holds ours for 5 s, so there is time for three; another call may be out each time.
        // Which of the two is refused first is chance; only for what is refused to ours can be answered.
        assertThat(sharing.refused()).isLessThanOrEqualTo(6);
        assertThat(sharing.after()).isPositive();
    }

    @Test
    @Tag("bench")
    void anotherProgramIsGivenWayForTwoMinutes_andWhatItLeavesIsTakenAgain() throws Exception {
        Sharing sharing = share(Duration.ofMinutes(2), Duration.ofMinutes(2));

        assertThat(sharing.refused()).isBetween(1L, sharing.ours() * 3 / 100);
        assertThat(sharing.backAfter()).isBetween(1, 120);
    }

    private static Sharing share(Duration beside, Duration after) throws Exception {
        PortalOptions options = new PortalOptions().way(Duration.ofMillis(20));
        try (RunningBundle bundle = new RunningBundle(options, Map.of())) {
            bundle.saturate((int) beside.plus(after).plusSeconds(30).toSeconds() * 5);
            Portal portal = bundle.portal;
            long came = System.nanoTime();
            callBeside(new Caller(portal), beside);
            long left = System.nanoTime();
            await().atMost(after.plusSeconds(5)).until(() -> System.nanoTime() - left > after.toNanos());

            Sharing sharing = sharing(portal, came, left, left + after.toNanos());
            Figures figures = new Figures("shared", "another program makes 10 calls in 5 s of the same 25", "");
            figures.row(
                    "for %d s".formatted(beside.toSeconds()),
                    "refused of ours %d of %d, of its %d of %d; ours in 5 s: %.1f"
                            .formatted(
                                    sharing.refused(),
                                    sharing.ours(),
                                    sharing.theirsRefused(),
                                    sharing.theirs(),
                                    sharing.beside()));
            figures.row(
                    "after it left",
                    "85 %% of the limit used again after %d s; ours in 5 s: %.1f after %d s"
                            .formatted(sharing.backAfter(), sharing.after(), after.toSeconds()));
            figures.publish();
            assertThat(calls(portal, "many-", left + Duration.ofSeconds(5).toNanos(), left + after.toNanos()))
                    .as("ours, once it has left")
                    .noneMatch(PortalCall::refused);
            return sharing;
        }
    }

    private static void callBeside(Caller program, Duration during) throws Exception {
        long began = System.nanoTime();
        for (int i = 0; i < during.dividedBy(PAUSE); i++) {
            long due = began + i * PAUSE.toNanos();
            await().pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(10))
                    .until(() -> System.nanoTime() - due >= 0);
            program.reset("other-" + i + "@example.com");
        }
    }

    private static Sharing sharing(Portal portal, long came, long left, long end) {
        List<PortalCall> ours = calls(portal, "many-", came, left);
        List<PortalCall> theirs = calls(portal, "other-", came, left);
        int backAfter = 0;
        for (int s = 10; backAfter == 0 && left + Duration.ofSeconds(s).toNanos() <= end; s++) {
            long to = left + Duration.ofSeconds(s).toNanos();
            backAfter = perWindow(portal, to - TEN_SECONDS.toNanos(), to) >= 0.85 * 25 ? s : 0;
        }
        return new Sharing(
                ours.size(),
                refused(ours),
                theirs.size(),
                refused(theirs),
                perWindow(portal, came, left),
                backAfter,
                perWindow(portal, end - TEN_SECONDS.toNanos(), end));
    }

    private static List<PortalCall> calls(Portal portal, String person, long from, long to) {
        return portal.calls().stream()
                .filter(call -> call.person().startsWith(person)
                        && call.arrivalNanos() - from >= 0
                        && call.arrivalNanos() - to < 0)
                .toList();
    }

    private static long refused(List<PortalCall> calls) {
        return calls.stream().filter(PortalCall::refused).count();
    }

    private static double perWindow(Portal portal, long from, long to) {
        List<PortalCall> ours = calls(portal, "many-", from, to);
        return (ours.size() - refused(ours)) * 5e9 / (to - from);
    }
}
