package io.lsqroutes.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.lsqroutes.budget.CallLimits;
import io.lsqroutes.budget.DailyQuota;
import io.lsqroutes.event.InDoubtPolicy;
import io.lsqroutes.event.InDoubtRules;
import io.lsqroutes.event.Secret;
import io.lsqroutes.topics.TopicProvisioning;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
    private static final Map<String, String> MINIMUM = Map.of(
            "LSQ_HOST", "https://portalapi.leadsquared.com",
            "LSQ_PORTAL_ID", "portal-1",
            "LSQ_ACCESS_KEY", "access",
            "LSQ_SECRET_KEY", "secret");

    /** The shipped defaults with what has to be set. */
    private final SortedMap<String, String> values =
            new SettingsSource(MINIMUM, Path.of("no-such-directory")).settings();

    private Settings read() throws InvalidSettings {
        return Settings.read(key -> values.getOrDefault(key, ""));
    }

    private List<String> problems() {
        InvalidSettings invalid = catchThrowableOfType(InvalidSettings.class, this::read);
        assertThat(invalid).as("a refusal").isNotNull();
        assertThat(invalid).hasMessage(String.join("; ", invalid.problems()));
        return invalid.problems();
    }

    @Test
    void theMinimumWithTheDefaultsIsEnough() throws InvalidSettings {
        Settings settings = read();

        assertThat(settings.account().host()).isEqualTo("https://portalapi.leadsquared.com");
        assertThat(settings.account().portalId()).isEqualTo("portal-1");
        assertThat(settings.account().accessKey()).isEqualTo(new Secret("access"));
        assertThat(settings.account().publicAuthKey()).isNull();
        assertThat(settings.limits()).isEqualTo(new CallLimits(25, Duration.ofSeconds(5), 0, 8, DailyQuota.NONE));
        assertThat(settings.callDeadline()).hasSeconds(20);
        assertThat(settings.retryAttempts()).isEqualTo(4);
        assertThat(settings.permanentTypes())
                .containsExactly("MXMandatory*", "MXInvalid*", "MXDuplicate*", "MX*NotFound*");
        assertThat(settings.eventRules().recipientFields()).containsExactlyInAnyOrder("EmailAddress", "Phone");
        assertThat(settings.eventRules().resetExpiry()).hasHours(24);
        assertThat(settings.eventRules().campaignExpiry()).hasDays(7);
        assertThat(settings.eventRules().changeExpiry()).hasMinutes(15);
        assertThat(settings.inDoubtRules())
                .isEqualTo(new InDoubtRules(InDoubtPolicy.RESEND, InDoubtPolicy.PARK, InDoubtPolicy.VERIFY));
        assertThat(settings.topics().all()).hasSize(6);
        assertThat(settings.topicCreation()).isEqualTo(new TopicProvisioning.Creation(true, Optional.empty()));
        assertThat(settings.kafka().bootstrapServers()).isEqualTo("localhost:9092");
        assertThat(settings.kafka().own()).isEqualTo(Map.of("security.protocol", "PLAINTEXT"));
    }

    @Test
    void aDaysQuotaAndItsReserveHaveToFit() throws InvalidSettings {
        values.put("lsq.limit.daily", "500000");
        values.put("lsq.limit.daily-reserve", "20");
        values.put("lsq.limit.daily-zone", "Asia/Kolkata");
        assertThat(read().limits().daily()).isEqualTo(new DailyQuota(500_000, 20, ZoneId.of("Asia/Kolkata")));

        values.put("lsq.limit.daily", "20");
        assertThat(problems())
                .containsExactly("lsq.limit.daily-reserve (LSQ_LIMIT_DAILY_RESERVE): is 20, which leaves the campaign"
                        + " nothing; expected less than lsq.limit.daily (20)");
    }

    @Test
    void whatIsInDoubtMayAlwaysBeLeftSo_andCampaignsMayBeResent() throws InvalidSettings {
        values.put("lsq.in-doubt.interactive", "park");
        values.put("lsq.in-doubt.campaign", "resend");
        values.put("lsq.in-doubt.change", "park");

        assertThat(read().inDoubtRules())
                .isEqualTo(new InDoubtRules(InDoubtPolicy.PARK, InDoubtPolicy.RESEND, InDoubtPolicy.PARK));
    }

    @Test
    void theTwoKeysMayBeGivenInsteadOfTheAccessKeys() throws InvalidSettings {
        values.keySet().removeAll(List.of("lsq.access-key", "lsq.secret-key"));
        values.put("lsq.public.auth-key", "public");
        values.put("lsq.register.token", "token");

        assertThat(read().account().registerToken()).isEqualTo(new Secret("token"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "lsq.host                    |                          | is missing",
                "lsq.portal-id               |                          | is missing",
                "lsq.portal-id               | `a\nb`                   | holds a control character",
                "lsq.secret-key              |                          | is missing",
                "lsq.access-key              |                          | is missing",
                "lsq.access-key              | two words                | holds a blank",
                "lsq.register.token          | caf\u00e9                | holds a blank",
                "lsq.limit.calls             |                          | is missing; expected a whole number from 0 to",
                "lsq.limit.calls             | -1                       | is '-1'; expected a whole number from 0 to",
                "lsq.limit.calls             | 2.5                      | is '2.5'",
                "lsq.limit.calls             | 99999999999              | is '99999999999'",
                "lsq.limit.reserve           | -1                       | expected a whole number from 0 to",
                "lsq.limit.reserve           | 25                       | expected less than lsq.limit.calls",
                "lsq.limit.daily             | -1                       | expected a whole number from 0 to",
                "lsq.limit.daily             | 200 calls                | expected a whole number from 0 to",
                "lsq.limit.daily-reserve     | some                     | expected a whole number from 0 to",
                "lsq.limit.daily-zone        | Mars/Phobos              | is 'Mars/Phobos'; expected a time zone such as UTC",
                "lsq.limit.daily-zone        |                          | is missing; expected a time zone",
                "lsq.max-in-flight           | 0                        | expected a whole number from 1 to",
                "lsq.topics.replication      | 0                        | expected a whole number from 1 to",
                "lsq.topics.replication      | 32768                    | expected a whole number from 1 to",
                "lsq.topics.replication      | three                    | expected a whole number from 1 to",
                "lsq.retry.attempts          | many                     | expected a whole number from 1 to",
                "lsq.limit.window            | 5 parrots                | expected a time from",
                "lsq.call.deadline           |                          | expected a time from",
                "lsq.in-doubt.interactive    | verify                   | is 'verify'; expected resend, park",
                "lsq.in-doubt.campaign       |                          | is missing; expected resend, park",
                "lsq.in-doubt.change         | resend                   | is 'resend'; expected verify, park",
                "lsq.permanent-types         |                          | is missing",
                "lsq.recipient-fields        | ,                        | is missing",
                "lsq.topic.reset             |                          | expected a topic name",
                "lsq.topic.campaign          | two words                | expected a topic name",
                "lsq.topic.change            | ..                       | expected a topic name",
                "lsq.topic.dead-letters      | a/b                      | expected a topic name",
                "lsq.topics.create           | yes                      | is 'yes'; expected true or false",
                "lsq.kafka.group             |                          | is missing",
                "lsq.kafka.bootstrap-servers |                          | is missing",
                "lsq.kafka.session-timeout   | x                        | expected a time from",
                "lsq.kafka.security-protocol |                          | is missing",
                "lsq.kafka.security-protocol | TLS                      | expected PLAINTEXT, SSL",
                "lsq.kafka.bootstrap-servers | localhost                | expected host:port",
                "lsq.limit.calls             | 100001                   | expected a whole number from 0 to 100000",
                "lsq.limit.daily             | 10000001                 | expected a whole number from 0 to 10000000",
                "lsq.max-in-flight           | 1001                     | expected a whole number from 1 to 1000",
                "lsq.retry.attempts          | 0                        | expected a whole number from 1 to 1000",
                "lsq.limit.calls             | \u0662\u0665                       | expected a whole number from",
                "lsq.limit.window            | 99ms                     | expected a time from 100ms to 1h",
                "lsq.limit.window            | 61m                      | expected a time from 100ms to 1h",
                "lsq.call.deadline           | 366d                     | expected a time from 100ms to 10m",
                "lsq.expiry.campaign         | 31d                      | expected a time from 1s to 30d",
                "lsq.kafka.session-timeout   | 31m                      | expected a time from 1s to 30m",
                "lsq.expiry.change           | 20s                      | is 20s; expected more than lsq.call.deadline (20s)",
                "lsq.topic.prefix            | a/b                      | expected at most 200 letters, digits",
                "lsq.routes                  | file:no-such-directory   | expected a directory that holds event-intake.camel.yaml",
                "lsq.routes                  | file:src                 | expected a directory that holds event-intake.camel.yaml",
                "lsq.routes                  | classpath:nowhere        | expected a directory that holds event-intake.camel.yaml"
            })
    void eachProblemIsOneLineThatNamesTheKeyAndItsVariable(String key, @Nullable String value, String what) {
        values.put(key, value == null ? "" : value);

        String variable = key.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_");
        assertThat(problems())
                .singleElement()
                .asString()
                .startsWith(key + " (" + variable + "): ")
                .contains(what);
    }

    @Test
    void withoutAnyKeysBothWaysAreNamed() {
        values.keySet().removeAll(List.of("lsq.access-key", "lsq.secret-key"));

        assertThat(problems())
                .satisfiesExactly(
                        problem -> assertThat(problem).startsWith("lsq.public.auth-key (LSQ_PUBLIC_AUTH_KEY): "),
                        problem -> assertThat(problem).startsWith("lsq.register.token (LSQ_REGISTER_TOKEN): "))
                .allSatisfy(problem -> assertThat(problem).contains("lsq.access-key and lsq.secret-key"));
    }

    @Test
    void twoTopicsOfOneNameAreAProblem() {
        values.put("lsq.topic.campaign", "reset-requested");

        assertThat(problems()).singleElement().asString().startsWith("lsq.topic.* (");
    }

    @Test
    void everyProblemIsToldAtOnce() {
        values.replaceAll((key, value) -> "");

        assertThat(problems()).hasSizeGreaterThan(15).doesNotHaveDuplicates();
    }

    @Test
    void aProblemIsOneLineWhateverTheValueIs() {
        values.put("lsq.limit.calls", "2\n5");
        values.put("lsq.limit.window", "5\ns");
        values.put("lsq.topic.reset", "a\nb");
        values.put("lsq.topics.create", "a\nb");

        assertThat(problems()).hasSize(4).allSatisfy(problem -> assertThat(problem)
                .hasLineCount(1));
    }

    @Test
    void noProblemHoldsASecret() {
        values.put("lsq.host", "http://user:hunter2@localhost");
        for (String key : List.of("lsq.public.auth-key", "lsq.register.token", "lsq.access-key", "lsq.secret-key")) {
            values.put(key, "hunter2\nhunter2");
        }

        assertThat(problems()).hasSize(5).allSatisfy(problem -> assertThat(problem)
                .doesNotContain("hunter2"));
    }

    @Test
    void theSettingsDoNotPrintSecrets() throws InvalidSettings {
        values.put("lsq.access-key", "hunter2");
        values.put("lsq.kafka.sasl.jaas.config", "password=hunter2");

        assertThat(read().toString()).doesNotContain("hunter2");
    }
}
