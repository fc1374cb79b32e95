package io.lsqroutes.kafka;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What session time-outs the brokers take from the members of a group. */
public final class BrokerSessions {
    private static final Logger LOG = LoggerFactory.getLogger(BrokerSessions.class);
    private static final String LEAST = "group.min.session.timeout.ms";
    private static final String MOST = "group.max.session.timeout.ms";

    private final KafkaConnection connection;

    public BrokerSessions(KafkaConnection connection) {
        this.connection = connection;
    }

    /** The range, as the end of a sentence that names the setting; without numbers where the brokers do not tell them. */
    public String range() {
        try (Admin admin = Admin.create(connection.clientSettings())) {
            int broker = admin.describeCluster()
                    .controller()
                    .get(5, TimeUnit.SECONDS)
                    .id();
            ConfigResource resource = new ConfigResource(ConfigResource.Type.BROKER, Integer.toString(broker));
            Map<ConfigResource, Config> told =
                    admin.describeConfigs(List.of(resource)).all().get(5, TimeUnit.SECONDS);
            Config config = Objects.requireNonNull(told.get(resource));
            return ": its brokers take " + config.get(LEAST).value() + " to "
                    + config.get(MOST).value() + " ms (" + LEAST + ", " + MOST + ")";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            LOG.debug("The brokers do not tell their settings", e);
        }
        return ": its brokers' range is " + LEAST + " to " + MOST;
    }
}
