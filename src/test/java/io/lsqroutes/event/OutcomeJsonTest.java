package io.lsqroutes.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutcomeJsonTest {
    private static final Instant COMPLETED = Instant.parse("2026-11-22T10:00:01.5Z");

    private static EventHead head(EventType type, @Nullable String campaignId, @Nullable Instant requestedAt) {
        return new EventHead(
                "e-1",
                type,
                Lane.INTERACTIVE,
                campaignId,
                requestedAt,
                COMPLETED,
                null,
                new RecordPosition("reset-requested", 3, 42, 7));
    }

    private static String json(Outcome outcome) {
        return new String(OutcomeJson.write(outcome), UTF_8);
    }

    @Test
    void writesEveryField() {
        Outcome outcome = new Outcome(
                head(EventType.RESET, "spring-26", Instant.parse("2026-11-22T10:00:00Z")),
                Status.SUCCEEDED,
                2,
                true,
                200,
                "some-code",
                "Reset link sent \"successfully\"",
                "lead-1",
                COMPLETED);

        assertThat(json(outcome))
                .isEqualTo("{\"eventId\":\"e-1\",\"type\":\"reset\",\"status\":\"SUCCEEDED\","
                        + "\"campaignId\":\"spring-26\",\"calls\":2,\"possibleDuplicate\":true,\"httpStatus\":200,"
                        + "\"code\":\"some-code\",\"message\":\"Reset link sent \\\"successfully\\\"\","
                        + "\"leadId\":\"lead-1\",\"requestedAt\":\"2026-11-22T10:00:00.000Z\","
                        + "\"completedAt\":\"2026-11-22T10:00:01.500Z\","
                        + "\"source\":{\"topic\":\"reset-requested\",\"partition\":3,\"offset\":42}}");
    }

    @Test
    void writesNullWhereNothingIsKnown() {
        Outcome outcome = new Outcome(
                head(EventType.CHANGE, null, null), Status.IN_DOUBT, 1, false, null, null, null, null, COMPLETED);

        assertThat(json(outcome))
                .isEqualTo("{\"eventId\":\"e-1\",\"type\":\"change\",\"status\":\"IN_DOUBT\",\"campaignId\":null,"
                        + "\"calls\":1,\"possibleDuplicate\":false,\"httpStatus\":null,\"code\":null,"
                        + "\"message\":null,\"leadId\":null,\"requestedAt\":null,"
                        + "\"completedAt\":\"2026-11-22T10:00:01.500Z\","
                        + "\"source\":{\"topic\":\"reset-requested\",\"partition\":3,\"offset\":42}}");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-22T10:00:00Z, 2026-11-22T10:00:00.000Z",
        "2026-11-22T10:00:00.0019Z, 2026-11-22T10:00:00.001Z",
        "0000-01-01T00:00:00Z, 0000-01-01T00:00:00.000Z"
    })
    void timesAreInUtcWithMilliseconds(Instant time, String text) {
        assertThat(OutcomeJson.time(time)).isEqualTo(text);
    }

    @Test
    void noTimeIsNull() {
        assertThat(OutcomeJson.time(null)).isNull();
    }
}
