package io.lsqroutes.journal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JournalIndexTest {
    private final JournalIndex index = new JournalIndex();

    @Test
    void whatWasNeverPutIsUnknown() {
        assertThat(index.position("reset/e-1")).isEqualTo(JournalIndex.UNKNOWN);
        assertThat(index.identity("reset/e-1")).isZero();
    }

    @Test
    void theLastWordCounts() {
        index.put("reset/e-1", 0, 7);
        index.put("reset/e-1", 42, 8);

        assertThat(index.position("reset/e-1")).isEqualTo(42);
        assertThat(index.identity("reset/e-1")).isEqualTo(8);
        assertThat(index.size()).isEqualTo(1);
    }

    @Test
    void manyIdsAreToldApart() {
        for (int i = 0; i < 200_000; i++) {
            index.put("reset/" + i, i, i + 1L);
        }

        assertThat(index.size()).isEqualTo(200_000);
        for (int i = 0; i < 200_000; i++) {
            assertThat(index.position("reset/" + i)).isEqualTo(i);
            assertThat(index.identity("reset/" + i)).isEqualTo(i + 1L);
        }
        assertThat(index.position("reset/200000")).isEqualTo(JournalIndex.UNKNOWN);
    }

    @Test
    void whatKafkaHasDeletedIsForgotten_andTheRestStays() {
        for (int i = 0; i < 10_000; i++) {
            index.put("reset/" + i, i, 1);
        }

        index.forgetBefore(9_000);

        assertThat(index.size()).isEqualTo(1_000);
        assertThat(index.position("reset/8999")).isEqualTo(JournalIndex.UNKNOWN);
        for (int i = 9_000; i < 10_000; i++) {
            assertThat(index.position("reset/" + i)).isEqualTo(i);
        }
        index.put("reset/8999", 10_001, 1);
        assertThat(index.position("reset/8999")).isEqualTo(10_001);
    }
}
