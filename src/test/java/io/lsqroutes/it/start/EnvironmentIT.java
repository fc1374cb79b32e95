package io.lsqroutes.it.start;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.lsqroutes.it.scene.JavaProcess;
import io.lsqroutes.it.scene.Topics;
import io.lsqroutes.sandbox.Broker;
import io.lsqroutes.sandbox.Portal;
import io.lsqroutes.sandbox.PortalOptions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.MemberDescription;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The jar that ships works the same whatever language, calendar, digits, time zone and encoding its machine has. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EnvironmentIT {
    private static final Duration SOON = Duration.ofSeconds(90);
    /** Letters whose case depends on the language, and which no encoding of one byte can hold. */
    private static final String PERSON = "Işık-İnci-ζωή@example.com";

    private Broker broker;
    private Portal portal;
    private Topics topics;
    private int answered;

    @BeforeAll
    void start() {
        broker = Broker.start();
        portal =
                Portal.start(new PortalOptions().limit(0, Duration.ofSeconds(5)).answerTime(Duration.ZERO));
        topics = new Topics(broker.bootstrapServers());
    }

    @AfterAll
    void stop() {
        topics.close();
        portal.close();
        broker.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-Duser.language=tr -Duser.country=TR -Dfile.encoding=ISO-8859-1 -Duser.timezone=Asia/Kathmandu",
                "-Duser.language=th -Duser.country=TH -Duser.extensions=u-ca-buddhist-nu-thai -Dfile.encoding=IBM1047"
            })
    void case09TheProcessWorksTheSameWhateverTheMachineSpeaks(String options) throws Exception {
        assertWorksWith(options);
    }

    @ParameterizedTest
    @Tag("chaos")
    @ValueSource(
            strings = {
                "-Duser.language=th -Duser.country=TH -Duser.extensions=u-ca-buddhist-nu-thai -Duser.timezone=Pacific/Apia",
                "-Duser.language=hi -Duser.country=IN -Duser.extensions=u-nu-deva -Dfile.encoding=US-ASCII",
                "-Duser.language=ar -Duser.country=EG -Duser.extensions=u-nu-arab -Dfile.encoding=windows-1256",
                "-Duser.language=lt -Duser.country=LT -Duser.timezone=Etc/GMT+12 -Dfile.encoding=IBM1047"
            })
    void itWorksTheSameInMoreLanguages(String options) throws Exception {
        assertWorksWith(options);
    }

    private void assertWorksWith(String options) throws Exception {
        String id = "machine-" + (answered + 1);
        Map<String, String> environment = new HashMap<>(portal.environment());
        environment.put("LSQ_KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers());
        environment.put("LSQ_LIMIT_CALLS", "0");
        try (JavaProcess bundle = JavaProcess.ofJar(List.of(options.split(" ")), environment)) {
            bundle.awaitLine(line -> line.contains("is the owner now"));
            topics.send("reset-requested", id, "{\"eventId\":\"" + id + "\",\"emailAddress\":\"" + PERSON + "\"}");

            JsonNode outcome = topics.awaitOutcomes(++answered, SOON).path(id);

            assertThat(outcome.path("status").asText()).isEqualTo("SUCCEEDED");
            assertThat(outcome.path("completedAt").asText()).matches("20[2-9][0-9]-[0-9]{2}-[0-9]{2}T[0-9:.]+Z");
            assertThat(portal.callsTo(PERSON)).hasSize(answered);
            bundle.awaitLine(line -> line.contains("reset " + id + " SUCCEEDED calls=1"));
            bundle.signal("TERM");
            assertThat(bundle.awaitExit(SOON)).isIn(0, 143);
        }
    }

    /** A deployment for each account: one setting, and Kafka's own for its clients. */
    @Test
    void aPrefixStandsBeforeEveryNameAndKafkasOwnSettingsReachItsClients() throws Exception {
        Map<String, String> environment = new HashMap<>(portal.environment());
        environment.put("LSQ_KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers());
        environment.put("LSQ_LIMIT_CALLS", "0");
        environment.put("LSQ_TOPIC_PREFIX", "acme.");
        environment.put("LSQ_KAFKA_CLIENT_CLIENT_ID", "acme-bundle");
        try (JavaProcess bundle = JavaProcess.ofJar(List.of(), environment);
                Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            bundle.awaitLine(line -> line.contains("is the owner now"));
            topics.send("acme.reset-requested", "k", "{\"eventId\":\"acme-1\",\"emailAddress\":\"acme@example.com\"}");

            topics.awaitRecords("acme.password-results", 1, SOON);

            assertThat(admin.listTopics().names().get())
                    .contains("acme.reset-campaign", "acme.change-requested", "acme.password-journal");
            String group = "acme.leadsquared-password-routes";
            assertThat(admin.describeConsumerGroups(List.of(group)).all().get().values())
                    .flatExtracting(ConsumerGroupDescription::members)
                    .extracting(MemberDescription::clientId)
                    .containsExactly("acme-bundle");
            bundle.signal("TERM");
            assertThat(bundle.awaitExit(SOON)).isIn(0, 143);
        }
    }
}
