package io.lsqroutes.sandbox;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/** A real Kafka broker (KRaft, one node) inside this JVM, on loopback, with its data in a directory of its own. */
public final class Broker implements AutoCloseable {
    /** Below those that systems give to outgoing connections, or one of these may take it before its server does. */
    private static final int FIRST_PORT = 20_000;

    private static final int PORTS = 12_000;
    private static final Set<Integer> HANDED_OUT = ConcurrentHashMap.newKeySet();

    private final KafkaRaftServer server;
    private final int port;
    private final Path data;

    private Broker(KafkaRaftServer server, int port, Path data) {
        this.server = server;
        this.port = port;
        this.data = data;
    }

    /** A broker on a free port, whose data goes with it. */
    public static Broker start() {
        return start(Map.of());
    }

    /** The same with access control: everything is allowed until something is forbidden. */
    public static Broker startWithAccessControl() {
        return start(Map.of(
                "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
                "allow.everyone.if.no.acl.found", "true"));
    }

    /** The same, for members of groups whose session lasts so long. */
    public static Broker startWithSessionsOfAtLeast(Duration time) {
        return start(Map.of("group.min.session.timeout.ms", Long.toString(time.toMillis())));
    }

    /** The same with more ways in: each port listens, too, and tells its clients to come by another one. */
    public static Broker startWithWaysIn(Map<Integer, Integer> advertisedByPort) {
        return start(Map.of(), advertisedByPort);
    }

    /** The same with one more way in, at this port, for those who log in; they have to do so again every two seconds. */
    public static Broker startWithLogin(int port) {
        return startWithListeners(
                List.of(new Listener(
                        port,
                        "SASL_PLAINTEXT",
                        Map.of("scram-sha-256." + JAAS, SCRAM, "scram-sha-256.connections.max.reauth.ms", "2000"))),
                Map.of("sasl.enabled.mechanisms", "SCRAM-SHA-256"));
    }

    /** The login of SCRAM users, whom an admin client makes. */
    public static final String SCRAM = "org.apache.kafka.common.security.scram.ScramLoginModule required;";

    /** A listener's setting of a mechanism's login. */
    public static final String JAAS = "sasl.jaas.config";

    /**
     * One more way in.
     *
     * @param protocol Kafka's security protocol there
     * @param settings its own ones, named as for a broker with one listener
     */
    public record Listener(int port, String protocol, Map<String, String> settings) {}

    /** The same with more ways in, and with further settings. */
    public static Broker startWithListeners(List<Listener> listeners, Map<String, String> settings) {
        Map<String, String> extra = new HashMap<>(settings);
        Map<Integer, Integer> ports = new HashMap<>();
        StringBuilder protocols = new StringBuilder("PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        for (Listener listener : listeners) {
            String name = "VIA" + listener.port();
            ports.put(listener.port(), listener.port());
            protocols.append(',').append(name).append(':').append(listener.protocol());
            listener.settings()
                    .forEach((key, value) ->
                            extra.put("listener.name." + name.toLowerCase(Locale.ROOT) + '.' + key, value));
        }
        extra.put("listener.security.protocol.map", protocols.toString());
        return start(extra, ports);
    }

    /** Settings of a broker where only what an ACL allows is allowed; who comes by the plain listener may do all. */
    public static Map<String, String> accessByAclAlone() {
        return Map.of(
                "authorizer.class.name",
                "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
                "super.users",
                "User:ANONYMOUS");
    }

    private static Broker start(Map<String, String> extra) {
        return start(extra, Map.of());
    }

    private static Broker start(Map<String, String> extra, Map<Integer, Integer> advertisedByPort) {
        try {
            return start(freePort(), Files.createTempDirectory("sandbox-kafka"), extra, advertisedByPort);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Broker start(int port, Path data, Map<Integer, Integer> advertisedByPort) {
        return start(port, data, Map.of(), advertisedByPort);
    }

    private static Broker start(
            int port, Path data, Map<String, String> extra, Map<Integer, Integer> advertisedByPort) {
        try {
            Map<String, String> settings = settings(port, freePort(), data, advertisedByPort);
            settings.putAll(extra);
            KafkaConfig config = new KafkaConfig(settings, false);
            format(data);
            KafkaRaftServer server = new KafkaRaftServer(config, Time.SYSTEM);
            server.startup();
            return new Broker(server, port, data);
        } catch (Exception e) {
            throw new IllegalStateException("The sandbox's Kafka broker does not start", e);
        }
    }

    private static Map<String, String> settings(
            int port, int controllerPort, Path data, Map<Integer, Integer> advertisedByPort) {
        StringBuilder listeners = new StringBuilder("PLAINTEXT://127.0.0.1:" + port);
        StringBuilder advertised = new StringBuilder(listeners);
        StringBuilder protocols = new StringBuilder("PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        advertisedByPort.forEach((own, toClients) -> {
            listeners.append(",VIA").append(own).append("://127.0.0.1:").append(own);
            advertised.append(",VIA").append(own).append("://127.0.0.1:").append(toClients);
            protocols.append(",VIA").append(own).append(":PLAINTEXT");
        });
        Map<String, String> settings = new HashMap<>();
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", "1");
        settings.put("listeners", listeners + ",CONTROLLER://127.0.0.1:" + controllerPort);
        settings.put("advertised.listeners", advertised.toString());
        settings.put("controller.listener.names", "CONTROLLER");
        settings.put("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
        settings.put("listener.security.protocol.map", protocols.toString());
        settings.put("inter.broker.listener.name", "PLAINTEXT");
        settings.put("log.dirs", data.toString());
        settings.put("offsets.topic.replication.factor", "1");
        settings.put("offsets.topic.num.partitions", "1");
        settings.put("transaction.state.log.replication.factor", "1");
        settings.put("transaction.state.log.num.partitions", "1");
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("share.coordinator.state.topic.replication.factor", "1");
        settings.put("share.coordinator.state.topic.min.isr", "1");
        settings.put("group.initial.rebalance.delay.ms", "0");
        settings.put("group.min.session.timeout.ms", "1000");
        settings.put("auto.create.topics.enable", "false");
        settings.put("log.cleaner.dedupe.buffer.size", Integer.toString(4 << 20));
        settings.put("num.network.threads", "1");
        settings.put("num.io.threads", "2");
        settings.put("background.threads", "2");
        return settings;
    }

    /** Once: started on its data again, it is the same broker. */
    private static void format(Path data) throws Exception {
        if (Files.exists(data.resolve("meta.properties"))) {
            return;
        }
        try (PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            new Formatter()
                    .setPrintStream(nowhere)
                    .setNodeId(1)
                    .setClusterId(Uuid.randomUuid().toString())
                    .addDirectory(data.toString())
                    .setMetadataLogDirectory(data.toString())
                    .setControllerListenerName("CONTROLLER")
                    .setIgnoreFormatted(true)
                    .run();
        }
    }

    public static int freePort() {
        for (int tries = 0; tries < PORTS; tries++) {
            int port = FIRST_PORT + ThreadLocalRandom.current().nextInt(PORTS);
            if (isFree(port) && HANDED_OUT.add(port)) {
                return port;
            }
        }
        throw new IllegalStateException("no port is free");
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    /** Waits until these topics can be written to: a producer that comes before them may lose count of its records. */
    public void awaitTopics(String... names) {
        awaitTopicsAt(bootstrapServers(), names);
    }

    /** The same, of a broker that may be another process. */
    public static void awaitTopicsAt(String bootstrapServers, String... names) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            await().atMost(Duration.ofMinutes(1)).until(() -> haveLeaders(admin, names));
        }
    }

    private static boolean haveLeaders(Admin admin, String... names) throws InterruptedException {
        try {
            return admin.describeTopics(List.of(names)).allTopicNames().get().values().stream()
                    .flatMap(topic -> topic.partitions().stream())
                    .allMatch(partition -> partition.leader() != null);
        } catch (ExecutionException e) {
            return false;
        }
    }

    void awaitStop() {
        server.awaitShutdown();
    }

    /** Its data stays: started there again, it is the same broker. */
    void stop() {
        server.shutdown();
        server.awaitShutdown();
    }

    @Override
    public void close() {
        stop();
        try (Stream<Path> files = Files.walk(data)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
