package io.lsqroutes.bench;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.BlockingBucket;
import io.github.bucket4j.Bucket;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import java.time.Duration;

/** Limiters of libraries, each set up as its documentation shows. */
final class Libraries {
    private Libraries() {}

    static Limiter resilience4j() {
        RateLimiter limiter = RateLimiter.of(
                "portal",
                RateLimiterConfig.custom()
                        .limitForPeriod(Limiter.CALLS)
                        .limitRefreshPeriod(Limiter.WINDOW)
                        .timeoutDuration(Duration.ofHours(1))
                        .build());
        return (campaign, call) -> limiter.executeCallable(call);
    }

    static Limiter bucket4jGreedy() {
        return bucket(Bandwidth.builder()
                .capacity(Limiter.CALLS)
                .refillGreedy(Limiter.CALLS, Limiter.WINDOW)
                .build());
    }

    static Limiter bucket4jIntervally() {
        return bucket(Bandwidth.builder()
                .capacity(Limiter.CALLS)
                .refillIntervally(Limiter.CALLS, Limiter.WINDOW)
                .build());
    }

    /** One at a time, evenly, with a margin: 24 in a window. */
    static Limiter bucket4jPaced() {
        return bucket(Bandwidth.builder()
                .capacity(1)
                .refillGreedy(Limiter.CALLS - 1, Limiter.WINDOW)
                .build());
    }

    private static Limiter bucket(Bandwidth bandwidth) {
        BlockingBucket bucket = Bucket.builder().addLimit(bandwidth).build().asBlocking();
        return (campaign, call) -> {
            bucket.consume(1);
            return call.call();
        };
    }
}
