package io.lsqroutes.settings;

import io.lsqroutes.kafka.KafkaConnection;
import io.lsqroutes.kafka.KafkaNames;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Reads the settings that say how Kafka is reached, and tries them out. */
final class KafkaSettings {
    private KafkaSettings() {}

    static KafkaConnection read(SettingsReader reader, UnaryOperator<String> values) {
        int before = reader.problems().size();
        Map<String, String> own = own(reader, values);
        KafkaConnection kafka = new KafkaConnection(
                reader.servers("lsq.kafka.bootstrap-servers"),
                reader.text("lsq.kafka.group", "the name of the consumer group"),
                reader.duration("lsq.kafka.session-timeout", Duration.ofSeconds(1), Duration.ofMinutes(30)),
                own);
        if (reader.problems().size() == before) {
            tryOut(kafka, reader);
        }
        return kafka;
    }

    /** The settings that the installation gives under Kafka's own names. */
    private static Map<String, String> own(SettingsReader reader, UnaryOperator<String> values) {
        Map<String, String> own = new HashMap<>();
        for (String name : KafkaConnection.securitySettings()) {
            String value = values.apply("lsq.kafka." + name);
            if (!value.isBlank()) {
                own.put(name, value);
            }
        }
        for (String name : KafkaNames.all()) {
            String key = SettingsSource.CLIENT + name;
            String value = values.apply(key).trim();
            String keptFor = KafkaNames.keptFor(name);
            if (!value.isEmpty() && keptFor != null) {
                reader.problem(key, "may not be set: " + keptFor);
            } else if (!value.isEmpty()) {
                own.put(name, value);
            }
        }
        own.put(
                "security.protocol",
                reader.oneOf("lsq.kafka.security-protocol", List.of("PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL")));
        return own;
    }

    private static void tryOut(KafkaConnection kafka, SettingsReader reader) {
        Set<String> security = KafkaConnection.securitySettings();
        KafkaTrial.problems(kafka).forEach((name, what) -> {
            String key = (security.contains(name) ? "lsq.kafka." : SettingsSource.CLIENT) + name;
            reader.problem(key, what);
        });
    }
}
