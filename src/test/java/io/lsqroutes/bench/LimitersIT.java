package io.lsqroutes.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.lsqroutes.bench.Contest.Score;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Side by side, so that all meet the same stalls of the machine. */
@Tag("bench")
class LimitersIT {
    private static final Duration TIME = Duration.ofSeconds(Integer.getInteger("bench.seconds", 60));

    @Test
    void theBudgetKeepsTheLimitUsesItAndLetsNobodyWait() throws Exception {
        List<Contest> contests = List.of(
                new Contest("this bundle's budget", LimitedRoute::budget, TIME),
                new Contest("Camel Throttle, 25 in 5 s", LimitedRoute::throttle, TIME),
                new Contest("Bucket4j, capacity 25, greedy refill of 25 in 5 s", Libraries::bucket4jGreedy, TIME),
                new Contest("Bucket4j, the same, refilled at intervals", Libraries::bucket4jIntervally, TIME),
                new Contest("Bucket4j, capacity 1, greedy refill of 24 in 5 s", Libraries::bucket4jPaced, TIME),
                new Contest("Resilience4j RateLimiter, 25 in 5 s", Libraries::resilience4j, TIME));
        List<Score> scores = run(contests);

        Figures table = new Figures(
                "limiters",
                "%d s side by side, 25 calls in 5 s".formatted(TIME.toSeconds()),
                "most calls in any 5 s",
                "refused",
                "limit used",
                "wait of a person, p50",
                "p99");
        for (Score score : scores) {
            table.row(
                    score.name(),
                    score.most(),
                    score.refused() + " of " + score.calls(),
                    "%.1f %%".formatted(100 * score.used()),
                    score.wait(50) + " ms",
                    score.wait(99) + " ms");
        }
        table.publish();
        Score budget = scores.get(0);
        assertThat(budget.refused()).isZero();
        assertThat(budget.most()).isLessThanOrEqualTo(Limiter.CALLS);
        assertThat(budget.used()).isGreaterThanOrEqualTo(0.95);
        assertThat(budget.wait(50)).isLessThan(250);
        assertThat(budget.wait(99)).isLessThan(1_000);
    }

    private static List<Score> run(List<Contest> contests) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(contests.size());
        try {
            List<Score> scores = new ArrayList<>();
            for (Future<Score> score : threads.invokeAll(contests)) {
                scores.add(score.get());
            }
            return scores;
        } finally {
            threads.shutdown();
        }
    }
}
