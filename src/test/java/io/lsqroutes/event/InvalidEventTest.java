package io.lsqroutes.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InvalidEventTest {
    private static final String PERSON = "'emailAddress':'a@b.c'";
    private static final String SEARCH_KEY = "'searchKey':{'schemaName':'Phone','value':'+1'}";
    private static final String PASSWORDS = "'currentPassword':'old','newPassword':'new'";

    private final EventDecoder decoder = new EventDecoder(
            new EventRules(Set.of("Phone"), Duration.ofHours(24), Duration.ofDays(7), Duration.ofMinutes(15)),
            Clock.systemUTC());

    /** Documents are written with ' for ", and the names in capitals stand for the constants above. */
    private Event decode(EventType type, String document) {
        String json = document.replace("PERSON", PERSON)
                .replace("KEY", SEARCH_KEY)
                .replace("PASSWORDS", PASSWORDS)
                .replace('\'', '"');
        return decoder.decode(
                new IncomingRecord(type, false, null, new RecordPosition("some-topic", 3, 42, 0)),
                json.getBytes(UTF_8));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}                                                   | no-person        | record",
                "{'emailAddress':null,'searchKey':null}               | no-person        | record",
                "{PERSON,KEY}                                         | two-persons      | record",
                "{'emailAddress':''}                                  | bad-text         | emailAddress",
                "{'emailAddress':'a\\nb'}                             | bad-text         | emailAddress",
                "{'emailAddress':'a\\ud83d'}                          | bad-text         | emailAddress",
                "{'emailAddress':5}                                   | not-text         | emailAddress",
                "{'searchKey':'Phone'}                                | not-an-object    | searchKey",
                "{'searchKey':{'value':'+1'}}                         | missing-field    | searchKey.schemaName",
                "{'searchKey':{'schemaName':'Phone'}}                 | missing-field    | searchKey.value",
                "{'searchKey':{'schemaName':'Phone','value':14}}      | not-text         | searchKey.value",
                "{'searchKey':{'SchemaName':'Phone','value':'+1'}}    | misspelt-field   | searchKey.schemaName",
                "{KEY,'recipientField':'Phone'}                       | not-an-object    | recipientField",
                "{KEY,'recipientField':{}}                            | missing-field    | recipientField.schemaName",
                "{KEY,'recipientField':{'schemaname':'Phone'}}        | misspelt-field   | recipientField.schemaName",
                "{KEY,'RecipientField':{'schemaName':'Phone'}}        | misspelt-field   | recipientField",
                "{PERSON,'authKey':'k'}                               | wrong-topic      | authKey",
                "{PERSON,'currentPassword':''}                        | wrong-topic      | currentPassword",
                "{PERSON,'newPassword':5}                             | wrong-topic      | newPassword",
                "{PERSON,'newpassword':'new'}                         | misspelt-field   | newPassword",
                "{PERSON,'eventId':''}                                | bad-text         | eventId",
                "{PERSON,'eventId':1}                                 | not-text         | eventId",
                "{PERSON,'EventID':'e-1'}                             | misspelt-field   | eventId",
                "{PERSON,'campaignId':1}                              | not-text         | campaignId",
                "{'emailAddress':'a\\u200b@b.c'}                       | bad-text         | emailAddress",
                "{'searchKey':{'schemaName':'Phone','value':'\\u00a01'}} | bad-text      | searchKey.value",
                "{PERSON,'expiresAt':'yesterday'}                     | bad-time         | expiresAt",
                "{PERSON,'expiresAt':1795341600}                      | not-text         | expiresAt",
                "{PERSON,'expiresAt':'2026-11-22'}                    | bad-time         | expiresAt",
                "{PERSON,PERSON}                                      | not-json         | character 38",
                "[{PERSON}]                                           | not-an-object    | record"
            })
    void aResetThatBreaksTheContractIsToldWhyAndWhere(String document, String code, String location) {
        EventDecoderTest.assertBreach(decode(EventType.RESET, document), code, location);
    }

    @Test
    void aRecordWithoutAValueIsInvalid() {
        RecordPosition source = new RecordPosition("some-topic", 3, 42, 0);

        Event event = decoder.decode(new IncomingRecord(EventType.CHANGE, false, null, source), null);

        EventDecoderTest.assertBreach(event, "no-value", "record");
        assertThat(event.head().eventId()).isEqualTo("some-topic-3-42-0");
    }

    @Test
    void aLinkIsNotDirectedToAnyFieldTheEventLikes() {
        EventDecoderTest.assertBreach(
                decode(EventType.RESET, "{KEY,'recipientField':{'schemaName':'mx_Other'}}"),
                "recipient-field-not-allowed",
                "recipientField.schemaName");
        EventDecoderTest.assertBreach(
                decode(EventType.RESET, "{PERSON,'recipientField':{'schemaName':'Phone'}}"),
                "recipient-field-without-search-key",
                "recipientField");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{PASSWORDS}                                                | no-person      | record",
                "{PERSON,KEY,PASSWORDS}                                     | two-persons    | record",
                "{PERSON,'newPassword':'new'}                               | no-password    | currentPassword",
                "{PERSON,'currentPassword':'old'}                           | no-password    | newPassword",
                "{PERSON,'currentPassword':'old','newPassword':null}        | no-password    | newPassword",
                "{PERSON,'currentPassword':'','newPassword':'new'}          | bad-text       | currentPassword",
                "{PERSON,'currentPassword':'old','newPassword':5}           | not-text       | newPassword",
                "{PERSON,'currentPassword':'old','newPassword':'\\ud800'}   | bad-text       | newPassword",
                "{'authKey':'',PASSWORDS}                                   | bad-text       | authKey",
                "{'authKey':1,PASSWORDS}                                    | not-text       | authKey",
                "{'authkey':'k',PASSWORDS}                                  | misspelt-field | authKey",
                "{KEY,'recipientField':{'schemaName':'Phone'},PASSWORDS}    | wrong-topic    | recipientField"
            })
    void aChangeThatBreaksTheContractIsToldWhyAndWhere(String document, String code, String location) {
        EventDecoderTest.assertBreach(decode(EventType.CHANGE, document), code, location);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'eventId':'e-1'}",
                "{'eventId':'e-1','EmailAddress':'a@b.c'}",
                "{'eventId':'e-1',PERSON,KEY}",
                "{PERSON,'campaignId':'/','eventId':'e-1'}",
                "{PERSON,'expiresAt':'soon','eventId':'e-1'}",
                "{PERSON,PASSWORDS,'eventId':'e-1'}"
            })
    void theIdOfTheDocumentIsKeptWhateverElseIsWrongWithIt(String document) {
        assertThat(decode(EventType.RESET, document)).isInstanceOfSatisfying(InvalidEvent.class, invalid -> assertThat(
                        invalid.head().eventId())
                .isEqualTo("e-1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hunter2",
                "{'hunter2'}",
                "{'newPassword':'hunter2','newPassword':'hunter2'}",
                "{'newPassword':'hunter2'} hunter2",
                "{'newPassword':hunter2}",
                "{'newPassword':'hunter2",
                "{'newPassword':'hunter2\\x'}",
                "{'eventId':'hunter2 ','newPassword':'hunter2'}",
                "{'eventId':'e-1','campaignId':'hunter2 ','newPassword':'hunter2'}",
                "{'currentPassword':'hunter2','newPassword':'hunter2'}",
                "{PERSON,'currentPassword':'hunter2','newPassword':['hunter2']}",
                "{PERSON,'currentPassword':'hunter2','newPassword':'hunter2\\u0000'}",
                "{PERSON,'NEWPASSWORD':'hunter2'}",
                "{'searchKey':{'schemaName':'hunter2','Value':'hunter2'},PASSWORDS}",
                "{'searchKey':{'schemaName':'hunter2'},PASSWORDS}",
                "{'searchKey':'hunter2',PASSWORDS}",
                "{PERSON,'expiresAt':'hunter2',PASSWORDS}"
            })
    void nothingOfTheDocumentGetsOut(String document) {
        for (EventType type : EventType.values()) {
            assertThat(decode(type, document)).isInstanceOfSatisfying(InvalidEvent.class, invalid -> assertThat(
                            invalid.toString() + invalid.code() + invalid.location())
                    .doesNotContain("hunter2"));
        }
    }

    @Test
    void aTimeThatNoCalendarHoldsIsInvalid() {
        EventDecoderTest.assertBreach(
                decode(EventType.RESET, "{PERSON,'expiresAt':'+999999999-12-31T23:59:59-18:00'}"),
                "bad-time",
                "expiresAt");
    }
}
