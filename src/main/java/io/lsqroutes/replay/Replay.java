package io.lsqroutes.replay;

import io.lsqroutes.event.Event;
import io.lsqroutes.event.EventDecoder;
import io.lsqroutes.event.EventRules;
import io.lsqroutes.event.Lane;
import io.lsqroutes.event.RecordPosition;
import io.lsqroutes.journal.JournalTopic;
import io.lsqroutes.kafka.KafkaConnection;
import io.lsqroutes.kafka.TopicReader;
import io.lsqroutes.ledger.DeadLetter;
import io.lsqroutes.replay.ReplayPlan.Step;
import io.lsqroutes.replay.ReplayWriter.Return;
import io.lsqroutes.topics.TopicNames;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/**
 * Puts events that died back on their topics, under the ids they had: each once, and none that is done or on its way
 * since. The bundle may run meanwhile.
 */
public final class Replay {
    private static final int BATCH = 25;
    /** With it, 100 events a second: far more than are called for, far less than a broker feels. */
    private static final Duration BATCH_TIME = Duration.ofMillis(250);

    private final KafkaConnection connection;
    private final String account;
    private final TopicNames topics;
    private final EventRules rules;
    private final Clock clock;
    private final PrintStream out;

    /**
     * @param account whose journal it has to be
     * @param out where each event's fate is told
     */
    public Replay(
            KafkaConnection connection,
            String account,
            TopicNames topics,
            EventRules rules,
            Clock clock,
            PrintStream out) {
        this.connection = connection;
        this.account = account;
        this.topics = topics;
        this.rules = rules;
        this.clock = clock;
        this.out = out;
    }

    /**
     * Does it, or tells what it would do. Run again, it repeats nothing.
     *
     * @throws KafkaNotReady if a topic is missing
     * @throws JournalRejected if the journal is another account's or another version's, or its topic breaks a condition
     * @throws org.apache.kafka.common.KafkaException if Kafka cannot be used
     */
    public void run(ReplayRequest request) {
        try (TopicReader stored = TopicReader.ofCommitted(connection)) {
            Set<String> needed =
                    new HashSet<>(Set.of(topics.deadLetters(), topics.journal(), topics.campaign(), topics.change()));
            if (request.readsOutcomes()) {
                needed.add(topics.results());
            }
            stored.demand(needed);
            JournalTopic.demand(connection, topics.journal());
            // First of all, so that no other replay changes what is read now.
            try (ReplayWriter writer = request.dryRun() ? null : new ReplayWriter(connection, topics.journal())) {
                List<DeadLetter> letters = letters(stored, request);
                ReplayPlan plan = new ReplayPlan(
                        topics,
                        stored,
                        new EventDecoder(rules, clock),
                        event -> expiry(event, request),
                        account,
                        letters);
                ReplayReport report = new ReplayReport(topics, out, request.dryRun(), letters.size());
                putBack(letters, plan, writer, report);
                report.end();
            }
        }
    }

    private List<DeadLetter> letters(TopicReader stored, ReplayRequest request) {
        List<DeadLetter> letters = new ArrayList<>();
        take(stored, topics.deadLetters(), DeadLetter::read, request, letters::add);
        if (request.readsOutcomes()) {
            Set<RecordPosition> dead = letters.stream().map(DeadLetter::source).collect(Collectors.toSet());
            take(stored, topics.results(), RecordedOutcome::read, request, letter -> {
                if (RecordedOutcome.STATUSES.contains(letter.status()) && !dead.contains(letter.source())) {
                    letters.add(letter);
                }
            });
        }
        return letters;
    }

    private void take(
            TopicReader stored,
            String topic,
            Function<ConsumerRecord<byte[], byte[]>, @Nullable DeadLetter> reader,
            ReplayRequest request,
            Consumer<DeadLetter> wanted) {
        stored.all(topic, record -> {
            DeadLetter letter = reader.apply(record);
            if (letter == null) {
                out.printf(
                        Locale.ROOT, "not understood  %s-%d@%d%n", record.topic(), record.partition(), record.offset());
            } else if (request.wants(letter, Instant.ofEpochMilli(record.timestamp()))) {
                wanted.accept(letter);
            }
        });
    }

    /** Resets wait among the campaigns, whatever they were before. */
    private Instant expiry(Event event, ReplayRequest request) {
        Duration expiresIn = request.expiresIn();
        return clock.instant()
                .plus(expiresIn == null ? rules.expiry(event.head().type(), Lane.CAMPAIGN) : expiresIn);
    }

    private static void putBack(
            List<DeadLetter> letters, ReplayPlan plan, @Nullable ReplayWriter writer, ReplayReport report) {
        List<Step> batch = new ArrayList<>();
        for (DeadLetter letter : letters) {
            Step step = plan.step(letter);
            if (step.event() == null || writer == null) {
                report.tell(step);
                continue;
            }
            batch.add(step);
            if (batch.size() == BATCH) {
                commit(batch, writer, report);
                batch.clear();
            }
        }
        if (writer != null && !batch.isEmpty()) {
            commit(batch, writer, report);
        }
    }

    private static void commit(List<Step> batch, ReplayWriter writer, ReplayReport report) {
        long began = System.nanoTime();
        List<Return> rejected = writer.putBack(
                batch.stream().map(step -> Objects.requireNonNull(step.event())).toList());
        batch.forEach(step -> report.tell(rejected.contains(step.event()) ? step.notTaken() : step));
        try {
            TimeUnit.NANOSECONDS.sleep(BATCH_TIME.toNanos() - (System.nanoTime() - began));
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
