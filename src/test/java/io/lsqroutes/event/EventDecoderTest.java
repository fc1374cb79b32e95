package io.lsqroutes.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.lsqroutes.event.Person.EmailAddress;
import io.lsqroutes.event.Person.SearchKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventDecoderTest {
    private static final Instant ARRIVED = Instant.parse("2026-11-22T10:00:00Z");
    private static final RecordPosition SOURCE = new RecordPosition("some-topic", 3, 42, ARRIVED.toEpochMilli());
    private static final EmailAddress JOHN = new EmailAddress("johnwick@example.com");

    private final EventDecoder decoder = new EventDecoder(
            new EventRules(
                    Set.of("EmailAddress", "Phone"), Duration.ofHours(24), Duration.ofDays(7), Duration.ofMinutes(15)),
            Clock.fixed(ARRIVED, ZoneOffset.UTC));

    /** Documents are written with ' for ". */
    private Event decode(EventType type, boolean campaign, @Nullable String document) {
        return decoder.decode(
                new IncomingRecord(type, campaign, "some-trace", SOURCE),
                document == null ? null : document.replace('\'', '"').getBytes(UTF_8));
    }

    private Event reset(@Nullable String document) {
        return decode(EventType.RESET, false, document);
    }

    private Event change(@Nullable String document) {
        return decode(EventType.CHANGE, false, document);
    }

    @Test
    void aResetNamesThePersonByEmailAddress() {
        Event event = reset("{'eventId':'e-1','emailAddress':'johnwick@example.com'}");

        assertThat(event).isEqualTo(new ResetRequested(event.head(), JOHN, null));
    }

    @Test
    void aResetNamesThePersonByAnotherUniqueField() {
        Event event = reset("{'searchKey':{'schemaName':'Phone','value':'+14-157415569'}}");

        assertThat(event).isEqualTo(new ResetRequested(event.head(), new SearchKey("Phone", "+14-157415569"), null));
    }

    @Test
    void aResetMayNameTheFieldTheLinkGoesTo() {
        Event event = reset("{'searchKey':{'schemaName':'mx_PAN_Number','value':'P-1'},"
                + "'recipientField':{'schemaName':'Phone'}}");

        assertThat(event).isEqualTo(new ResetRequested(event.head(), new SearchKey("mx_PAN_Number", "P-1"), "Phone"));
    }

    @Test
    void aChangeCarriesTheUsersKey() {
        Event event = change("{'authKey':'key','currentPassword':' old ','newPassword':'new'}");

        assertThat(event)
                .isEqualTo(new ChangeRequested(
                        event.head(), null, new Secret("key"), new Secret(" old "), new Secret("new")));
    }

    @Test
    void aChangeNamesThePersonToSignIn() {
        Event event =
                change("{'searchKey':{'schemaName':'Phone','value':'+1'},'currentPassword':'old','newPassword':'new'}");

        assertThat(event)
                .isEqualTo(new ChangeRequested(
                        event.head(), new SearchKey("Phone", "+1"), null, new Secret("old"), new Secret("new")));
    }

    @Test
    void aChangeMayCarryTheKeyAndNameThePerson() {
        Event event = change("{'emailAddress':'johnwick@example.com','authKey':'key','currentPassword':'old',"
                + "'newPassword':'new'}");

        assertThat(event)
                .isEqualTo(new ChangeRequested(
                        event.head(), JOHN, new Secret("key"), new Secret("old"), new Secret("new")));
    }

    @Test
    void theHeadHoldsWhatTheRecordAndTheDocumentSay() {
        Event event = reset("{'eventId':'e-1','campaignId':'spring-26','emailAddress':'johnwick@example.com',"
                + "'requestedAt':'2026-11-22T10:30:00+01:00','expiresAt':'2026-11-23T10:00:00Z'}");

        assertThat(event.head())
                .isEqualTo(new EventHead(
                        "e-1",
                        EventType.RESET,
                        Lane.CAMPAIGN,
                        "spring-26",
                        Instant.parse("2026-11-22T09:30:00Z"),
                        Instant.parse("2026-11-23T10:00:00Z"),
                        "some-trace",
                        SOURCE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "e",
                "3f2504e0-4f89-11d3-9a0c-0305e82c3301",
                "A.b_c:d-9",
                "1234567890123456789012345678901234567890123456789012345678901234"
            })
    void aGivenIdIsKept(String id) {
        assertThat(reset("{'eventId':'" + id + "','emailAddress':'a@b.c'}")
                        .head()
                        .eventId())
                .isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'emailAddress':'a@b.c'}", "{'eventId':null,'emailAddress':'a@b.c'}", "hunter2"})
    void aMissingIdIsMadeOfWhereTheRecordStands(String document) {
        assertThat(reset(document).head().eventId()).isEqualTo("some-topic-3-42-1795341600000");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a b",
                "/config",
                "\u00e4",
                "e-1\u2028",
                "12345678901234567890123456789012345678901234567890123456789012345"
            })
    void anIdOfOtherLettersIsInvalidAndNotRepeated(String id) {
        assertThat(reset("{'eventId':'" + id + "','emailAddress':'a@b.c'}")).satisfies(event -> {
            assertBreach(event, "bad-id", "eventId");
            assertThat(event.head().eventId()).isEqualTo("some-topic-3-42-1795341600000");
        });
        assertBreach(reset("{'campaignId':'" + id + "','emailAddress':'a@b.c'}"), "bad-id", "campaignId");
    }

    @ParameterizedTest
    @CsvSource({
        "RESET, false, '', PT24H",
        "RESET, true, '', P7D",
        "RESET, false, ', \"campaignId\": \"spring-26\"', P7D",
        "CHANGE, false, '', PT15M",
        "CHANGE, false, ', \"campaignId\": \"spring-26\"', PT15M",
    })
    void anEventExpiresByItsKindUnlessItSaysWhen(EventType type, boolean campaign, String more, Duration expiry) {
        String document = "{'emailAddress':'a@b.c','currentPassword':'o','newPassword':'n'" + more + "}";
        if (type == EventType.RESET) {
            document = "{'emailAddress':'a@b.c'" + more + "}";
        }
        Event event = decode(type, campaign, document);
        Event saysWhen = decode(type, campaign, document.replace("}", ",'expiresAt':'2020-01-01T00:00:00Z'}"));

        assertThat(event).isNotInstanceOf(InvalidEvent.class);
        assertThat(event.head().expiresAt()).isEqualTo(ARRIVED.plus(expiry));
        assertThat(saysWhen.head().expiresAt()).isEqualTo("2020-01-01T00:00:00Z");
    }

    @Test
    void theSecretsAndThePersonAreNotPrinted() {
        Event event = change("{'emailAddress':'hunter2','authKey':'hunter2','currentPassword':'hunter2',"
                + "'newPassword':'hunter2'}");

        assertThat(event).isInstanceOf(ChangeRequested.class);
        assertThat(event.toString()).doesNotContain("hunter2");
    }

    static void assertBreach(Event event, String code, String location) {
        assertThat(event).isInstanceOfSatisfying(InvalidEvent.class, invalid -> {
            assertThat(invalid.code()).isEqualTo(code);
            assertThat(invalid.location()).isEqualTo(location);
            assertThat(invalid.person()).isNull();
        });
    }
}
