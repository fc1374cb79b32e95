package io.lsqroutes.leadsquared.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.AsyncCallback;
import org.apache.camel.AsyncProducer;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.AsyncProcessorSupport;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

class OneAtATimeTest {

    /** What is inside: it ends when the test says so. */
    private static final class Inside extends AsyncProcessorSupport {
        private final List<Exchange> came = new CopyOnWriteArrayList<>();
        private final List<Thread> threads = new CopyOnWriteArrayList<>();
        private final List<AsyncCallback> ends = new CopyOnWriteArrayList<>();

        @Override
        public boolean process(Exchange exchange, AsyncCallback callback) {
            threads.add(Thread.currentThread());
            ends.add(callback);
            came.add(exchange);
            return false;
        }
    }

    @Test
    void theNextGoesOnWhenTheOneBeforeLeaves_onAnotherThread() throws Exception {
        Inside inside = new Inside();
        List<Exchange> exchanges = new ArrayList<>();
        List<Exchange> left = new CopyOnWriteArrayList<>();
        try (OneAtATime one = new OneAtATime();
                DefaultCamelContext context = new DefaultCamelContext()) {
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:one")
                            .errorHandler(noErrorHandler())
                            .policy(one)
                            .process(inside);
                }
            });
            context.start();
            AsyncProducer route = context.getEndpoint("direct:one").createAsyncProducer();
            route.start();
            for (int i = 0; i < 3; i++) {
                Exchange exchange = new DefaultExchange(context);
                exchanges.add(exchange);
                route.process(exchange, doneSync -> left.add(exchange));
            }
            assertThat(inside.came).containsExactly(exchanges.get(0));

            for (int i = 0; i < 3; i++) {
                int arrived = i + 1;
                await().until(() -> inside.came.size() == arrived);
                assertThat(left).hasSize(i);
                inside.ends.get(i).done(false);
            }

            await().until(() -> left.size() == 3);
            assertThat(left).isEqualTo(exchanges);
            assertThat(inside.threads.subList(1, 3)).doesNotContain(Thread.currentThread());
        }
    }
}
