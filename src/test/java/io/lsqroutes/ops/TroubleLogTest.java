package io.lsqroutes.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TroubleLogTest {
    private static final String SINCE = "2026-11-22T10:00:00Z";

    private final List<String> lines = new ArrayList<>();
    private long seconds;
    private @Nullable String problem;
    private @Nullable String other;
    private final TroubleLog troubles = new TroubleLog(
                    line -> lines.add("WARN " + line),
                    line -> lines.add("INFO " + line),
                    Clock.fixed(Instant.parse("2026-11-22T10:00:00.123Z"), ZoneOffset.UTC),
                    () -> Duration.ofSeconds(seconds).toNanos())
            .watch(() -> problem, "Calls wait.")
            .watch(() -> other, "Nothing is lost.");

    private void pass(int time) {
        for (int i = 0; i < time; i++) {
            troubles.look();
            seconds++;
        }
    }

    @Test
    void aTroubleIsToldAtOnce_eachMinute_andWhenItIsOver() {
        pass(10);
        assertThat(lines).isEmpty();
        problem = "Kafka at k:9092 does not answer";
        pass(130);
        problem = null;
        pass(60);

        assertThat(lines)
                .containsExactly(
                        "WARN Kafka at k:9092 does not answer (since " + SINCE + "). Calls wait.",
                        "WARN Kafka at k:9092 does not answer (since " + SINCE + ", for 60 s by now). Calls wait.",
                        "WARN Kafka at k:9092 does not answer (since " + SINCE + ", for 120 s by now). Calls wait.",
                        "INFO Over after 129 s: Kafka at k:9092 does not answer");
    }

    @Test
    void aReasonThatChangesIsTold_butNotEachTime() {
        problem = "a";
        pass(20);
        problem = "b";
        pass(1);
        for (int i = 0; i < 9; i++) {
            problem = "c-" + i;
            pass(1);
        }
        pass(5);

        assertThat(lines)
                .containsExactly(
                        "WARN a (since " + SINCE + "). Calls wait.",
                        "WARN b (since " + SINCE + ", for 20 s by now). Calls wait.",
                        "WARN c-8 (since " + SINCE + ", for 30 s by now). Calls wait.");
    }

    @Test
    void whatComesAndGoesIsOneTrouble() {
        for (int i = 0; i < 20; i++) {
            problem = i % 2 == 0 ? "the group refuses" : null;
            pass(1);
        }
        problem = null;
        pass(10);

        assertThat(lines)
                .containsExactly(
                        "WARN the group refuses (since " + SINCE + "). Calls wait.",
                        "INFO Over after 18 s: the group refuses");
    }

    @Test
    void severalTroublesAreToldEach_andTheFirstIsTheReason() {
        Supplier<@Nullable String> reason = troubles::problem;
        assertThat(reason.get()).isNull();
        other = "results are missing";
        pass(1);
        assertThat(reason.get()).isEqualTo("results are missing");
        problem = "no answer";
        pass(1);

        assertThat(reason.get()).isEqualTo("no answer");
        assertThat(lines)
                .containsExactly(
                        "WARN results are missing (since " + SINCE + "). Nothing is lost.",
                        "WARN no answer (since " + SINCE + "). Calls wait.");
    }
}
