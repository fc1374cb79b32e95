package io.lsqroutes.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lsqroutes.sandbox.Caller;
import io.lsqroutes.sandbox.Portal;
import io.lsqroutes.sandbox.PortalOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One limiter on an account of its own: a campaign that never ends on eight threads, and a call a second that somebody
 * waits for. Whoever is refused asks again after a second.
 */
final class Contest implements Callable<Contest.Score> {
    private static final int CAMPAIGN_THREADS = 8;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /**
     * @param most calls in any window
     * @param used share of the limit
     * @param waits from asking to the answer, shortest first, in milliseconds
     */
    record Score(String name, int calls, int refused, int most, double used, List<Long> waits) {
        long wait(int percent) {
            return waits.get((waits.size() * percent - 1) / 100);
        }
    }

    private final String name;
    private final Callable<Limiter> limit;
    private final Duration time;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch over = new CountDownLatch(1);
    private final AtomicInteger persons = new AtomicInteger();

    Contest(String name, Callable<Limiter> limit, Duration time) {
        this.name = name;
        this.limit = limit;
        this.time = time;
    }

    @Override
    public Score call() throws Exception {
        PortalOptions options =
                new PortalOptions().limit(Limiter.CALLS, Limiter.WINDOW).way(Duration.ofMillis(20));
        try (Portal portal = Portal.start(options);
                Limiter limiter = limit.call()) {
            return score(portal, limiter);
        }
    }

    private Score score(Portal portal, Limiter limiter) throws Exception {
        try {
            Caller caller = new Caller(portal);
            List<Future<?>> campaign = new ArrayList<>();
            for (int i = 0; i < CAMPAIGN_THREADS; i++) {
                campaign.add(threads.submit(() -> campaign(limiter, caller)));
            }
            await().atMost(PATIENCE).until(() -> !portal.calls().isEmpty());
            List<Long> waits = askEverySecond(limiter, caller);
            await().atMost(PATIENCE).until(() -> portal.used(time).isPresent());
            assertThat(campaign).as("what goes on").noneMatch(Future::isDone);
            return new Score(
                    name,
                    portal.calls().size(),
                    portal.refused(),
                    portal.mostCallsInAnyWindow(),
                    portal.used(time).orElseThrow(),
                    waits);
        } finally {
            over.countDown();
            threads.shutdownNow();
        }
    }

    private @Nullable Void campaign(Limiter limiter, Caller caller) throws Exception {
        while (over.getCount() > 0) {
            untilAccepted(limiter, caller, true);
        }
        return null;
    }

    private List<Long> askEverySecond(Limiter limiter, Caller caller)
            throws InterruptedException, ExecutionException, TimeoutException {
        List<Future<Long>> asked = new ArrayList<>();
        for (int i = 0; i < time.toSeconds(); i++) {
            asked.add(threads.submit(() -> ask(limiter, caller)));
            over.await(1, TimeUnit.SECONDS);
        }
        List<Long> waits = new ArrayList<>();
        for (Future<Long> answer : asked) {
            waits.add(answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
        }
        return waits.stream().sorted().toList();
    }

    private long ask(Limiter limiter, Caller caller) throws Exception {
        long since = System.nanoTime();
        untilAccepted(limiter, caller, false);
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - since);
    }

    private void untilAccepted(Limiter limiter, Caller caller, boolean ofCampaign) throws Exception {
        String address = "person-" + persons.incrementAndGet() + "@example.com";
        while (!limiter.make(ofCampaign, () -> caller.reset(address))) {
            over.await(1, TimeUnit.SECONDS);
        }
    }
}
