package io.lsqroutes.settings;

import io.lsqroutes.topics.TopicNames;
import io.lsqroutes.topics.TopicProvisioning;
import java.util.Optional;

/** Reads the settings that name the topics and say how they are made. */
final class TopicSettings {
    private TopicSettings() {}

    static TopicNames names(SettingsReader reader) {
        reader.topicPrefix();
        TopicNames topics = new TopicNames(
                reader.topic("lsq.topic.reset"),
                reader.topic("lsq.topic.campaign"),
                reader.topic("lsq.topic.change"),
                reader.topic("lsq.topic.results"),
                reader.topic("lsq.topic.dead-letters"),
                reader.topic("lsq.topic.journal"));
        if (topics.all().size() < 6) {
            reader.problem("lsq.topic.*", "two topics have the same name; expected six different ones");
        }
        return topics;
    }

    static TopicProvisioning.Creation creation(SettingsReader reader) {
        return new TopicProvisioning.Creation(reader.flag("lsq.topics.create"), replication(reader));
    }

    /** Empty where it is not set: then the broker's own default holds. */
    private static Optional<Short> replication(SettingsReader reader) {
        String key = "lsq.topics.replication";
        return reader.isSet(key) ? Optional.of((short) reader.count(key, 1, Short.MAX_VALUE)) : Optional.empty();
    }
}
