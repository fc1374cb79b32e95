package io.lsqroutes;

import static org.assertj.core.api.Assertions.assertThat;

import io.lsqroutes.attempt.Delivery;
import io.lsqroutes.attempt.FailedAttempt;
import io.lsqroutes.attempt.Pauses;
import io.lsqroutes.attempt.Retries;
import io.lsqroutes.budget.CallBudget;
import io.lsqroutes.budget.DayCalls.QuotaClaim;
import io.lsqroutes.event.Outcome;
import io.lsqroutes.event.Progress;
import io.lsqroutes.event.RecordPosition;
import io.lsqroutes.event.ResetRequested;
import io.lsqroutes.journal.JournalEntry;
import io.lsqroutes.ledger.Admission;
import io.lsqroutes.sandbox.Portal;
import io.lsqroutes.sandbox.PortalCall;
import io.lsqroutes.sandbox.PortalOptions;
import io.lsqroutes.settings.InvalidSettings;
import io.lsqroutes.settings.KeyFiles;
import io.lsqroutes.settings.Settings;
import io.lsqroutes.settings.SettingsSource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.apache.camel.Body;
import org.apache.camel.CamelConfiguration;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Processor;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.component.stub.StubComponent;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.main.MainConfigurationProperties;
import org.apache.camel.test.junit5.TestExecutionConfiguration;
import org.apache.camel.test.main.junit5.CamelMainTestSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;

/** Runs the shipped routes unchanged: Kafka is an in-memory stub, LeadSquared is the sandbox portal on a real socket. */
@Tag("routes")
abstract class RouteTestSupport extends CamelMainTestSupport {
    private static final AtomicLong OFFSETS = new AtomicLong();
    private static final AtomicLong CONTEXTS = new AtomicLong();

    protected final Portal portal = Portal.start(portalOptions());
    private final RecordedOutcomes ledger = new RecordedOutcomes();

    /** An event that left for the campaign topic, and the key it takes along. */
    protected record Forwarded(
            ResetRequested event, @Nullable String key) {}

    /** Stands in for the ledger, whose work with Kafka is shown by the tests with a real broker. */
    public static final class RecordedOutcomes {
        private final BlockingQueue<Outcome> outcomes = new LinkedBlockingQueue<>();
        private final BlockingQueue<Forwarded> forwarded = new LinkedBlockingQueue<>();
        private final BlockingQueue<RecordPosition> pausing = new LinkedBlockingQueue<>();
        private final BlockingQueue<Progress> answered = new LinkedBlockingQueue<>();
        private final Map<String, Admission> admissions = new ConcurrentHashMap<>();

        public Admission admit(@ExchangeProperty(Delivery.PROPERTY) Delivery delivery) {
            return admissions.getOrDefault(
                    delivery.event().head().eventId(), new Admission(Admission.Kind.GO_ON, Progress.NONE, null));
        }

        public void skip(@ExchangeProperty(Delivery.PROPERTY) Delivery delivery) {
            // Its offset is the real ledger's business.
        }

        public void forward(@ExchangeProperty(Delivery.PROPERTY) Delivery delivery) {
            byte[] key = delivery.recordKey();
            forwarded.add(new Forwarded(
                    (ResetRequested) delivery.event(), key == null ? null : new String(key, StandardCharsets.UTF_8)));
        }

        public void settle(@Body Outcome outcome) {
            outcomes.add(outcome);
        }

        void answered(Delivery delivery) {
            answered.add(delivery.attempts().progress());
        }
    }

    protected PortalOptions portalOptions() {
        return new PortalOptions().limit(0, Duration.ofSeconds(5)).answerTime(Duration.ZERO);
    }

    /** Who is called. */
    protected String host() {
        return portal.baseUrl();
    }

    /** Far shorter than the usual ones, so that no test waits for them. */
    protected Pauses pauses() {
        return new Pauses(Duration.ofMillis(20), Duration.ofMillis(50), Duration.ofMillis(20));
    }

    /** Settings beside those that point to the portal. */
    protected Map<String, String> settings() {
        return Map.of("lsq.limit.calls", "0", "lsq.limit.window", "100ms");
    }

    /** Those of an account whose keys are given, and cannot be fetched. */
    protected static Map<String, String> withGivenKeys(Map<String, String> others) {
        Map<String, String> settings = new HashMap<>(others);
        settings.put("lsq.public.auth-key", PortalOptions.PUBLIC_AUTH_KEY);
        settings.put("lsq.register.token", PortalOptions.REGISTER_TOKEN);
        settings.put("lsq.access-key", "");
        settings.put("lsq.secret-key", "");
        return settings;
    }

    @Override
    protected void configure(MainConfigurationProperties configuration) {
        Settings settings = checkedSettings();
        KeyFiles keyFiles = new KeyFiles(settingsSource(), settings.account(), text -> {});
        configuration.addConfiguration(new BundleConfiguration(settings, keyFiles, code -> {}, pauses()));
        configuration.addConfiguration(new CamelConfiguration() {
            @Override
            public void configure(CamelContext context) {
                // A registry keeps one bean for each type under a name, so the real ledger has to go.
                context.getRegistry().unbind("ledger");
                context.getRegistry().bind("ledger", ledger);
                context.getRegistry().unbind("callIntent");
                context.getRegistry().bind("callIntent", (Processor) exchange ->
                        exchange.getProperty(CallBudget.CLAIM, QuotaClaim.class).count());
                context.getRegistry().unbind("attemptFailed");
                Retries retries = context.getRegistry().lookupByNameAndType("callRetries", Retries.class);
                context.getRegistry()
                        .bind(
                                "attemptFailed",
                                new FailedAttempt(retries, Clock.systemUTC(), ledger.pausing::add, ledger::answered));
            }
        });
    }

    @Override
    public void configureTest(TestExecutionConfiguration test) {
        super.configureTest(test);
        test.withDumpRouteCoverage(true);
    }

    /** Where settings come from that may change while the bundle runs. */
    protected SettingsSource settingsSource() {
        return new SettingsSource(Map.of(), Path.of("no-secrets"));
    }

    private Settings checkedSettings() {
        Map<String, String> all = settingsSource().settings();
        all.put("lsq.host", host());
        all.put("lsq.portal-id", PortalOptions.PORTAL_ID);
        all.put("lsq.access-key", PortalOptions.ACCESS_KEY);
        all.put("lsq.secret-key", PortalOptions.SECRET_KEY);
        all.putAll(settings());
        try {
            return Settings.read(key -> all.getOrDefault(key, ""));
        } catch (InvalidSettings e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    protected CamelContext createCamelContext() throws Exception {
        Properties settings = new Properties();
        settings.setProperty("lsq.host", host());
        // Classes run side by side, and JMX tells contexts apart by their names.
        settings.setProperty("camel.main.name", "routes-" + CONTEXTS.incrementAndGet());
        camelContextConfiguration().withUseOverridePropertiesWithPropertiesComponent(settings);

        CamelContext context = super.createCamelContext();
        context.removeComponent("kafka");
        context.addComponent("kafka", new StubComponent());
        return context;
    }

    @AfterEach
    void closePortal() {
        portal.close();
    }

    protected void send(String topic, @Nullable String event) {
        send(topic, event, Map.of());
    }

    /** Hands a record to the intake as camel-kafka would, with these record headers. */
    protected void send(String topic, @Nullable String event, Map<String, Object> headers) {
        Endpoint intake = context().getRoute("event-intake").getEndpoint();
        template().send(intake, exchange -> {
            exchange.getMessage().setBody(event == null ? null : event.getBytes(StandardCharsets.UTF_8));
            exchange.getMessage().setHeaders(new HashMap<>(headers));
            exchange.getMessage().setHeader(KafkaConstants.TOPIC, topic);
            exchange.getMessage().setHeader(KafkaConstants.PARTITION, 0);
            exchange.getMessage().setHeader(KafkaConstants.OFFSET, OFFSETS.getAndIncrement());
            exchange.getMessage()
                    .setHeader(
                            KafkaConstants.TIMESTAMP,
                            headers.getOrDefault(KafkaConstants.TIMESTAMP, System.currentTimeMillis()));
            exchange.getMessage().setHeader(KafkaConstants.KEY, "some-key".getBytes(StandardCharsets.UTF_8));
        });
    }

    /** Whether the health check says that calls are suspended. */
    protected boolean lineStands() {
        return troubles().contains("suspended");
    }

    /** What the health checks that are down say. */
    protected String troubles() {
        return HealthCheckHelper.invokeReadiness(context()).stream()
                .filter(result -> result.getState() == HealthCheck.State.DOWN)
                .map(result -> result.getMessage().orElse(""))
                .collect(Collectors.joining("; "));
    }

    /** Those that nobody has taken yet. */
    protected List<Outcome> outcomes() {
        return List.copyOf(ledger.outcomes);
    }

    /** What the journal was told of answers that another attempt follows. */
    protected List<Progress> answered() {
        return List.copyOf(ledger.answered);
    }

    /** The records whose events have waited for another attempt. */
    protected List<RecordPosition> pausing() {
        return List.copyOf(ledger.pausing);
    }

    /** What the journal says to the event with this id. */
    protected void admit(String eventId, Admission.Kind kind, JournalEntry original) {
        ledger.admissions.put(eventId, new Admission(kind, original.progress(), original));
    }

    protected Outcome outcome() throws InterruptedException {
        Outcome outcome = ledger.outcomes.poll(20, TimeUnit.SECONDS);
        assertThat(outcome).as("an outcome").isNotNull();
        return outcome;
    }

    protected Forwarded forwarded() throws InterruptedException {
        Forwarded forwarded = ledger.forwarded.poll(20, TimeUnit.SECONDS);
        assertThat(forwarded).as("a forwarded event").isNotNull();
        return forwarded;
    }

    protected List<PortalCall> calls(String path) {
        return portal.calls().stream()
                .filter(call -> call.endpoint().equals(path))
                .toList();
    }
}
