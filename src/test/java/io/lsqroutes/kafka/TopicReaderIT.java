package io.lsqroutes.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lsqroutes.sandbox.Broker;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TopicReaderIT {
    private Broker broker;
    private Admin admin;
    private KafkaProducer<String, String> producer;
    private TopicReader stored;

    @BeforeAll
    void start() {
        broker = Broker.start();
        Map<String, Object> servers = Map.of("bootstrap.servers", broker.bootstrapServers());
        admin = Admin.create(servers);
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "transactional.id", "some-writer"),
                new StringSerializer(),
                new StringSerializer());
        producer.initTransactions();
        stored = TopicReader.ofCommitted(
                new KafkaConnection(broker.bootstrapServers(), "no-group", Duration.ofSeconds(10), Map.of()));
    }

    @AfterAll
    void stop() {
        stored.close();
        producer.close(Duration.ZERO);
        admin.close();
        broker.close();
    }

    private void topic(String name) throws Exception {
        admin.createTopics(List.of(new NewTopic(name, 2, (short) 1))).all().get();
        broker.awaitTopics(name);
    }

    private void begin(String topic, int partition, String... values) {
        producer.beginTransaction();
        for (String value : values) {
            producer.send(new ProducerRecord<>(topic, partition, null, value));
        }
        producer.flush();
    }

    private void write(String topic, int partition, String... values) {
        begin(topic, partition, values);
        producer.commitTransaction();
    }

    private static @Nullable String text(@Nullable ConsumerRecord<byte[], byte[]> record) {
        return record == null ? null : new String(record.value(), StandardCharsets.UTF_8);
    }

    private @Nullable ConsumerRecord<byte[], byte[]> at(TopicPartition partition, long offset) {
        return stored.at(partition, offset).orElse(null);
    }

    @Test
    void allOfATopicIsRead_alsoWhatIsCommittedOnlyThen() throws Exception {
        topic("all");
        write("all", 0, "a", "b");
        begin("all", 0, "aborted");
        producer.abortTransaction();
        write("all", 1, "c");
        begin("all", 1, "late");

        ConcurrentLinkedQueue<String> read = new ConcurrentLinkedQueue<>();
        CompletableFuture<Void> reading =
                CompletableFuture.runAsync(() -> stored.all("all", record -> read.add(text(record))));
        assertThatThrownBy(() -> reading.get(2, TimeUnit.SECONDS)).isInstanceOf(TimeoutException.class);
        producer.commitTransaction();
        reading.get(30, TimeUnit.SECONDS);

        assertThat(read).containsExactly("a", "b", "c", "late");
    }

    @Test
    void oneRecordIsReadByItsPlace_whereItStillStands() throws Exception {
        topic("one");
        write("one", 1, "gone", "there", "last");
        begin("one", 1, "aborted");
        producer.abortTransaction();
        TopicPartition partition = new TopicPartition("one", 1);
        admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(1)))
                .all()
                .get();

        assertThat(text(at(partition, 1))).isEqualTo("there");
        assertThat(text(at(partition, 2))).isEqualTo("last");
        assertThat(text(at(partition, 1))).isEqualTo("there");
        // Deleted; the transaction's end; taken back; beyond the end; no such partition; no such topic.
        assertThat(at(partition, 0)).isNull();
        assertThat(at(partition, 3)).isNull();
        assertThat(at(partition, 4)).isNull();
        assertThat(at(partition, 1_000)).isNull();
        assertThat(at(new TopicPartition("one", 2), 0)).isNull();
        assertThat(at(new TopicPartition("no-such", 0), 0)).isNull();
    }

    @Test
    void topicsThatAreMissingAreNamed() throws Exception {
        topic("there");

        stored.demand(List.of("there"));
        assertThatThrownBy(() -> stored.demand(List.of("not-b", "there", "not-a")))
                .isInstanceOf(KafkaNotReady.class)
                .hasMessage("Topics are missing: [not-a, not-b]");
    }
}
