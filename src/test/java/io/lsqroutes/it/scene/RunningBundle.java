package io.lsqroutes.it.scene;

import static org.awaitility.Awaitility.await;

import io.lsqroutes.Application;
import io.lsqroutes.sandbox.Broker;
import io.lsqroutes.sandbox.Portal;
import io.lsqroutes.sandbox.PortalOptions;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.main.Main;
import org.jspecify.annotations.Nullable;

/** Broker, portal and bundle in this JVM; the topics are those of the contract. */
public final class RunningBundle implements AutoCloseable {
    public final Broker broker;
    public final Portal portal;
    public final Topics topics;
    private final Main bundle;

    public RunningBundle(PortalOptions options, Map<String, String> settings) throws Exception {
        this(options, settings, null);
    }

    /** The same, with files of secrets. */
    public RunningBundle(PortalOptions options, Map<String, String> settings, @Nullable Path secrets) throws Exception {
        broker = Broker.startWithAccessControl();
        portal = Portal.start(options);
        Map<String, String> environment = new HashMap<>(portal.environment());
        environment.put("LSQ_KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers());
        if (secrets != null) {
            environment.put("LSQ_SECRETS_DIR", secrets.toString());
        }
        environment.putAll(settings);
        bundle = Application.bundle(environment);
        // Several run side by side in one JVM, whose registry of beans has place for one of them.
        bundle.configure().setJmxEnabled(false);
        bundle.start();
        broker.awaitTopics("reset-requested", "reset-campaign", "change-requested", "password-results");
        topics = new Topics(broker.bootstrapServers());
    }

    /** Queues a campaign of resets for {@code many-…}, and waits until it has used a window up. */
    public void saturate(int events) {
        for (int i = 0; i < events; i++) {
            topics.send("reset-campaign", "k-" + i, "{\"emailAddress\":\"many-" + i + "@example.com\"}");
        }
        await().atMost(Duration.ofMinutes(1)).until(() -> portal.calls().size() >= 25);
    }

    /** What the bundle says of itself: the messages of the health checks that are down. */
    public List<String> trouble() {
        return HealthCheckHelper.invokeReadiness(bundle.getCamelContext()).stream()
                .filter(result -> result.getState() == HealthCheck.State.DOWN)
                .map(result -> String.valueOf(result.getMessage().orElse("")))
                .toList();
    }

    public double gauge(String name) {
        MeterRegistry meters = bundle.getCamelContext().getRegistry().findSingleByType(MeterRegistry.class);
        return meters.get(name).gauge().value();
    }

    @Override
    public void close() {
        topics.close();
        bundle.stop();
        portal.close();
        broker.close();
    }
}
