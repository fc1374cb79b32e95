package io.lsqroutes.it.outcome;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.lsqroutes.it.scene.JavaProcess;
import io.lsqroutes.it.scene.Persons;
import io.lsqroutes.it.scene.Topics;
import io.lsqroutes.sandbox.Broker;
import io.lsqroutes.sandbox.Portal;
import io.lsqroutes.sandbox.PortalOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How long a journal of many days takes to read, and in how much memory; and that a standby has done so beforehand. */
@Tag("chaos")
@Isolated
class RestoreIT {
    private static final String ID = "7f3a51d8-9a35-4b06-8e4f-%012d";
    private static final int AGAIN = 1_000;
    private static final Pattern READ = Pattern.compile("Read [0-9]+ records of the journal in ([0-9]+) ms");

    @ParameterizedTest
    @CsvSource({"1000000, 600, 128m, 10", "13000000, 16384, 1g, 90"})
    void aLargeJournalIsRead_andAStandbyThatKnowsItTakesOver(int ids, int batchBytes, String heap, int seconds)
            throws Exception {
        try (Broker broker = Broker.start();
                Portal portal = Portal.start(
                        new PortalOptions().limit(0, Duration.ofSeconds(5)).answerTime(Duration.ZERO));
                Topics topics = new Topics(broker.bootstrapServers())) {
            write(broker, ids, batchBytes);
            Map<String, String> environment = new HashMap<>(portal.environment());
            environment.put("LSQ_KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers());
            List<String> options = List.of("-Xmx" + heap, "-XX:TieredStopAtLevel=4");
            try (JavaProcess owner = JavaProcess.ofJar(options, environment)) {
                owner.awaitLine(line -> line.contains("is the owner now"), Duration.ofMinutes(10));
                Matcher read =
                        READ.matcher(owner.awaitLine(line -> READ.matcher(line).find()));
                assertThat(read.find()).isTrue();
                long millis = Long.parseLong(read.group(1));
                System.out.printf(
                        "restore of %,d ids: %.1f s, heap in use %d MB of -Xmx%s%n",
                        ids, millis / 1000.0, heapInUse(owner.pid()), heap);
                assertThat(millis).isLessThan(Duration.ofSeconds(seconds).toMillis());
                publishAgain(topics, ids);
                try (JavaProcess standby = JavaProcess.ofJar(options, environment)) {
                    standby.awaitLine(line -> READ.matcher(line).find(), Duration.ofMinutes(10));
                    standby.awaitLine(line -> line.contains("stands by"));
                    long killed = System.nanoTime();
                    owner.kill();
                    topics.send("reset-requested", "k", "{\"eventId\":\"x\",\"emailAddress\":\"x@example.com\"}");
                    topics.awaitOutcomes(AGAIN + 2, Duration.ofSeconds(60));
                    double took = (System.nanoTime() - killed) / 1e9;
                    System.out.printf(
                            "take-over after kill -9, with %,d ids: %.1f s to the first outcome%n", ids, took);
                    assertThat(took).isLessThan(20);
                }
            }
        }
    }

    /** Ids from all over the journal come once more, as another request that has them, and a person behind them. */
    private static void publishAgain(Topics topics, int ids) throws Exception {
        Random random = new Random(7);
        Persons persons = new Persons(topics);
        long began = System.nanoTime();
        for (int i = 0; i < AGAIN; i++) {
            String id = ID.formatted(random.nextInt(ids));
            topics.send(
                    "reset-requested",
                    id,
                    "{\"eventId\":\"%s\",\"emailAddress\":\"again-%d@example.com\"}".formatted(id, i));
        }
        persons.ask("behind");
        long wait = persons.waits().get(0);
        topics.awaitOutcomes(AGAIN + 1, Duration.ofSeconds(60));
        System.out.printf(
                "%,d finished ids of %,d published again: %.1f s, a person behind them waits %d ms%n",
                AGAIN, ids, (System.nanoTime() - began) / 1e9, wait);
    }

    /** As the ledger would have, whose batches are small, for calls are few a second; millions of those take long to write. */
    private static void write(Broker broker, int ids, int batchBytes) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            NewTopic journal = new NewTopic("password-journal", Optional.of(1), Optional.empty());
            admin.createTopics(List.of(journal.configs(
                            Map.of("cleanup.policy", "compact,delete", "message.timestamp.type", "LogAppendTime"))))
                    .all()
                    .get();
        }
        broker.awaitTopics("password-journal");
        Map<String, Object> settings = new HashMap<>();
        settings.put("bootstrap.servers", broker.bootstrapServers());
        settings.put("batch.size", batchBytes);
        settings.put("max.request.size", 4 << 20);
        settings.put("max.in.flight.requests.per.connection", 1);
        settings.put("buffer.memory", 64 << 20);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < ids; i++) {
                String key = "reset/" + ID.formatted(i);
                String line = "1 DONE SUCCEEDED 1 0 no no 0123456789abcdef reset-campaign 0 " + i + " 1795349293781";
                producer.send(new ProducerRecord<>("password-journal", key.getBytes(UTF_8), line.getBytes(UTF_8)));
            }
        }
    }

    private static long heapInUse(long pid) throws IOException, InterruptedException {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        run(jcmd, Long.toString(pid), "GC.run");
        Matcher used =
                Pattern.compile("(?:used|total used) ([0-9]+)K").matcher(run(jcmd, Long.toString(pid), "GC.heap_info"));
        // The heap comes first; metaspace and class space stand behind it.
        long kilobytes = used.find() ? Long.parseLong(used.group(1)) : 0;
        return kilobytes / 1024;
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        process.waitFor();
        return output;
    }
}
