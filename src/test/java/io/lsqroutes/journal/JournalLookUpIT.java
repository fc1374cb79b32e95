package io.lsqroutes.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.lsqroutes.event.Progress;
import io.lsqroutes.event.RecordPosition;
import io.lsqroutes.event.Status;
import io.lsqroutes.journal.JournalEntry.State;
import io.lsqroutes.kafka.KafkaConnection;
import io.lsqroutes.sandbox.Broker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

/** Entries are read where they stand; whose record compaction has taken is still known to be done. */
class JournalLookUpIT {
    private static final RecordPosition SOURCE = new RecordPosition("reset-requested", 0, 1, 2);

    @Test
    void anEntryIsReadWithItsNeighbours_andOneWhoseRecordIsGoneIsStillDone() throws Exception {
        JournalEntry done = JournalEntry.of(State.DONE, Progress.NONE, SOURCE, "p", Status.SUCCEEDED);
        try (Broker broker = Broker.start();
                Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic("journal", Optional.of(1), Optional.empty())))
                    .all()
                    .get();
            broker.awaitTopics("journal");
            try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                    Map.of("bootstrap.servers", broker.bootstrapServers()),
                    new ByteArraySerializer(),
                    new ByteArraySerializer())) {
                for (int i = 0; i < 10; i++) {
                    byte[] key = ("reset/e-" + i).getBytes(UTF_8);
                    producer.send(new ProducerRecord<>("journal", 0, key, JournalFormat.write(done)))
                            .get();
                }
            }
            KafkaConnection connection =
                    new KafkaConnection(broker.bootstrapServers(), "group", Duration.ofSeconds(10), Map.of());
            try (Journal journal = new Journal(connection, "journal")) {
                journal.follow(why -> {});
                assertThat(journal.awaitEnd(() -> true)).isTrue();
                // As after a compaction: what stands at its place is not the entry.
                journal.put("reset/gone", done, 5);

                assertThat(journal.get("reset/e-3")).isEqualTo(done);
                assertThat(journal.get("reset/e-4")).isEqualTo(done);
                assertThat(journal.get("reset/gone")).isEqualTo(JournalEntry.LOST);
                assertThat(journal.get("reset/never")).isNull();
            }
        }
    }
}
