package io.lsqroutes.topics;

import static org.assertj.core.api.Assertions.assertThat;

import io.lsqroutes.kafka.KafkaConnection;
import io.lsqroutes.sandbox.Broker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The ledger's thread asks the watch, and must get an answer whatever Kafka says. */
class TopicWatchIT {
    private static final TopicNames NAMES = new TopicNames("reset", "campaign", "change", "results", "dead", "journal");

    private static KafkaConnection connection(String bootstrapServers) {
        return new KafkaConnection(bootstrapServers, "no-group", Duration.ofSeconds(10), Map.of());
    }

    @Test
    void anAddressThatNobodyKnows_isNoTroubleOfATopic() {
        try (TopicWatch watch =
                new TopicWatch(connection("kafka.invalid:9092"), NAMES, new TopicConditions(NAMES, why -> {}))) {
            assertThat(watch.ready()).isTrue();
            assertThat(watch.problem()).isNull();
        }
    }

    @Test
    void anEventTopicThatMayNotBeLookedAt_hidesNoTroubleOfTheOthers() throws Exception {
        try (Broker broker = Broker.startWithAccessControl();
                Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
                TopicWatch watch = new TopicWatch(
                        connection(broker.bootstrapServers()), NAMES, new TopicConditions(NAMES, why -> {}))) {
            List<NewTopic> topics = NAMES.all().stream()
                    .filter(name -> !name.equals(NAMES.results()))
                    .map(name -> new NewTopic(name, Optional.of(1), Optional.empty()))
                    .toList();
            admin.createTopics(topics).all().get();
            deny(admin, AclOperation.DESCRIBE, NAMES.reset());

            Awaitility.await().untilAsserted(() -> {
                watch.doubt();
                assertThat(watch.ready()).isFalse();
                assertThat(watch.problem()).isEqualTo("results is missing");
            });
        }
    }

    private static void deny(Admin admin, AclOperation operation, String topic) throws Exception {
        AclBinding denied = new AclBinding(
                new ResourcePattern(ResourceType.TOPIC, topic, PatternType.LITERAL),
                new AccessControlEntry("User:ANONYMOUS", "*", operation, AclPermissionType.DENY));
        admin.createAcls(List.of(denied)).all().get();
    }
}
