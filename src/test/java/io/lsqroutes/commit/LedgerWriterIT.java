package io.lsqroutes.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lsqroutes.budget.DayCount;
import io.lsqroutes.event.Progress;
import io.lsqroutes.event.RecordPosition;
import io.lsqroutes.journal.Journal;
import io.lsqroutes.journal.JournalAccount;
import io.lsqroutes.journal.JournalEntry;
import io.lsqroutes.journal.JournalEntry.State;
import io.lsqroutes.kafka.KafkaConnection;
import io.lsqroutes.kafka.TopicReader;
import io.lsqroutes.sandbox.Broker;
import io.lsqroutes.topics.TopicConditions;
import io.lsqroutes.topics.TopicNames;
import io.lsqroutes.topics.TopicWatch;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.junit.jupiter.api.Test;

class LedgerWriterIT {
    private static final TopicNames NAMES = new TopicNames("reset", "campaign", "change", "results", "dead", "journal");

    @Test
    void aDefectLeavesNobodyWaiting() throws Exception {
        try (Broker broker = Broker.start();
                Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.createTopics(NAMES.all().stream()
                            .map(name -> new NewTopic(name, Optional.of(1), Optional.empty())
                                    .configs(Map.of(
                                            "cleanup.policy",
                                            name.equals(NAMES.journal()) ? "compact,delete" : "delete",
                                            "message.timestamp.type",
                                            "LogAppendTime")))
                            .toList())
                    .all()
                    .get();
            broker.awaitTopics(NAMES.all().toArray(String[]::new));
            KafkaConnection connection =
                    new KafkaConnection(broker.bootstrapServers(), "group", Duration.ofSeconds(10), Map.of());
            Runnable defect = () -> {
                throw new IllegalStateException("planted");
            };
            try (KafkaConsumer<byte[], byte[]> member = TopicReader.consumer(
                            connection,
                            IsolationLevel.READ_COMMITTED,
                            Map.of(ConsumerConfig.GROUP_ID_CONFIG, "group"));
                    Journal journal = new Journal(connection, NAMES.journal());
                    TopicWatch watch = new TopicWatch(connection, NAMES, new TopicConditions(NAMES, why -> {}));
                    LedgerWriter writer = new LedgerWriter(
                            connection,
                            NAMES,
                            new AccountEntry("account", () -> true, journal),
                            journal,
                            new OffsetTracker(),
                            watch,
                            defect)) {
                journal.follow(why -> {});
                writer.membership().seen(member.groupMetadata());
                writer.open();
                CountDownLatch notMade = new CountDownLatch(1);
                try (LedgerTransaction second = new LedgerTransaction(connection, NAMES.journal(), () -> true)) {
                    second.commit(
                            List.of(LedgerEntry.account(new JournalAccount("account", true))),
                            Map.of(),
                            member.groupMetadata());
                }
                writer.add(call(notMade::countDown));
                await().until(writer.membership()::isAsked);
                writer.membership().confirm();

                assertThat(notMade.await(10, TimeUnit.SECONDS)).isTrue();
            }
        }
    }

    private static LedgerEntry call(Runnable notMade) {
        RecordPosition source = new RecordPosition("reset", 0, 0, 0);
        JournalEntry calling = JournalEntry.of(State.CALLING, new Progress(1, 0, false, false), source, "p", null);
        DayCount count = new DayCount(LocalDate.EPOCH, 1);
        return LedgerEntry.call("reset/e-1", calling, () -> count, () -> {}, notMade);
    }
}
