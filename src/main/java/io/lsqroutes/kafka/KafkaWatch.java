package io.lsqroutes.kafka;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.jspecify.annotations.Nullable;

/**
 * Asks Kafka for a sign of life, by owner and standby alike, so that its silence is noticed within five seconds even where
 * no event comes. A thread of its own asks; safe for use by several threads.
 */
public final class KafkaWatch implements AutoCloseable {
    /** What the bundle does while Kafka is away, and what its operator can do. */
    public static final String ADVICE =
            "No event is read and no new call is made meanwhile; nothing is lost, and work goes"
                    + " on by itself. Check the brokers, the network, and the settings lsq.kafka.*.";

    private static final Duration PAUSE = Duration.ofMillis(1_500);
    /** Kafka may lock out who fails too often. */
    private static final Duration PAUSE_AFTER_REJECTION = Duration.ofSeconds(5);

    private static final int LONGEST_ANSWER_MILLIS = 2_500;

    private final KafkaConnection connection;
    private @Nullable Thread thread;
    private volatile @Nullable String problem;

    /** Nothing is asked yet. */
    public KafkaWatch(KafkaConnection connection) {
        this.connection = connection;
    }

    /** Why Kafka cannot be used, with its address; null while it answers. */
    public @Nullable String problem() {
        return problem;
    }

    /** Begins to ask, once. */
    public synchronized void start() {
        if (thread == null) {
            thread = new Thread(this::run, "leadsquared-kafka-watch");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void run() {
        try {
            while (true) {
                try (Admin kafka = admin()) {
                    askUntilRejected(kafka);
                } catch (KafkaException e) {
                    problem = at(noClient(e));
                }
                Thread.sleep(PAUSE_AFTER_REJECTION.toMillis());
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private Admin admin() {
        Map<String, Object> settings = connection.clientSettings();
        connection.putOwn(settings, AdminClientConfig.configNames());
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, LONGEST_ANSWER_MILLIS);
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, LONGEST_ANSWER_MILLIS);
        // That Kafka is back is noticed as quickly as that it is away.
        settings.put(AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000);
        return Admin.create(settings);
    }

    /** Returns once the login is rejected: such a client repeats that for a while, whatever the broker answers since. */
    private void askUntilRejected(Admin kafka) throws InterruptedException {
        while (true) {
            try {
                kafka.describeCluster().nodes().get(LONGEST_ANSWER_MILLIS + 1_000, TimeUnit.MILLISECONDS);
                problem = null;
            } catch (ExecutionException e) {
                if (e.getCause() instanceof AuthenticationException rejected) {
                    problem = at(rejection(rejected));
                    return;
                }
                problem = at("does not answer");
            } catch (TimeoutException e) {
                problem = at("does not answer");
            }
            Thread.sleep(PAUSE.toMillis());
        }
    }

    private String at(String what) {
        return "Kafka at " + connection.bootstrapServers() + " " + what;
    }

    private static String rejection(AuthenticationException rejected) {
        if (rejected instanceof SslAuthenticationException) {
            return "cannot be trusted, or does not trust this client: TLS fails (" + deepest(rejected)
                    + "); lsq.kafka.ssl.truststore.* must hold the CA of the brokers";
        }
        return "refuses the login: " + rejected.getMessage()
                + "; lsq.kafka.sasl.* must name a user, password and mechanism that Kafka knows";
    }

    private static String noClient(KafkaException failure) {
        // Kafka's own words quote what a setting holds.
        boolean unresolved = failure.getCause() instanceof ConfigException
                && String.valueOf(failure.getCause().getMessage()).contains("No resolvable bootstrap urls");
        return unresolved
                ? "cannot be found: no host of lsq.kafka.bootstrap-servers has an address"
                : "cannot be asked: Kafka's client refuses the settings lsq.kafka.ssl.* or lsq.kafka.sasl.*";
    }

    private static String deepest(Throwable failure) {
        Throwable deepest = failure;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        return String.valueOf(deepest.getMessage());
    }

    @Override
    public synchronized void close() {
        if (thread != null) {
            thread.interrupt();
        }
    }
}
