package io.lsqroutes.journal;

import io.lsqroutes.budget.DayCount;
import io.lsqroutes.event.EventHead;
import io.lsqroutes.event.EventType;
import io.lsqroutes.event.Progress;
import io.lsqroutes.event.RecordPosition;
import io.lsqroutes.event.Status;
import io.lsqroutes.journal.JournalEntry.State;
import io.lsqroutes.kafka.RecordText;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How the journal's records are written: one line of words, the version first. A journal of 30 days holds 13 million, and
 * the next owner waits until they are read.
 *
 * <p>The bundle's own keys start with a slash, which no event's key does.
 */
public final class JournalFormat {
    /** The key of the record that names the account. */
    public static final String ACCOUNT = "/account";

    /** The key under which calls are marked that no event asks for itself: sign-ins and key calls. */
    public static final String CALL = "/call";

    /** The key of the record that counts the day's calls. */
    public static final String COUNT = "/count";

    private static final String VERSION = "1";
    private static final String RECORDS = "/record/";
    private static final String NOTHING = "-";
    private static final List<String> EVENT_KEYS =
            Arrays.stream(EventType.values()).map(type -> type.label() + '/').toList();
    private static final Pattern ANY_ENTRY = Pattern.compile("([1-9][0-9]{0,3}) [A-Z_]{2,}( |$)");
    private static final Pattern ANY_LINE = Pattern.compile("([1-9][0-9]{0,3}) \\S");
    /** Former versions read the word before this one alone, and write none. */
    private static final String UNPROVED = "unproved";

    private static final int WORDS = 12;
    /** With the origin of an event that was forwarded. */
    private static final int MOST_WORDS = 16;

    private JournalFormat() {}

    /** Ids are told apart by what they ask for. */
    public static String key(EventHead event) {
        return event.type().label() + '/' + event.eventId();
    }

    /** The key of a record that uses up no event id. */
    public static String recordKey(RecordPosition source) {
        // With its time: a topic that is deleted and made anew has the same offsets again.
        return RECORDS + source.topic() + '-' + source.partition() + '-' + source.offset() + '-' + source.timestamp();
    }

    /** The key of a record without its time, which a dead letter does not know. */
    public static String placeKey(RecordPosition source) {
        return place(recordKey(source));
    }

    /** The key as it is but for a record's, which loses its time. */
    public static String place(String key) {
        return key.startsWith(RECORDS) ? key.substring(0, key.lastIndexOf('-')) : key;
    }

    /** Whether what stands under this key says what became of an event or a record. */
    static boolean isEntry(String key) {
        return !key.startsWith("/") || key.startsWith(RECORDS);
    }

    /** The key in words, where it is one that the bundle writes; null where it is not. */
    public static @Nullable String ownKey(byte @Nullable [] key) {
        if (key == null) {
            return null;
        }
        String words = RecordText.text(key);
        return words.startsWith("/") || EVENT_KEYS.stream().anyMatch(words::startsWith) ? words : null;
    }

    /** Whether the value begins with the version that is written now. */
    static boolean isOfThisVersion(byte[] value) {
        return value.length > 2 && value[0] == VERSION.charAt(0) && value[1] == ' ';
    }

    /**
     * Tells a newer version's record from a foreign one. Every version begins a line with its number, and says of an event
     * next, in a word of capitals, how far it came; whoever works with the journal writes the account's record.
     *
     * @throws JournalRejected if a newer version wrote it: acting on half an understanding would repeat calls
     */
    public static void refuseNewer(String key, byte[] value) {
        boolean ofAnEvent = isEntry(key) || key.equals(CALL);
        if (!ofAnEvent && !key.equals(ACCOUNT) && !key.equals(COUNT)) {
            return;
        }
        Matcher newer = (ofAnEvent ? ANY_ENTRY : ANY_LINE).matcher(RecordText.text(value));
        if (newer.lookingAt() && Integer.parseInt(newer.group(1)) > Integer.parseInt(VERSION)) {
            throw new JournalRejected(
                    "it is written in version " + newer.group(1) + ", and this bundle knows version " + VERSION);
        }
    }

    public static byte[] write(JournalEntry entry) {
        return RecordText.bytes(line(entry));
    }

    public static String line(JournalEntry entry) {
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

    private static String line(RecordPosition source) {
        return source.topic() + ' ' + source.partition() + ' ' + source.offset() + ' ' + source.timestamp();
    }

    private static String flag(boolean set) {
        return set ? "yes" : "no";
    }

    /**
     * Reads an entry; null where it is none of this version.
     */
    public static @Nullable JournalEntry read(byte[] value) {
        String[] words = words(value);
        boolean forwarded = words != null && words[WORDS] != null;
        if (words == null || words[(forwarded ? MOST_WORDS : WORDS) - 1] == null) {
            return null;
        }
        try {
            RecordPosition source = source(words, WORDS - 4);
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
            return null;
        }
    }

    private static RecordPosition source(String[] words, int from) {
        return new RecordPosition(
                words[from],
                Integer.parseInt(words[from + 1]),
                Long.parseLong(words[from + 2]),
                Long.parseLong(words[from + 3]));
    }

    public static String accountLine(JournalAccount account) {
        String line = VERSION + ' ' + account.name();
        return account.proved() ? line : line + ' ' + UNPROVED;
    }

    /**
     * Null where it is no account's line of this version. An account without a word on that may have been proved: former
     * versions did not say.
     */
    public static @Nullable JournalAccount readAccount(byte[] value) {
        String[] words = words(value);
        return words == null || words[1] == null || words[1].isEmpty()
                ? null
                : new JournalAccount(words[1], !UNPROVED.equals(words[2]));
    }

    public static String countLine(DayCount count) {
        return VERSION + ' ' + count.day() + ' ' + count.calls();
    }

    /** Null where it is no count of this version. */
    static @Nullable DayCount readCount(byte[] value) {
        String[] words = words(value);
        if (words == null || words[2] == null || words[3] != null) {
            return null;
        }
        try {
            return new DayCount(LocalDate.parse(words[1]), Integer.parseInt(words[2]));
        } catch (DateTimeParseException | NumberFormatException e) {
            return null;
        }
    }

    /** By hand: a regular expression would take longer than all the rest of a restore. Null for another version's line. */
    private static String @Nullable [] words(byte[] value) {
        if (!isOfThisVersion(value)) {
            return null;
        }
        String line = RecordText.text(value);
        String[] words = new String[MOST_WORDS];
        int count = 0;
        int from = 0;
        for (int to = line.indexOf(' '); to >= 0 && count < MOST_WORDS - 1; to = line.indexOf(' ', from)) {
            words[count++] = line.substring(from, to);
            from = to + 1;
        }
        words[count] = line.substring(from);
        return words;
    }
}
