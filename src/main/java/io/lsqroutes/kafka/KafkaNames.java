package io.lsqroutes.kafka;

import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.jspecify.annotations.Nullable;

/** The names of Kafka's own client settings, and which of them an installation may not set. */
public final class KafkaNames {
    private static final String ONE_OUTCOME = "one outcome for each event hangs on it";
    private static final String ONE_OWNER = "a single owner of the account's calls hangs on it";
    private static final String OFFSETS = "the offsets are committed together with the outcomes";
    private static final String BYTES = "records are read and written as bytes";

    /** Why each of these belongs to the bundle; every other one may be set. */
    private static final Map<String, String> KEPT = Map.ofEntries(
            Map.entry("bootstrap.servers", "lsq.kafka.bootstrap-servers says it"),
            Map.entry("group.id", "lsq.kafka.group says it"),
            Map.entry("session.timeout.ms", "lsq.kafka.session-timeout says it"),
            Map.entry("heartbeat.interval.ms", "it is a tenth of lsq.kafka.session-timeout"),
            Map.entry("security.protocol", "lsq.kafka.security-protocol says it"),
            Map.entry("isolation.level", ONE_OUTCOME),
            Map.entry("enable.idempotence", ONE_OUTCOME),
            Map.entry("acks", ONE_OUTCOME),
            Map.entry("retries", ONE_OUTCOME),
            Map.entry("max.in.flight.requests.per.connection", ONE_OUTCOME),
            Map.entry("transactional.id", "it comes from the journal's name: one writer for each journal"),
            Map.entry("transaction.timeout.ms", ONE_OUTCOME),
            Map.entry("transaction.two.phase.commit.enable", ONE_OUTCOME),
            Map.entry("partitioner.class", "the order of one person's events hangs on it"),
            Map.entry("partitioner.ignore.keys", "the order of one person's events hangs on it"),
            Map.entry("partition.assignment.strategy", ONE_OWNER),
            Map.entry("group.protocol", ONE_OWNER),
            Map.entry("group.remote.assignor", ONE_OWNER),
            Map.entry("group.instance.id", ONE_OWNER),
            Map.entry("enable.auto.commit", OFFSETS),
            Map.entry("auto.commit.interval.ms", OFFSETS),
            Map.entry("auto.offset.reset", "no event may be skipped"),
            Map.entry("max.poll.records", "it bounds what is read ahead"),
            Map.entry("allow.auto.create.topics", "a mistyped topic has to stay an error"),
            Map.entry("interceptor.classes", "an interceptor sees passwords, and may change or drop records"),
            Map.entry("key.deserializer", BYTES),
            Map.entry("value.deserializer", BYTES),
            Map.entry("key.serializer", BYTES),
            Map.entry("value.serializer", BYTES));

    private KafkaNames() {}

    /** Every setting that a consumer, a producer or an admin client knows. */
    public static SortedSet<String> all() {
        SortedSet<String> names = new TreeSet<>(ConsumerConfig.configNames());
        names.addAll(ProducerConfig.configNames());
        names.addAll(AdminClientConfig.configNames());
        return names;
    }

    /** Why an installation may not set it; null where it may. */
    public static @Nullable String keptFor(String name) {
        return name.startsWith("ssl.") || name.startsWith("sasl.") ? "lsq.kafka." + name + " says it" : KEPT.get(name);
    }
}
