package io.lsqroutes;

import io.lsqroutes.budget.CallBudget;
import io.lsqroutes.delivery.InFlight;
import io.lsqroutes.delivery.Intake;
import io.lsqroutes.delivery.Lanes;
import io.lsqroutes.delivery.Ledger;
import io.lsqroutes.delivery.Topics;
import io.lsqroutes.delivery.TrackedConsumers;
import io.lsqroutes.event.EventDecoder;
import io.lsqroutes.leadsquared.AccountKeys;
import io.lsqroutes.leadsquared.ApiRequests;
import io.lsqroutes.leadsquared.BoundedCalls;
import io.lsqroutes.leadsquared.Conclusions;
import io.lsqroutes.leadsquared.OneAtATime;
import io.lsqroutes.leadsquared.PermanentTypes;
import io.lsqroutes.leadsquared.Redelivery;
import io.lsqroutes.leadsquared.RequestKeys;
import io.lsqroutes.leadsquared.Requests;
import io.lsqroutes.leadsquared.RetryRules;
import io.lsqroutes.leadsquared.Verdicts;
import java.time.Clock;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.camel.CamelConfiguration;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Registry;
import org.apache.camel.support.LifecycleStrategySupport;

/** Makes every bean the routes name, in the order in which they need each other. */
public class BundleConfiguration implements CamelConfiguration {

    @Override
    public void configure(CamelContext context) throws InvalidSettings {
        Settings settings = Settings.read(
                key -> context.getPropertiesComponent().resolveProperty(key).orElse(""));
        Clock clock = Clock.systemUTC();
        Registry registry = context.getRegistry();

        AccountKeys accountKeys = new AccountKeys(settings.account(), System::nanoTime);
        registry.bind("accountKeys", accountKeys);
        registry.bind("oneKeyFetch", new OneAtATime());
        registry.bind("requests", new Requests());
        registry.bind("apiRequests", new ApiRequests(clock));
        registry.bind("requestKeys", new RequestKeys(settings.account(), accountKeys));
        closed(registry, "boundedCalls", new BoundedCalls(settings.callDeadline()));
        registry.bind("verdicts", new Verdicts(new PermanentTypes(settings.permanentTypes()), accountKeys, clock));
        registry.bind(
                "redelivery",
                new Redelivery(
                        new RetryRules(settings.retryAttempts(), settings.limitWindow()),
                        accountKeys,
                        clock,
                        () -> ThreadLocalRandom.current().nextDouble()));
        registry.bind("conclusions", new Conclusions(accountKeys, clock));

        CallBudget callBudget = new CallBudget(settings.limitCalls(), settings.limitWindow(), settings.maxInFlight());
        registry.bind("callBudget", callBudget);

        InFlight inFlight = new InFlight();
        Ledger ledger = new Ledger(settings.kafka(), settings.topics(), inFlight);
        closed(registry, "ledger", ledger);
        Lanes lanes = new Lanes(context, "direct:event-handling");
        registry.bind("lanes", lanes);
        registry.bind("intake", new Intake(settings.topics(), new EventDecoder(settings.eventRules()), clock));
        Topics topics = new Topics(settings.kafka(), settings.topics(), settings.createTopics());
        TrackedConsumers trackedConsumers =
                new TrackedConsumers(settings.kafka(), settings.topics(), topics, ledger, inFlight);
        registry.bind("trackedConsumers", trackedConsumers);

        context.addLifecycleStrategy(new LifecycleStrategySupport() {
            /** Before Camel waits for what is under way: what waits, waits no longer, and only calls that are out end. */
            @Override
            public void onContextStopping(CamelContext stopping) {
                trackedConsumers.close();
                lanes.close();
                callBudget.close();
            }
        });
    }

    private static void closed(Registry registry, String name, AutoCloseable bean) {
        registry.bind(name, bean, null, "close");
    }
}
