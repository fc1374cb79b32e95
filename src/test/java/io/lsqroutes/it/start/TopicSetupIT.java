package io.lsqroutes.it.start;

import static org.assertj.core.api.Assertions.assertThat;

import io.lsqroutes.it.scene.ExpelledOwner;
import io.lsqroutes.it.scene.JavaProcess;
import io.lsqroutes.it.scene.RunningBundle;
import io.lsqroutes.sandbox.Broker;
import io.lsqroutes.sandbox.Portal;
import io.lsqroutes.sandbox.PortalOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;

/** How topics are set up: those that the bundle creates, and those that it finds. */
class TopicSetupIT {
    private static final Pattern CREATED = Pattern.compile("(?m)^ +create (\\S+)( .*)$");
    private static final Pattern CONFIG = Pattern.compile("--config (\\S+?)=(\\S+)");

    @Test
    void theBundleAndTheComposeFileCreateTheSameTopics_withSegmentsOfADayAtMost() throws Exception {
        try (RunningBundle running = new RunningBundle(new PortalOptions(), Map.of("LSQ_TOPICS_REPLICATION", "1"));
                Admin admin = Admin.create(Map.of("bootstrap.servers", running.broker.bootstrapServers()))) {
            Map<String, Map<String, String>> compose = compose();
            assertThat(compose).hasSize(6);
            Map<String, Map<String, String>> created = new TreeMap<>();
            for (String topic : compose.keySet()) {
                created.put(topic, settings(admin, topic));
            }

            assertThat(created).isEqualTo(compose);
            assertThat(created.values())
                    .allSatisfy(settings -> assertThat(Long.parseLong(settings.getOrDefault("segment.ms", "604800000")))
                            .isLessThanOrEqualTo(86_400_000));
        }
    }

    private static Map<String, Map<String, String>> compose() throws Exception {
        String file = Files.readString(Path.of("docker-compose.yml")).replaceAll("\\\\\\n +", "");
        Map<String, Map<String, String>> topics = new TreeMap<>();
        Matcher created = CREATED.matcher(file);
        while (created.find()) {
            Map<String, String> settings = new TreeMap<>();
            CONFIG.matcher(created.group(2)).results().forEach(set -> settings.put(set.group(1), set.group(2)));
            topics.put(created.group(1), settings);
        }
        return topics;
    }

    private static Map<String, String> settings(Admin admin, String topic) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        return admin.describeConfigs(List.of(resource)).all().get().values().stream()
                .flatMap(config -> config.entries().stream())
                .filter(entry -> entry.source() == ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG)
                .collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value, (a, b) -> b, TreeMap::new));
    }

    @Test
    void topicsThatSomebodyElseMadeBadlyAreWarnedAboutAtEveryStart_eachKindInOneLineWithItsRemedy() throws Exception {
        try (Broker broker = Broker.start();
                Portal portal = Portal.start(new PortalOptions());
                Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            Map<String, String> environment = new HashMap<>(portal.environment());
            environment.put("LSQ_KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers());
            environment.put("LSQ_TOPICS_REPLICATION", "3");
            try (JavaProcess tooMany = JavaProcess.ofJar(environment)) {
                tooMany.awaitLine(line -> line.contains("lsq.topics.replication is 3, and Kafka has 1 broker"));
            }
            environment.remove("LSQ_TOPICS_REPLICATION");
            String brokersTime = "LogAppendTime";
            create(admin, "reset-requested", Map.of("cleanup.policy", "compact"));
            create(
                    admin,
                    "reset-campaign",
                    Map.of(
                            "retention.ms",
                            "3600000",
                            "retention.bytes",
                            "1000000",
                            "message.timestamp.type",
                            brokersTime));
            create(admin, "change-requested", Map.of("message.timestamp.type", brokersTime));
            create(admin, "password-results", Map.of("cleanup.policy", "compact,delete", "retention.ms", "86400000"));
            create(
                    admin,
                    "password-journal",
                    Map.of(
                            "cleanup.policy", "compact,delete",
                            "retention.ms", "864000000",
                            "message.timestamp.type", brokersTime));
            for (int start = 0; start < 2; start++) {
                try (JavaProcess bundle = JavaProcess.ofJar(environment)) {
                    bundle.awaitLine(ExpelledOwner::isOwner);
                    List<String> warnings = bundle.lines().stream()
                            .filter(line -> line.contains("WARN") && line.contains("kafka-configs.sh"))
                            .toList();
                    assertWarned(warnings, "password-results, reset-requested are compacted");
                    assertWarned(warnings, "reset-campaign keeps events for PT1H");
                    assertWarned(warnings, "reset-campaign is cut at a size");
                    assertWarned(warnings, "password-results keeps its records for PT24H");
                    assertWarned(warnings, "password-journal keeps its records for PT240H", "may be called again");
                    assertWarned(warnings, "reset-requested take a producer's clock");
                    assertWarned(
                            warnings,
                            "password-journal, password-results, reset-campaign, reset-requested have a segment.ms");
                    assertWarned(warnings, "change-requested hold passwords", "segment.ms=600000");
                    assertThat(warnings).hasSize(8);
                }
            }
        }
    }

    private static void assertWarned(List<String> warnings, String... told) {
        assertThat(warnings).anySatisfy(line -> assertThat(line).contains(told).contains("remedy: kafka-configs.sh"));
    }

    private static void create(Admin admin, String name, Map<String, String> settings) throws Exception {
        admin.createTopics(List.of(new NewTopic(name, Optional.of(1), Optional.empty()).configs(settings)))
                .all()
                .get();
    }
}
