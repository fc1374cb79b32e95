package io.lsqroutes.bench;

import io.lsqroutes.budget.CallBudget;
import io.lsqroutes.budget.CallLimits;
import io.lsqroutes.budget.DailyQuota;
import io.lsqroutes.budget.DayCalls;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.ProcessorDefinition;

/** A Camel route that limits the calls in it; like {@code leadsquared-call}, without an error handler. */
final class LimitedRoute implements Limiter {
    private static final String OF_CAMPAIGN = "of-campaign";
    private static final String CALL = "call";
    private static final int MAX_IN_FLIGHT = 8;

    private final CamelContext context = new DefaultCamelContext();
    private final ProducerTemplate route;

    private LimitedRoute(UnaryOperator<ProcessorDefinition<?>> limit) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                limit.apply(from("direct:call").errorHandler(noErrorHandler())).process(LimitedRoute::call);
            }
        });
        context.start();
        route = context.createProducerTemplate();
    }

    private static void call(Exchange exchange) throws Exception {
        exchange.getMessage().setBody(exchange.getProperty(CALL, Callable.class).call());
    }

    /** Camel's Throttle EIP, in the mode it has unless told otherwise: so many requests in all. */
    static Limiter throttle() throws Exception {
        return new LimitedRoute(steps -> steps.throttle(CALLS).timePeriodMillis(WINDOW.toMillis()));
    }

    static Limiter budget() throws Exception {
        CallBudget budget = new CallBudget(
                new CallLimits(CALLS, WINDOW, 0, MAX_IN_FLIGHT, DailyQuota.NONE),
                Duration.ofSeconds(1),
                new DayCalls(DailyQuota.NONE, Clock.systemUTC()),
                exchange -> exchange.getProperty(OF_CAMPAIGN, Boolean.class),
                exchange -> false,
                exchange -> null,
                exchange -> {});
        Limiter route = new LimitedRoute(steps -> steps.policy(budget));
        return new Limiter() {
            @Override
            public boolean make(boolean ofCampaign, Callable<Boolean> call) throws Exception {
                return route.make(ofCampaign, () -> {
                    boolean accepted = call.call();
                    if (!accepted) {
                        budget.rateLimited(Duration.ZERO, 0, Duration.ZERO);
                    }
                    return accepted;
                });
            }

            @Override
            public void close() {
                budget.close();
                route.close();
                budget.end();
            }
        };
    }

    @Override
    public boolean make(boolean ofCampaign, Callable<Boolean> call) throws Exception {
        Exchange made = route.send("direct:call", exchange -> {
            exchange.setProperty(OF_CAMPAIGN, ofCampaign);
            exchange.setProperty(CALL, call);
        });
        if (made.getException() != null) {
            throw made.getException();
        }
        return made.getMessage().getBody(Boolean.class);
    }

    @Override
    public void close() {
        context.stop();
    }
}
