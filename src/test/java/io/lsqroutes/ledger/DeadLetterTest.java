package io.lsqroutes.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.lsqroutes.event.ChangeRequested;
import io.lsqroutes.event.Event;
import io.lsqroutes.event.EventHead;
import io.lsqroutes.event.EventType;
import io.lsqroutes.event.InvalidEvent;
import io.lsqroutes.event.Lane;
import io.lsqroutes.event.Outcome;
import io.lsqroutes.event.Person.EmailAddress;
import io.lsqroutes.event.RecordPosition;
import io.lsqroutes.event.ResetRequested;
import io.lsqroutes.event.Secret;
import io.lsqroutes.event.Status;
import java.time.Instant;
import java.util.Arrays;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeadLetterTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private static EventHead head(EventType type, Lane lane) {
        return new EventHead("e-1", type, lane, null, null, NOW, null, new RecordPosition("some-topic", 3, 42, 0));
    }

    private static Event reset(Lane lane) {
        return new ResetRequested(head(EventType.RESET, lane), new EmailAddress("ada@example.com"), null);
    }

    private static Event change() {
        return new ChangeRequested(
                head(EventType.CHANGE, Lane.INTERACTIVE),
                new EmailAddress("ada@example.com"),
                new Secret("hunter2"),
                new Secret("hunter2"),
                new Secret("hunter2"));
    }

    private static @Nullable DeadLetter deadLetter(Event event, Status status) {
        return DeadLetter.of(new Outcome(event.head(), status, 1, false, 500, "http-500", "hunter2", null, NOW), event);
    }

    private static ProducerRecord<byte[], byte[]> record(Event event, Status status) {
        return requireNonNull(deadLetter(event, status)).record("dead");
    }

    @ParameterizedTest
    @CsvSource({
        "SUCCEEDED, INTERACTIVE, false",
        "SUCCEEDED, CAMPAIGN,    false",
        "REJECTED,  INTERACTIVE, false",
        "REJECTED,  CAMPAIGN,    false",
        "FAILED,    INTERACTIVE, true",
        "FAILED,    CAMPAIGN,    true",
        "IN_DOUBT,  INTERACTIVE, true",
        "IN_DOUBT,  CAMPAIGN,    true",
        "EXPIRED,   INTERACTIVE, false",
        "EXPIRED,   CAMPAIGN,    true",
        "INVALID,   INTERACTIVE, true",
        "INVALID,   CAMPAIGN,    true",
        "DUPLICATE, INTERACTIVE, false",
        "DUPLICATE, CAMPAIGN,    false"
    })
    void whatNeedsAPersonBecomesADeadLetter(Status status, Lane lane, boolean needed) {
        assertThat(deadLetter(reset(lane), status) != null).isEqualTo(needed);
    }

    @Test
    void itsHeadersAreTextAndNothingButTheFewAgreedOnes() {
        ProducerRecord<byte[], byte[]> record = record(reset(Lane.CAMPAIGN), Status.FAILED);

        assertThat(record.topic()).isEqualTo("dead");
        assertThat(new String(record.key(), UTF_8)).isEqualTo("e-1");
        assertThat(Arrays.stream(record.headers().toArray())
                        .map(header -> header.key() + '=' + new String(header.value(), UTF_8)))
                .containsExactlyInAnyOrder(
                        "__connect.errors.topic=some-topic",
                        "__connect.errors.partition=3",
                        "__connect.errors.offset=42",
                        "__connect.errors.exception.class.name=io.lsqroutes.leadsquared.CallFailed",
                        "__connect.errors.exception.message=http-500",
                        "lsq.event-id=e-1",
                        "lsq.status=FAILED");
    }

    @Test
    void aResetIsWrittenOut() {
        assertThat(new String(record(reset(Lane.INTERACTIVE), Status.IN_DOUBT).value(), UTF_8))
                .isEqualTo(
                        "{\"eventId\":\"e-1\",\"expiresAt\":\"2026-11-22T10:00:00Z\",\"emailAddress\":\"ada@example.com\"}");
    }

    @Test
    void aChangeAndABreachAreNot() {
        Event breach = new InvalidEvent(head(EventType.RESET, Lane.INTERACTIVE), "no-person", "record");

        assertThat(record(change(), Status.FAILED).value()).isNull();
        assertThat(record(breach, Status.INVALID).value()).isNull();
        // Its id is somebody else's; it was read, and still is a breach.
        assertThat(record(reset(Lane.CAMPAIGN), Status.INVALID).value()).isNull();
    }

    /** Readers compare with these texts, so they stay as they are wherever the classes go. */
    @ParameterizedTest
    @CsvSource({
        "INVALID, io.lsqroutes.event.InvalidEvent",
        "FAILED, io.lsqroutes.leadsquared.CallFailed",
        "IN_DOUBT, io.lsqroutes.leadsquared.CallFailed",
        "EXPIRED, io.lsqroutes.leadsquared.CallFailed"
    })
    void theExceptionClassIsPartOfTheContract(Status status, String name) {
        byte[] header = record(reset(Lane.CAMPAIGN), status)
                .headers()
                .lastHeader("__connect.errors.exception.class.name")
                .value();

        assertThat(new String(header, UTF_8)).isEqualTo(name);
    }
}
