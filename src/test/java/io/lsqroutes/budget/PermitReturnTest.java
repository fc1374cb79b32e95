package io.lsqroutes.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.AsyncCallback;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.Policy;
import org.apache.camel.support.AsyncProcessorSupport;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One call at a time: a permit that came back twice would let two calls out. */
class PermitReturnTest {
    private final DefaultCamelContext context = new DefaultCamelContext();
    private final AtomicInteger endsTold = new AtomicInteger();
    private final Queue<AsyncCallback> inside = new ConcurrentLinkedQueue<>();
    private final CallBudget budget = new CallBudget(
            new CallLimits(0, Duration.ofSeconds(5), 0, 1, DailyQuota.NONE),
            Duration.ofSeconds(1),
            new DayCalls(DailyQuota.NONE, Clock.systemUTC()),
            exchange -> false,
            exchange -> false,
            exchange -> null,
            exchange -> endsTold.incrementAndGet());
    private final Policy policy = budget;
    private final AsyncProcessor calls = (AsyncProcessor) policy.wrap(null, new AsyncProcessorSupport() {
        @Override
        public boolean process(Exchange exchange, AsyncCallback callback) {
            String body = exchange.getMessage().getBody(String.class);
            if (body.equals("hangs")) {
                inside.add(callback);
                return false;
            }
            callback.done(false);
            if (body.equals("ends twice")) {
                callback.done(false);
            }
            return false;
        }
    });

    @AfterEach
    void stop() throws Exception {
        budget.close();
        budget.end();
        context.close();
    }

    private void call(String body, AsyncCallback callback) {
        Exchange exchange = new DefaultExchange(context);
        exchange.getMessage().setBody(body);
        calls.process(exchange, callback);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ends twice", "ends, and what follows fails"})
    void aPermitComesBackOnce(String body) {
        AtomicInteger done = new AtomicInteger();
        call(body, doneSync -> {
            done.incrementAndGet();
            if (!body.equals("ends twice")) {
                throw new IllegalStateException("what follows");
            }
        });
        await().until(() -> done.get() > 0);

        call("hangs", doneSync -> {});
        call("hangs", doneSync -> {});
        await().until(() -> !inside.isEmpty());
        await().during(Duration.ofSeconds(1)).atMost(Duration.ofSeconds(30)).until(() -> inside.size() == 1);

        inside.remove().done(false);
        await().until(() -> inside.size() == 1);
        assertThat(done).hasValue(1);
        assertThat(endsTold).hasValue(2);
    }
}
