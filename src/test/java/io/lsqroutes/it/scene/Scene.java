package io.lsqroutes.it.scene;

import static org.awaitility.Awaitility.await;

import io.lsqroutes.it.network.Checkpoint;
import io.lsqroutes.it.network.Checkpoint.Place;
import io.lsqroutes.it.network.HttpTraffic;
import io.lsqroutes.it.network.KafkaTraffic;
import io.lsqroutes.it.network.Proxy;
import io.lsqroutes.it.scene.Truth.InDoubt;
import io.lsqroutes.sandbox.Broker;
import io.lsqroutes.sandbox.Portal;
import io.lsqroutes.sandbox.PortalOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.jspecify.annotations.Nullable;

/** A broker, a portal that counts, the networks between them and two workers, and the events that were queued. */
public final class Scene implements AutoCloseable {
    public static final int LIMIT = 400;

    private static final Duration ANSWER_TIME = Duration.ofMillis(20);
    private static final int REPLICAS = 2;
    private static final Path LOGS = Path.of("target", "worker-logs");
    private static final Duration QUIET = Duration.ofSeconds(2);

    public final Portal portal;
    public final Topics topics;
    /** Between all workers and the portal. */
    public final Proxy portalNetwork;

    private final String name;
    private final InDoubt policy;
    private final List<Proxy> kafkaNetworks = new ArrayList<>();
    private final List<JavaProcess> workers = new CopyOnWriteArrayList<>();
    private final Set<String> ids = new LinkedHashSet<>();
    private final Set<String> unjudged = new HashSet<>();
    private final @Nullable Broker broker;
    private final @Nullable BrokerProcess brokerProcess;
    private final String bootstrapServers;
    private Duration patience = Duration.ofMinutes(2);
    private int maxInFlight = 8;

    private Scene(String name, InDoubt policy, PortalOptions options, @Nullable Path brokerData) throws IOException {
        this.name = name;
        this.policy = policy;
        Map<Integer, Integer> advertisedByPort = new HashMap<>();
        for (int i = 0; i < REPLICAS; i++) {
            Proxy network = new Proxy(Broker.freePort(), new KafkaTraffic());
            kafkaNetworks.add(network);
            advertisedByPort.put(network.target(), network.port());
        }
        if (brokerData == null) {
            broker = Broker.startWithWaysIn(advertisedByPort);
            brokerProcess = null;
            bootstrapServers = broker.bootstrapServers();
        } else {
            broker = null;
            brokerProcess = new BrokerProcess(brokerData, advertisedByPort);
            bootstrapServers = brokerProcess.bootstrapServers();
        }
        portal = Portal.start(options.limit(LIMIT, Duration.ofSeconds(1)));
        portalNetwork = new Proxy(portal.port(), new HttpTraffic());
        topics = new Topics(bootstrapServers);
    }

    /** With the broker in this JVM. */
    public static Scene of(String name, InDoubt policy) throws IOException {
        return of(name, policy, new PortalOptions().answerTime(ANSWER_TIME));
    }

    /** The same, with a portal of another kind; its limit is that of all scenes. */
    public static Scene of(String name, InDoubt policy, PortalOptions options) throws IOException {
        return new Scene(name, policy, options, null);
    }

    /** With a broker that can be killed. */
    public static Scene withBrokerProcess(String name, InDoubt policy, Path brokerData) throws IOException {
        return new Scene(name, policy, new PortalOptions().answerTime(ANSWER_TIME), brokerData);
    }

    public String bootstrapServers() {
        return bootstrapServers;
    }

    public BrokerProcess brokerProcess() {
        if (brokerProcess == null) {
            throw new IllegalStateException("the broker is in this JVM");
        }
        return brokerProcess;
    }

    /** Between this replica and the broker. */
    public Proxy kafkaNetwork(int replica) {
        return kafkaNetworks.get(replica);
    }

    /** How long nothing may happen before what is missing is called lost. */
    public Scene patience(Duration time) {
        patience = time;
        return this;
    }

    /** How many calls a replica may have out at a time: eight of 20 ms each stay below the limit by themselves. */
    public Scene maxInFlight(int calls) {
        maxInFlight = calls;
        return this;
    }

    /** The settings of this replica, whose way to Kafka and to the portal is through the networks here. */
    public Map<String, String> environment(int replica) {
        Map<String, String> environment = new HashMap<>(portal.environment());
        environment.put("LSQ_HOST", "http://127.0.0.1:" + portalNetwork.port());
        environment.put(
                "LSQ_KAFKA_BOOTSTRAP_SERVERS",
                "127.0.0.1:" + kafkaNetwork(replica).port());
        environment.put("LSQ_KAFKA_SESSION_TIMEOUT", "2s");
        environment.put("LSQ_LIMIT_CALLS", Integer.toString(LIMIT));
        environment.put("LSQ_LIMIT_WINDOW", "1s");
        environment.put("LSQ_MAX_IN_FLIGHT", Integer.toString(maxInFlight));
        // The events of these tests are all single ones, however many: what becomes of a flood, others tell.
        environment.put("LSQ_LANE_SPILL", "0");
        environment.put("LSQ_IN_DOUBT_INTERACTIVE", policy == InDoubt.PARK ? "park" : "resend");
        return environment;
    }

    /** The jar that ships, as this replica. */
    public JavaProcess start(int replica) throws IOException {
        return started(JavaProcess.ofJar(environment(replica)));
    }

    /** It ends with the scene, and what it said is kept. */
    public JavaProcess started(JavaProcess worker) {
        workers.add(worker);
        return worker;
    }

    /** Queues a reset for a person of its own for each number. */
    public void queue(int from, int to) {
        Broker.awaitTopicsAt(bootstrapServers, "reset-requested", "password-results", "password-journal");
        IntStream.range(from, to).mapToObj(i -> "x-" + i).forEach(this::queue);
    }

    /** Queues a reset for {@code ID@example.com}. */
    public void queue(String id) {
        queue(id, "reset-requested", "{\"eventId\":\"" + id + "\",\"emailAddress\":\"" + id + "@example.com\"}");
    }

    public void queue(String id, String topic, String event) {
        ids.add(id);
        topics.send(topic, id, event);
    }

    /** The group no longer hears of this replica, and the replica does not notice: all else that it says gets through. */
    public Checkpoint expel(int replica) {
        return kafkaNetwork(replica)
                .stopAll(
                        Place.BEFORE_THE_SERVER,
                        KafkaTraffic.requests(ApiKeys.HEARTBEAT, ApiKeys.JOIN_GROUP, ApiKeys.SYNC_GROUP));
    }

    /**
     * A poll of this replica fails, once it is the owner: Kafka says that it may not read the campaigns, which are read on
     * however many single events wait.
     */
    public void failPoll(int replica) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            Uuid topic = Objects.requireNonNull(admin.describeTopics(List.of("reset-campaign"))
                            .allTopicNames()
                            .get()
                            .get("reset-campaign"))
                    .topicId();
            kafkaNetwork(replica)
                    .falsify(
                            KafkaTraffic.fetchesOf("leadsquared-password-routes"),
                            KafkaTraffic.fetchError(topic, Errors.TOPIC_AUTHORIZATION_FAILED));
        }
    }

    /** How long a fault lasts is part of the fault; nothing else is waited for by the clock. */
    public static void pass(Duration time) {
        await().pollDelay(time).atMost(time.plusSeconds(1)).until(() -> true);
    }

    /** The same, where the portal cannot tell whose call it is: its claims are not judged. */
    public void queueUnjudged(String id, String topic, String event) {
        unjudged.add(id);
        topics.send(topic, id, event);
    }

    public void awaitCalls(int count) {
        await().atMost(Duration.ofMinutes(2)).until(() -> portal.calls().size() >= count);
    }

    /** Waits until the portal has had so many calls, or so many events their outcome. */
    public void awaitProgress(int count) {
        await().atMost(Duration.ofMinutes(2))
                .until(() -> Math.max(portal.calls().size(), topics.records().size()) >= count);
    }

    public void awaitOutcomes() {
        topics.awaitOutcomes(ids.size() + unjudged.size(), Duration.ofMinutes(1));
    }

    /** What came of it, once every event has its outcome or nothing more comes. */
    public Truth truth() {
        Progress progress = new Progress();
        await().atMost(Duration.ofMinutes(15)).until(() -> progress.isOver());
        List<ConsumerRecord<byte[], byte[]>> judged = topics.records().stream()
                .filter(outcome -> !unjudged.contains(new String(outcome.key(), StandardCharsets.UTF_8)))
                .toList();
        Truth truth = new Truth(ids, judged, portal, LIMIT, policy);
        System.out.println(name + ": " + truth);
        return truth;
    }

    /** Whatever comes twice has come by the time that nothing more comes for a while. */
    private final class Progress {
        private int outcomes = -1;
        private long since = System.nanoTime();

        boolean isOver() {
            int now = topics.records().size();
            if (now != outcomes) {
                outcomes = now;
                since = System.nanoTime();
            }
            Duration quiet = Duration.ofNanos(System.nanoTime() - since);
            return quiet.compareTo(now < ids.size() ? patience : QUIET) > 0;
        }
    }

    @Override
    public void close() throws IOException {
        workers.forEach(JavaProcess::close);
        Files.createDirectories(LOGS);
        for (int i = 0; i < workers.size(); i++) {
            Files.write(
                    LOGS.resolve(name.replaceAll("[^A-Za-z0-9]+", "-") + '-' + i + ".log"),
                    workers.get(i).lines());
        }
        topics.close();
        portalNetwork.close();
        kafkaNetworks.forEach(Proxy::close);
        portal.close();
        if (broker != null) {
            broker.close();
        }
        if (brokerProcess != null) {
            brokerProcess.close();
        }
    }
}
