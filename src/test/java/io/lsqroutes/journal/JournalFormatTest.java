package io.lsqroutes.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.lsqroutes.budget.DayCount;
import io.lsqroutes.event.Progress;
import io.lsqroutes.event.RecordPosition;
import io.lsqroutes.event.Status;
import io.lsqroutes.journal.JournalEntry.State;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class JournalFormatTest {
    private static final RecordPosition SOURCE = new RecordPosition("reset-requested", 3, 42, 1_700_000_000_000L);

    private static final RecordPosition THERE = new RecordPosition("reset-campaign", 1, 7, 1_700_000_000_001L);

    @ParameterizedTest
    @EnumSource(State.class)
    void readsWhatItHasWritten(State state) {
        JournalEntry entry = JournalEntry.of(state, new Progress(3, 2, true, false), SOURCE, "0a1b", Status.FAILED);
        JournalEntry bare = JournalEntry.of(state, new Progress(0, 0, false, true), SOURCE, "", null);

        assertThat(JournalFormat.read(JournalFormat.write(entry))).isEqualTo(entry);
        assertThat(JournalFormat.read(JournalFormat.write(bare))).isEqualTo(bare);
        assertThat(JournalFormat.read(JournalFormat.write(entry.at(THERE)))).isEqualTo(entry.at(THERE));
    }

    @Test
    void isOneLineOfWords() {
        JournalEntry entry = JournalEntry.of(State.DONE, Progress.NONE, SOURCE, "0a1b", Status.SUCCEEDED);

        assertThat(JournalFormat.line(entry))
                .isEqualTo("1 DONE SUCCEEDED 0 0 no no 0a1b reset-requested 3 42 1700000000000");
        assertThat(JournalFormat.line(entry.at(THERE)))
                .isEqualTo("1 DONE SUCCEEDED 0 0 no no 0a1b reset-campaign 1 7 1700000000001"
                        + " reset-requested 3 42 1700000000000");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1 DONE SUCCEEDED 0 0 no no 0a1b reset-requested 3 42",
                "1 DONE SUCCEEDED 0 0 no no 0a1b reset-campaign 1 7 1700000000001 reset-requested 3 42",
                "1 UNHEARD-OF SUCCEEDED 0 0 no no 0a1b reset-requested 3 42 1700000000000",
                "1 DONE SUCCEEDED x 0 no no 0a1b reset-requested 3 42 1700000000000",
                "{\"version\":2}",
                "hello",
                "2",
                "2 apples",
                "20261127 DONE",
                "12,5 DONE",
                "\u0000\u0001",
                ""
            })
    void aForeignValueIsNoEntry_andNoNewerVersion(String line) {
        byte[] value = line.getBytes(UTF_8);

        assertThat(JournalFormat.read(value)).isNull();
        assertThatNoException().isThrownBy(() -> JournalFormat.rejectNewer("reset/e-1", value));
        assertThatNoException().isThrownBy(() -> JournalFormat.rejectNewer("/record/reset-requested-0-1-2", value));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "reset/e-1 | 2 DONE SUCCEEDED 0 0 no no 0a1b reset-requested 3 42 1700000000000",
                "change/e-1 | 17 SOMETHING_NEW",
                "/record/reset-requested-0-1-2 | 2 DONE something new",
                "/call | 3 CALLING",
                "/account | 2 https://portal.example#0a1b",
                "/count | 2 2026-11-22 180"
            })
    void aNewerVersionIsRefused(String key, String line) {
        assertThatExceptionOfType(JournalRejected.class)
                .isThrownBy(() -> JournalFormat.rejectNewer(key, line.getBytes(UTF_8)))
                .withMessageContaining("version");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hello", "resets/e-1", "", "orders-17"})
    void aForeignKeyIsNoneOfOurs(String key) {
        assertThat(JournalFormat.ownKey(key.getBytes(UTF_8))).isNull();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theAccountIsReadAsItWasWritten(boolean proved) {
        JournalAccount account = new JournalAccount("https://portal.example#0a1b", proved);
        String line = JournalFormat.accountLine(account);

        assertThat(JournalFormat.readAccount(line.getBytes(UTF_8))).isEqualTo(account);
    }

    @Test
    void anAccountOfAFormerVersionMayHaveBeenProved_andOfThisOneIsReadByThat() {
        assertThat(JournalFormat.readAccount("1 https://portal.example#0a1b".getBytes(UTF_8)))
                .isEqualTo(new JournalAccount("https://portal.example#0a1b", true));
        assertThat(JournalFormat.accountLine(new JournalAccount("https://portal.example#0a1b", false)))
                .as("that reads the second word, whatever follows")
                .startsWith("1 https://portal.example#0a1b ");
    }

    @Test
    void whatWasProvedOnceStaysProved_forTheSameAccount() {
        JournalAccount proved = new JournalAccount("a", true);
        JournalAccount unproved = new JournalAccount("a", false);

        assertThat(unproved.after(proved)).isEqualTo(proved);
        assertThat(unproved.after(new JournalAccount("b", true))).isEqualTo(unproved);
        assertThat(proved.after(unproved)).isEqualTo(proved);
        assertThatExceptionOfType(JournalRejected.class).isThrownBy(() -> proved.check("b"));
        unproved.check("b");
        proved.check("a");
    }

    @Test
    void theDaysCallsAreReadAsTheyWereWritten() {
        DayCount count = new DayCount(LocalDate.of(2026, 11, 22), 180);

        assertThat(JournalFormat.countLine(count)).isEqualTo("1 2026-11-22 180");
        assertThat(JournalFormat.readCount("1 2026-11-22 180".getBytes(UTF_8))).isEqualTo(count);
        assertThat(JournalFormat.isEntry(JournalFormat.COUNT)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"2 2026-11-22 180", "1 2026-11-22", "1 2026-11-22 many", "1 today 180", "1 2026-11-22 1 2", ""})
    void aCountThatItDoesNotUnderstandIsNone(String line) {
        assertThat(JournalFormat.readCount(line.getBytes(UTF_8))).isNull();
    }

    @Test
    void aRecordOfATopicThatWasMadeAnewHasAnotherKey() {
        assertThat(JournalFormat.recordKey(SOURCE))
                .isNotEqualTo(JournalFormat.recordKey(new RecordPosition("reset-requested", 3, 42, 1)));
    }
}
