package io.lsqroutes.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.lsqroutes.event.Person.EmailAddress;
import io.lsqroutes.event.Person.SearchKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventJsonTest {
    private static final Instant EXPIRES = Instant.parse("2026-11-23T10:00:00.123456789Z");
    private static final RecordPosition SOURCE = new RecordPosition("some-topic", 3, 42, 1_795_341_600_000L);
    private static final Person JOHN = new EmailAddress("John \"Wick\" \ud83d\ude00@example.com");
    private static final Person PHONE = new SearchKey("Phone", "+14-157415569");
    /** E-mail address by schema name, which is another shape than by field. */
    private static final Person BY_SCHEMA = new SearchKey("EmailAddress", "johnwick@example.com");

    private final EventDecoder decoder = new EventDecoder(
            new EventRules(
                    Set.of("EmailAddress", "Phone"), Duration.ofHours(24), Duration.ofDays(7), Duration.ofMinutes(15)),
            Clock.systemUTC());

    private static EventHead head(EventType type, Lane lane, @Nullable String campaignId, @Nullable Instant asked) {
        return new EventHead("A.b_c:d-9", type, lane, campaignId, asked, EXPIRES, null, SOURCE);
    }

    private static EventHead reset(Lane lane) {
        return head(EventType.RESET, lane, null, null);
    }

    private static EventHead change() {
        return head(EventType.CHANGE, Lane.INTERACTIVE, null, null);
    }

    static Stream<Event> events() {
        Secret key = new Secret("key\"\\");
        Secret old = new Secret(" old ");
        Secret next = new Secret("n\u00e9w\ud83d\ude00\u2028");
        return Stream.of(
                new ResetRequested(reset(Lane.INTERACTIVE), JOHN, null),
                new ResetRequested(reset(Lane.CAMPAIGN), JOHN, null),
                new ResetRequested(
                        head(EventType.RESET, Lane.CAMPAIGN, "spring-26", EXPIRES.minusSeconds(7)), PHONE, "Phone"),
                new ResetRequested(reset(Lane.INTERACTIVE), PHONE, null),
                new ResetRequested(reset(Lane.INTERACTIVE), BY_SCHEMA, "EmailAddress"),
                new ChangeRequested(change(), null, key, old, next),
                new ChangeRequested(change(), JOHN, null, old, next),
                new ChangeRequested(change(), PHONE, null, old, next),
                new ChangeRequested(
                        head(EventType.CHANGE, Lane.INTERACTIVE, "spring-26", EXPIRES), BY_SCHEMA, key, old, next));
    }

    private Event decoded(Event event, byte[] written) {
        EventHead head = event.head();
        boolean campaign = head.lane() == Lane.CAMPAIGN;
        return decoder.decode(new IncomingRecord(head.type(), campaign, null, SOURCE), written);
    }

    private static byte[] written(Event event) {
        return event instanceof ChangeRequested change
                ? EventJson.writeWithSecrets(change, change.head().expiresAt())
                : EventJson.write((ResetRequested) event, event.head().expiresAt());
    }

    @ParameterizedTest
    @MethodSource("events")
    void whatIsWrittenIsReadAsTheSameEvent(Event event) {
        assertThat(decoded(event, written(event))).isEqualTo(event);
    }

    @ParameterizedTest
    @ValueSource(strings = {"9999-12-31T23:00:00-05:00", "1970-01-01T00:00:00+05:00", "1970-01-01T00:00:00Z"})
    void aTimeThatIsReadCanBeReadAgain(String time) {
        String document = "{\"emailAddress\":\"a@b.c\",\"requestedAt\":\"" + time + "\"}";
        Event event =
                decoder.decode(new IncomingRecord(EventType.RESET, false, null, SOURCE), document.getBytes(UTF_8));

        if (event instanceof ResetRequested) {
            assertThat(decoded(event, written(event))).isEqualTo(event);
        } else {
            EventDecoderTest.assertBreach(event, "bad-time", "requestedAt");
        }
    }

    @Test
    void theTimeItIsGoodUntilIsTheOneAskedFor_andTheRestIsWrittenAsTheContractSays() {
        ResetRequested event = new ResetRequested(
                head(EventType.RESET, Lane.CAMPAIGN, "spring-26", Instant.parse("2026-11-22T10:00:00Z")),
                PHONE,
                "Phone");

        assertThat(new String(EventJson.write(event, Instant.parse("2030-01-01T00:00:00Z")), UTF_8))
                .isEqualTo("{\"eventId\":\"A.b_c:d-9\",\"campaignId\":\"spring-26\","
                        + "\"requestedAt\":\"2026-11-22T10:00:00Z\",\"expiresAt\":\"2030-01-01T00:00:00Z\","
                        + "\"searchKey\":{\"schemaName\":\"Phone\",\"value\":\"+14-157415569\"},"
                        + "\"recipientField\":{\"schemaName\":\"Phone\"}}");
    }
}
