package io.lsqroutes.topics;

import io.lsqroutes.kafka.KafkaNotReady;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/**
 * Holds topics to the conditions that the promises need, whoever created them. A topic that breaks a condition ends the
 * process: no call may be made for what is uncertain. Safe for use by several threads.
 */
public final class TopicConditions {
    /** A broker that has just started may not know of a topic yet. */
    private static final long CERTAINLY_DELETED = Duration.ofSeconds(8).toNanos();

    private static final String DELETED =
            "it was deleted while this process worked with it, and what it said of calls and ids is gone. A new one is empty:"
                    + " events that are read or published again are called again";

    /**
     * A topic with one partition that is compacted.
     *
     * @param brokersTime whether its records must have the broker's time
     */
    private record Condition(String topic, boolean brokersTime) {}

    private final List<Condition> conditions;
    private final Consumer<String> broken;
    private final Map<String, Uuid> ids = new HashMap<>();
    private final Map<String, Long> missingSince = new HashMap<>();
    private boolean told;

    /**
     * @param broken told once, with the topic, what was found, what is needed and how to get it
     */
    public TopicConditions(TopicNames names, Consumer<String> broken) {
        this.conditions = List.of(new Condition(names.journal(), true));
        this.broken = broken;
    }

    /**
     * Looks whether every condition is kept.
     *
     * @throws KafkaNotReady if one is broken, or a topic is missing that was there before
     * @throws ExecutionException if Kafka does not answer
     */
    synchronized void demand(Admin admin) throws ExecutionException, InterruptedException {
        Map<String, TopicFacts> facts =
                TopicFacts.read(admin, conditions.stream().map(Condition::topic).toList());
        for (Condition condition : conditions) {
            TopicFacts topic = facts.get(condition.topic());
            String found = topic == null ? missing(condition.topic()) : found(topic, condition);
            if (found != null) {
                tell("the topic " + condition.topic() + " is rejected: " + found);
                throw new KafkaNotReady("The topic " + condition.topic() + " is rejected");
            }
            if (topic == null && ids.containsKey(condition.topic())) {
                throw new KafkaNotReady("The topic " + condition.topic() + " is missing");
            }
        }
    }

    private void tell(String breach) {
        if (!told) {
            told = true;
            broken.accept(breach);
        }
    }

    private @Nullable String missing(String topic) {
        long since = missingSince.computeIfAbsent(topic, name -> System.nanoTime());
        return ids.containsKey(topic) && System.nanoTime() - since > CERTAINLY_DELETED ? DELETED : null;
    }

    private @Nullable String found(TopicFacts topic, Condition condition) {
        missingSince.remove(topic.name());
        if (!topic.isVisible()) {
            return null;
        }
        Uuid before = ids.putIfAbsent(topic.name(), topic.id());
        return before == null || before.equals(topic.id()) ? breach(topic, condition.brokersTime()) : DELETED;
    }

    /** What is wrong with the journal's topic, and the remedy, as a sentence about "it"; null if nothing is wrong. */
    public static @Nullable String breach(TopicFacts journal) {
        return breach(journal, true);
    }

    private static @Nullable String breach(TopicFacts topic, boolean brokersTime) {
        List<String> breaches = new ArrayList<>();
        if (topic.isVisible() && topic.partitions() != 1) {
            breaches.add(
                    "it has " + topic.partitions()
                            + " partitions, and exactly 1 is needed: with more, what was called is"
                            + " forgotten. Partitions cannot be taken away: stop every instance, copy partition 0 to a new topic, and"
                            + " name that in the settings. kafka-topics.sh --bootstrap-server HOST:PORT --create --topic NEW_NAME"
                            + " --partitions 1 --config cleanup.policy=compact,delete --config message.timestamp.type=LogAppendTime");
        }
        if (topic.settings() != null && !topic.isCompacted()) {
            breaches.add("it is not compacted (cleanup.policy=" + topic.setting("cleanup.policy")
                    + "), so it forgets what was"
                    + " called, and compact,delete or compact is needed. "
                    + set(topic.name(), "cleanup.policy=[compact,delete]"));
        }
        String time = topic.setting("message.timestamp.type");
        if (brokersTime && topic.settings() != null && !time.equals("LogAppendTime")) {
            breaches.add("it has message.timestamp.type=" + time
                    + ", and LogAppendTime is needed: by another clock it is not"
                    + " known how long ago the last call was made. "
                    + set(topic.name(), "message.timestamp.type=LogAppendTime"));
        }
        return breaches.isEmpty() ? null : String.join("; ", breaches);
    }

    /** The command that gives a topic this setting. */
    static String set(String topic, String setting) {
        return "kafka-configs.sh --bootstrap-server HOST:PORT --alter --entity-type topics --entity-name " + topic
                + " --add-config " + setting;
    }
}
