package io.lsqroutes.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;

/**
 * How the bundle reaches Kafka.
 *
 * @param own the settings that the installation gives under Kafka's own names: {@code security.protocol}, {@code ssl.*},
 *     {@code sasl.*}, and any other that is not kept for the bundle
 */
public record KafkaConnection(String bootstrapServers, String group, Duration sessionTimeout, Map<String, String> own) {

    /** The names of Kafka's settings for TLS and SASL. */
    public static Set<String> securitySettings() {
        return AdminClientConfig.configNames().stream()
                .filter(name -> name.startsWith("ssl.") || name.startsWith("sasl."))
                .collect(Collectors.toSet());
    }

    /** What consumer, producer and admin client have in common. */
    public Map<String, Object> clientSettings() {
        Map<String, Object> settings = new HashMap<>();
        settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        // A broker that is away is asked again calmly, not twenty times a second.
        settings.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, 5_000);
        return settings;
    }

    /**
     * Puts the installation's own settings over those of a client.
     *
     * @param known the names that this kind of client knows; it would complain of others
     */
    public void putOwn(Map<String, Object> settings, Set<String> known) {
        own.forEach((name, value) -> {
            if (known.contains(name)) {
                settings.put(name, value);
            }
        });
    }

    @Override
    public String toString() {
        return "KafkaConnection[" + bootstrapServers + "]";
    }
}
