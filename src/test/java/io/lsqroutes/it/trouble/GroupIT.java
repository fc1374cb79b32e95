package io.lsqroutes.it.trouble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.lsqroutes.it.scene.ExpelledOwner;
import io.lsqroutes.it.scene.JavaProcess;
import io.lsqroutes.it.scene.OtherMember;
import io.lsqroutes.it.scene.RunningBundle;
import io.lsqroutes.it.scene.Scene;
import io.lsqroutes.it.scene.Topics;
import io.lsqroutes.sandbox.Broker;
import io.lsqroutes.sandbox.Portal;
import io.lsqroutes.sandbox.PortalOptions;
import java.time.Duration;
import java.util.HashMap;
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
import org.junit.jupiter.api.Test;

/** The consumer group is not the bundle's alone, or takes no member: there is one owner, or none and the bundle says why. */
class GroupIT {
    private static final String GROUP = "leadsquared-password-routes";
    private static final String SHARED = "Another kind of consumer is in the consumer group " + GROUP;
    private static final Duration SOON = Duration.ofSeconds(90);
    private static final String[] TOPICS = {"reset-requested", "reset-campaign", "change-requested"};

    private static Map<String, String> environment(Broker broker, Portal portal) {
        Map<String, String> environment = new HashMap<>(portal.environment());
        environment.put("LSQ_KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers());
        environment.put("LSQ_LIMIT_CALLS", "0");
        return environment;
    }

    private static Portal portal() {
        return Portal.start(new PortalOptions().limit(0, Duration.ofSeconds(5)).answerTime(Duration.ZERO));
    }

    private static void send(Topics topics, String prefix, int count) {
        for (int i = 0; i < count; i++) {
            String id = prefix + i;
            topics.send(
                    "reset-requested", id, "{\"eventId\":\"" + id + "\",\"emailAddress\":\"" + id + "@example.com\"}");
        }
    }

    private static void assertOneCallEach(Portal portal, JsonNode outcomes, String prefix, int count) {
        for (int i = 0; i < count; i++) {
            assertThat(outcomes.path(prefix + i).path("status").asText())
                    .as("outcome of %s", prefix + i)
                    .isEqualTo("SUCCEEDED");
            assertThat(portal.callsTo(prefix + i + "@example.com")).hasSize(1);
        }
    }

    private static long owners(JavaProcess... processes) {
        long owners = 0;
        for (JavaProcess process : processes) {
            owners += process.lines().stream().anyMatch(ExpelledOwner::isOwner) ? 1 : 0;
        }
        return owners;
    }

    @Test
    void case15_ofTwoBundlesBesideAMemberOfAnotherProtocol_noneIsTheOwner_untilItLeaves() throws Exception {
        try (Broker broker = Broker.start();
                Portal portal = portal();
                Topics topics = new Topics(broker.bootstrapServers());
                OtherMember other = OtherMember.ofTheNewProtocol(broker, GROUP, TOPICS);
                JavaProcess first = JavaProcess.ofJar(environment(broker, portal));
                JavaProcess second = JavaProcess.ofJar(environment(broker, portal))) {
            broker.awaitTopics(TOPICS);
            send(topics, "n-", 20);
            first.awaitLine(line -> line.contains(SHARED));
            second.awaitLine(line -> line.contains(SHARED));
            Scene.pass(Duration.ofSeconds(5));
            assertThat(owners(first, second)).isZero();
            assertThat(portal.calls()).isEmpty();

            other.leave();

            assertOneCallEach(portal, topics.awaitOutcomes(20, SOON), "n-", 20);
            assertThat(owners(first, second)).isEqualTo(1);
        }
    }

    /** What this assignor says to each member keeps the broker from dealing out itself while a bundle is in the group. */
    @Test
    void case15_aMemberOfAnotherProtocolThatComesLater_isTurnedAway_andTheOwnerGoesOn() throws Exception {
        Map<String, String> settings = Map.of("LSQ_IN_DOUBT_INTERACTIVE", "park", "LSQ_LANE_SPILL", "0");
        try (RunningBundle bundle = new RunningBundle(new PortalOptions(), settings)) {
            send(bundle.topics, "g-", 30);
            await().atMost(SOON).until(() -> bundle.portal.calls().size() >= 8);
            try (OtherMember other = OtherMember.ofTheNewProtocol(bundle.broker, GROUP, "reset-requested")) {
                other.awaitRefused();
            }

            assertOneCallEach(bundle.portal, bundle.topics.awaitOutcomes(30, SOON), "g-", 30);
            assertThat(bundle.trouble()).isEmpty();
        }
    }

    @Test
    void case13_aPlainConsumerThatHoldsTheGroup_isNamed_andTriedAgainCalmly() throws Exception {
        try (Broker broker = Broker.start();
                Portal portal = portal();
                Topics topics = new Topics(broker.bootstrapServers());
                OtherMember other = OtherMember.ofTheClassicProtocol(broker, GROUP, TOPICS)) {
            other.awaitMember();
            try (JavaProcess bundle = JavaProcess.ofJar(environment(broker, portal))) {
                bundle.awaitLine(line -> line.contains("WARN") && line.contains(SHARED));
                assertFewTries(bundle);
                broker.awaitTopics(TOPICS);
                send(topics, "p-", 3);

                other.leave();

                assertOneCallEach(portal, topics.awaitOutcomes(3, SOON), "p-", 3);
                bundle.awaitLine(line -> line.contains("Over after") && line.contains(SHARED));
            }
        }
    }

    private static void assertFewTries(JavaProcess bundle) {
        long before = tries(bundle);
        Scene.pass(Duration.ofSeconds(10));
        long tries = tries(bundle) - before;
        System.out.println("a group that takes no member: " + tries + " tries in 10 s");
        assertThat(tries).isLessThanOrEqualTo(5);
        assertThat(bundle.lines().stream().filter(line -> line.contains("Another kind of consumer")))
                .hasSizeLessThanOrEqualTo(2);
    }

    private static long tries(JavaProcess bundle) {
        return bundle.lines().stream()
                .filter(line -> line.contains("Requesting the consumer to re-connect"))
                .count();
    }

    @Test
    void case13_aGroupThatMayNotBeUsed_isNamed_andUsedOnceItMay() throws Exception {
        try (Broker broker = Broker.startWithAccessControl();
                Portal portal = portal();
                Topics topics = new Topics(broker.bootstrapServers());
                Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            AclBinding denied = new AclBinding(
                    new ResourcePattern(ResourceType.GROUP, GROUP, PatternType.LITERAL),
                    new AccessControlEntry("User:ANONYMOUS", "*", AclOperation.READ, AclPermissionType.DENY));
            admin.createAcls(List.of(denied)).all().get();
            try (JavaProcess bundle = JavaProcess.ofJar(environment(broker, portal))) {
                bundle.awaitLine(line ->
                        line.contains("WARN") && line.contains("The consumer group " + GROUP + " may not be used"));
                assertFewTries(bundle);

                admin.deleteAcls(List.of(denied.toFilter())).all().get();

                broker.awaitTopics(TOPICS);
                send(topics, "a-", 3);
                assertOneCallEach(portal, topics.awaitOutcomes(3, SOON), "a-", 3);
            }
        }
    }

    @Test
    void case13_aSessionTimeOutThatTheBrokersRefuse_endsTheProcess_withTheirRange() throws Exception {
        try (Broker broker = Broker.startWithSessionsOfAtLeast(Duration.ofSeconds(6));
                Portal portal = portal()) {
            Map<String, String> environment = environment(broker, portal);
            environment.put("LSQ_KAFKA_SESSION_TIMEOUT", "2s");
            try (JavaProcess bundle = JavaProcess.ofJar(environment)) {
                assertThat(bundle.awaitExit(SOON)).isEqualTo(2);
                assertThat(bundle.lines())
                        .filteredOn(line -> line.contains("lsq.kafka.session-timeout"))
                        .singleElement()
                        .satisfies(line -> assertThat(line).contains("6000 to 1800000 ms"));
            }
        }
    }

    /** A part goes, and the ownership with it, while calls are out; the same process is the owner again at once. */
    @Test
    void aTopicThatIsDeletedAndMadeAnew_costsTheEventsOfOthersNothing() throws Exception {
        PortalOptions slow = new PortalOptions().limit(0, Duration.ofSeconds(5)).answerTime(Duration.ofSeconds(3));
        Map<String, String> settings =
                Map.of("LSQ_IN_DOUBT_INTERACTIVE", "park", "LSQ_LIMIT_CALLS", "0", "LSQ_LANE_SPILL", "0");
        try (RunningBundle bundle = new RunningBundle(slow, settings);
                Admin admin = Admin.create(Map.of("bootstrap.servers", bundle.broker.bootstrapServers()))) {
            send(bundle.topics, "d-", 40);
            await().atMost(SOON).until(() -> bundle.portal.calls().size() >= 8);
            admin.deleteTopics(List.of("change-requested")).all().get();
            await().atMost(SOON).until(() -> !admin.listTopics().names().get().contains("change-requested"));
            admin.createTopics(List.of(new NewTopic("change-requested", Optional.of(1), Optional.empty())))
                    .all()
                    .get();

            assertOneCallEach(bundle.portal, bundle.topics.awaitOutcomes(40, SOON), "d-", 40);
            await().during(Duration.ofSeconds(2))
                    .atMost(SOON)
                    .until(() -> bundle.topics.records().size() == 40);
        }
    }
}
