package io.lsqroutes.settings;

import io.lsqroutes.kafka.KafkaConnection;
import io.lsqroutes.kafka.TopicReader;
import io.lsqroutes.kafka.TransactionalProducers;
import io.lsqroutes.topics.TopicProvisioning;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.config.ConfigDef;
import org.jspecify.annotations.Nullable;

/**
 * Builds each of Kafka's clients once and closes it, to learn whether Kafka takes the installation's own settings. Needs no
 * network. Kafka's own messages are never passed on, because they quote passwords.
 */
public final class KafkaTrial {
    /** No broker: an address that resolves everywhere, so that a host that is not known yet is no wrong setting. */
    private static final String NOBODY = "127.0.0.1:1";

    private static final Pattern NAME = Pattern.compile("[a-z0-9]+(\\.[a-z0-9]+)+");

    /** What has to fit together: where none is wrong by itself, these may be wrong as a whole. */
    private static final List<String> STORES = List.of("ssl.truststore.", "ssl.key");

    private final KafkaConnection connection;
    private final Map<String, String> own;
    private final SortedMap<String, String> problems = new TreeMap<>();

    private KafkaTrial(KafkaConnection connection) {
        this.connection = connection;
        this.own = new HashMap<>(connection.own());
    }

    /** Builds one kind of client and closes it. */
    private interface Client {
        void build(KafkaConnection connection);
    }

    /** What is wrong with each setting, by Kafka's name for it. */
    public static SortedMap<String, String> problems(KafkaConnection connection) {
        KafkaTrial trial = new KafkaTrial(connection);
        trial.problems.putAll(KafkaLogin.problems(trial.own));
        trial.problems.keySet().forEach(trial.own::remove);
        if (!trial.problems.isEmpty() || KafkaLogin.asksTheNetwork(trial.own)) {
            KafkaLogin.leaveOut(trial.own);
        }
        KafkaTls.problems(trial.own).forEach((name, what) -> {
            trial.problems.put(name, what);
            // The others of its store say nothing without it.
            String store = name.endsWith(".location") ? name.replace("location", "") : name;
            trial.own.keySet().removeIf(other -> other.startsWith(store));
        });
        trial.tryOut(KafkaTrial::admin);
        trial.tryOut(KafkaTrial::consumer);
        trial.tryOut(KafkaTrial::producer);
        return trial.problems;
    }

    private static void admin(KafkaConnection connection) {
        TopicProvisioning.admin(connection).close(Duration.ZERO);
    }

    private static void consumer(KafkaConnection connection) {
        Map<String, Object> settings = Map.of(ConsumerConfig.GROUP_ID_CONFIG, connection.group());
        TopicReader.consumer(connection, IsolationLevel.READ_COMMITTED, settings)
                .close(CloseOptions.timeout(Duration.ZERO));
    }

    private static void producer(KafkaConnection connection) {
        TransactionalProducers.notFencing(connection, "leadsquared-trial").close(Duration.ZERO);
    }

    /** Finds one wrong setting after the other, until what is left is taken. */
    private void tryOut(Client client) {
        for (Exception rejection = build(client, own); rejection != null; rejection = build(client, own)) {
            List<String> wrong = wrong(client, rejection);
            wrong.forEach(name -> problems.put(name, what(name, wrong)));
            if (!own.keySet().removeAll(wrong)) {
                problems.putIfAbsent(
                        "*", "is not taken by Kafka (" + rejection.getClass().getSimpleName() + ")");
                return;
            }
        }
    }

    private @Nullable Exception build(Client client, Map<String, String> settings) {
        try {
            client.build(new KafkaConnection(NOBODY, connection.group(), connection.sessionTimeout(), settings));
            return null;
        } catch (RuntimeException e) {
            return e;
        }
    }

    /** The setting without which the others are taken; else what Kafka names; else the key or trust store as a whole. */
    private List<String> wrong(Client client, Exception rejection) {
        for (String name : new TreeMap<>(own).keySet()) {
            if (!name.equals("security.protocol") && isTakenWithout(client, List.of(name))) {
                return List.of(name);
            }
        }
        for (Throwable cause = rejection; cause != null; cause = cause.getCause()) {
            Matcher words = NAME.matcher(Objects.requireNonNullElse(cause.getMessage(), ""));
            while (words.find()) {
                if (own.containsKey(words.group())) {
                    return List.of(words.group());
                }
            }
        }
        for (String store : STORES) {
            List<String> names = own.keySet().stream()
                    .filter(name -> name.startsWith(store))
                    .sorted()
                    .toList();
            if (!names.isEmpty() && isTakenWithout(client, names)) {
                return names;
            }
        }
        return own.keySet().stream()
                .filter(name -> !name.equals("security.protocol"))
                .sorted()
                .toList();
    }

    private boolean isTakenWithout(Client client, List<String> names) {
        Map<String, String> others = new LinkedHashMap<>(own);
        others.keySet().removeAll(names);
        return build(client, others) == null;
    }

    private String what(String name, List<String> wrong) {
        if (wrong.size() > 1) {
            return "is not taken by Kafka; expected it to fit the other settings of its kind: file, type and password";
        }
        ConfigDef.ConfigKey key = definition(name);
        if (key == null || key.type() == ConfigDef.Type.PASSWORD) {
            return "is not taken by Kafka; expected the right one for the other settings of its kind";
        }
        String range = key.validator == null ? "" : " " + key.validator;
        return "is '" + own.get(name) + "', which Kafka does not take; expected " + words(key.type()) + range;
    }

    private static ConfigDef.@Nullable ConfigKey definition(String name) {
        for (ConfigDef known :
                List.of(ConsumerConfig.configDef(), ProducerConfig.configDef(), AdminClientConfig.configDef())) {
            if (known.configKeys().containsKey(name)) {
                return known.configKeys().get(name);
            }
        }
        return null;
    }

    private static String words(ConfigDef.Type type) {
        return switch (type) {
            case BOOLEAN -> "true or false";
            case INT, SHORT, LONG -> "a whole number that fits the other settings";
            case DOUBLE -> "a number";
            case CLASS -> "a class on the class path";
            case LIST -> "names with commas between that this Java knows";
            default -> "a value that this Java and Kafka know";
        };
    }
}
