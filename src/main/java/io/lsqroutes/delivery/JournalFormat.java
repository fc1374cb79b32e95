package io.lsqroutes.delivery;

import io.lsqroutes.budget.DayCount;
import io.lsqroutes.delivery.JournalEntry.State;
import io.lsqroutes.event.EventHead;
import io.lsqroutes.event.Progress;
import io.lsqroutes.event.Source;
import io.lsqroutes.outcome.Status;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Locale;

/**
 * How the journal's records are written: one line of words, the version first. A journal of 30 days holds 13 million, and
 * the next owner waits until they are read.
 *
 * <p>The bundle's own keys start with a slash, which no event's key does.
 */
final class JournalFormat {
    /** The key of the record that names the account. */
    static final String ACCOUNT = "/account";

    /** The key under which calls are marked that no event asks for itself: sign-ins and key calls. */
    static final String CALL = "/call";

    /** The key of the record that counts the day's calls. */
    static final String COUNT = "/count";

    private static final String VERSION = "1";
    private static final String RECORDS = "/record/";
    private static final String NOTHING = "-";
    private static final int WORDS = 12;
    /** With the origin of an event that was forwarded. */
    private static final int MOST_WORDS = 16;

    private JournalFormat() {}

    /** Ids are told apart by what they ask for. */
    static String key(EventHead event) {
        return event.type().label() + '/' + event.eventId();
    }

    /** The key of a record that uses up no event id. */
    static String recordKey(Source source) {
        // With its time: a topic that is deleted and made anew has the same offsets again.
        return RECORDS + source.topic() + '-' + source.partition() + '-' + source.offset() + '-' + source.timestamp();
    }

    /** The key of a record without its time, which a dead letter does not know. */
    static String placeKey(Source source) {
        return place(recordKey(source));
    }

    /** The key as it is but for a record's, which loses its time. */
    static String place(String key) {
        return key.startsWith(RECORDS) ? key.substring(0, key.lastIndexOf('-')) : key;
    }

    /** Whether what stands under this key says what became of an event or a record. */
    static boolean isEntry(String key) {
        return !key.startsWith("/") || key.startsWith(RECORDS);
    }

    static byte[] write(JournalEntry entry) {
        return line(entry).getBytes(StandardCharsets.UTF_8);
    }

    static String line(JournalEntry entry) {
        Progress progress = entry.progress();
        String line = String.join(
                " ",
                VERSION,
                entry.state().name(),
                entry.status() == null ? NOTHING : entry.status().name(),
                Integer.toString(progress.calls()),
                Integer.toString(progress.charged()),
                flag(progress.effectPossible()),
                flag(progress.resent()),
                entry.fingerprint().isEmpty() ? NOTHING : entry.fingerprint(),
                line(entry.source()));
        return entry.origin().equals(entry.source()) ? line : line + ' ' + line(entry.origin());
    }

    private static String line(Source source) {
        return source.topic() + ' ' + source.partition() + ' ' + source.offset() + ' ' + source.timestamp();
    }

    private static String flag(boolean set) {
        return set ? "yes" : "no";
    }

    /**
     * Reads an entry.
     *
     * @throws JournalRefused if the record is not this version's: acting on half an understanding would repeat calls
     */
    static JournalEntry read(byte[] value) {
        String[] words = words(value);
        boolean forwarded = words[WORDS] != null;
        if (words[(forwarded ? MOST_WORDS : WORDS) - 1] == null) {
            throw new JournalRefused("it holds a record that is not its own");
        }
        try {
            Source source = source(words, WORDS - 4);
            return new JournalEntry(
                    State.valueOf(words[1]),
                    new Progress(
                            Integer.parseInt(words[3]),
                            Integer.parseInt(words[4]),
                            words[5].equals("yes"),
                            words[6].equals("yes")),
                    source,
                    words[7].equals(NOTHING) ? "" : words[7],
                    words[2].equals(NOTHING) ? null : Status.valueOf(words[2]),
                    forwarded ? source(words, WORDS) : source);
        } catch (IllegalArgumentException e) {
            throw new JournalRefused("it holds a record that is not its own");
        }
    }

    private static Source source(String[] words, int from) {
        return new Source(
                words[from],
                Integer.parseInt(words[from + 1]),
                Long.parseLong(words[from + 2]),
                Long.parseLong(words[from + 3]));
    }

    static String accountLine(String account) {
        return VERSION + ' ' + account;
    }

    static String readAccount(byte[] value) {
        return words(value)[1];
    }

    static String countLine(DayCount count) {
        return VERSION + ' ' + count.day() + ' ' + count.calls();
    }

    static DayCount readCount(byte[] value) {
        String[] words = words(value);
        if (words[2] == null || words[3] != null) {
            throw new JournalRefused("it holds a record that is not its own");
        }
        try {
            return new DayCount(LocalDate.parse(words[1]), Integer.parseInt(words[2]));
        } catch (DateTimeParseException | NumberFormatException e) {
            throw new JournalRefused("it holds a record that is not its own");
        }
    }

    /** By hand: a regular expression would take longer than all the rest of a restore. */
    private static String[] words(byte[] value) {
        String line = new String(value, StandardCharsets.UTF_8);
        String[] words = new String[MOST_WORDS];
        int count = 0;
        int from = 0;
        for (int to = line.indexOf(' '); to >= 0 && count < MOST_WORDS - 1; to = line.indexOf(' ', from)) {
            words[count++] = line.substring(from, to);
            from = to + 1;
        }
        words[count] = line.substring(from);
        if (!VERSION.equals(words[0])) {
            throw new JournalRefused(String.format(
                    Locale.ROOT,
                    "it is written in version %.10s, and this bundle knows version %s",
                    words[0],
                    VERSION));
        }
        return words;
    }
}
