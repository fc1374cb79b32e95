package io.lsqroutes.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventHeadTest {
    private static final EventHead HEAD = new EventHead(
            "e-1",
            EventType.RESET,
            Lane.INTERACTIVE,
            null,
            null,
            Instant.parse("2026-11-22T10:00:00Z"),
            null,
            new RecordPosition("reset-requested", 0, 42, 0));

    @ParameterizedTest
    @CsvSource({
        "2026-11-22T09:00:00Z, false",
        "2026-11-22T10:00:00Z, false",
        "2026-11-22T10:05:00Z, false",
        "2026-11-22T10:05:00.000000001Z, true",
        "2026-11-23T10:00:00Z, true"
    })
    void expiresFiveMinutesLateForClocksThatDiffer(Instant now, boolean expired) {
        assertThat(HEAD.expiredAt(now)).isEqualTo(expired);
    }
}
