package io.lsqroutes.journal;

import io.lsqroutes.kafka.KafkaConnection;
import io.lsqroutes.topics.TopicConditions;
import io.lsqroutes.topics.TopicFacts;
import io.lsqroutes.topics.TopicProvisioning;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;

/** Holds the journal's topic to its conditions, for a command that is no owner and watches nothing. */
public final class JournalTopic {
    private JournalTopic() {}

    /**
     * Looks at the topic once.
     *
     * @throws JournalRejected if it breaks a condition
     */
    public static void demand(KafkaConnection connection, String topic) {
        Admin admin = TopicProvisioning.admin(connection);
        try {
            TopicFacts facts = TopicFacts.read(admin, List.of(topic)).get(topic);
            String breach = facts == null ? null : TopicConditions.breach(facts);
            if (breach != null) {
                throw new JournalRejected(breach);
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException known ? known : new KafkaException(e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } finally {
            admin.close(Duration.ZERO);
        }
    }
}
