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
 * How the journal's records are written: one line, whose first field is the version. A journal of 30 days holds 13 million
 * records, and the next owner waits until they are read.
 *
 * <p>The bundle's own keys start with a slash, which no event's key does.
 */
public final class JournalFormat {
    /** The key of the record that names the account. */
    public static final String ACCOUNT = "/account";

    /** The key of the records that mark sign-ins and key calls, which no event asks for itself. */
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
    /** Former versions neither read nor write this field. */
    private static final String UNPROVED = "unproved";

    private static final int FIELDS = 12;
    /** With the origin of an event that was forwarded. */
    private static final int MOST_FIELDS = 16;

    private JournalFormat() {}

    /** A reset and a change may have the same event id. */
    public static String key(EventHead event) {
        return event.type().label() + '/' + event.eventId();
    }

    /** The key of a record that uses up no event id. */
    public static String recordKey(RecordPosition source) {
        // With the timestamp, because a topic that is deleted and made anew has the same offsets again.
        return RECORDS + source.topic() + '-' + source.partition() + '-' + source.offset() + '-' + source.timestamp();
    }

    /** The key of a record without its timestamp, which a dead letter does not hold. */
    public static String placeKey(RecordPosition source) {
        return place(recordKey(source));
    }

    /** The same key; a record's key loses its timestamp. */
    public static String place(String key) {
        return key.startsWith(RECORDS) ? key.substring(0, key.lastIndexOf('-')) : key;
    }

    /** Whether the value of this key says what became of an event or a record. */
    static boolean isEntry(String key) {
        return !key.startsWith("/") || key.startsWith(RECORDS);
    }

    /** The key as text; null if the bundle writes no such key. */
    public static @Nullable String ownKey(byte @Nullable [] key) {
        if (key == null) {
            return null;
        }
        String text = RecordText.text(key);
        return text.startsWith("/") || EVENT_KEYS.stream().anyMatch(text::startsWith) ? text : null;
    }

    /** Whether the value begins with the version that is written now. */
    static boolean isOfThisVersion(byte[] value) {
        return value.length > 2 && value[0] == VERSION.charAt(0) && value[1] == ' ';
    }

    /**
     * Tells a newer version's record from a foreign one. In every version the first field is the number of the version. The
     * second field of an event's entry is its state, in capitals. Every owner writes the account's record.
     *
     * @throws JournalRejected if a newer version wrote it: acting on half an understanding would repeat calls
     */
    public static void rejectNewer(String key, byte[] value) {
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
        String[] fields = fields(value);
        boolean forwarded = fields != null && fields[FIELDS] != null;
        if (fields == null || fields[(forwarded ? MOST_FIELDS : FIELDS) - 1] == null) {
            return null;
        }
        try {
            RecordPosition source = source(fields, FIELDS - 4);
            return new JournalEntry(
                    State.valueOf(fields[1]),
                    new Progress(
                            Integer.parseInt(fields[3]),
                            Integer.parseInt(fields[4]),
                            fields[5].equals("yes"),
                            fields[6].equals("yes")),
                    source,
                    fields[7].equals(NOTHING) ? "" : fields[7],
                    fields[2].equals(NOTHING) ? null : Status.valueOf(fields[2]),
                    forwarded ? source(fields, FIELDS) : source);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static RecordPosition source(String[] fields, int from) {
        return new RecordPosition(
                fields[from],
                Integer.parseInt(fields[from + 1]),
                Long.parseLong(fields[from + 2]),
                Long.parseLong(fields[from + 3]));
    }

    public static String accountLine(JournalAccount account) {
        String line = VERSION + ' ' + account.name();
        return account.proved() ? line : line + ' ' + UNPROVED;
    }

    /**
     * Null if it is no account's line of this version. Former versions did not say whether the account is proved. Such an
     * account may be proved.
     */
    public static @Nullable JournalAccount readAccount(byte[] value) {
        String[] fields = fields(value);
        return fields == null || fields[1] == null || fields[1].isEmpty()
                ? null
                : new JournalAccount(fields[1], !UNPROVED.equals(fields[2]));
    }

    public static String countLine(DayCount count) {
        return VERSION + ' ' + count.day() + ' ' + count.calls();
    }

    /** Null where it is no count of this version. */
    static @Nullable DayCount readCount(byte[] value) {
        String[] fields = fields(value);
        if (fields == null || fields[2] == null || fields[3] != null) {
            return null;
        }
        try {
            return new DayCount(LocalDate.parse(fields[1]), Integer.parseInt(fields[2]));
        } catch (DateTimeParseException | NumberFormatException e) {
            return null;
        }
    }

    /** The fields of a line; null for another version. A regular expression would take longer than the rest of a restore. */
    private static String @Nullable [] fields(byte[] value) {
        if (!isOfThisVersion(value)) {
            return null;
        }
        String line = RecordText.text(value);
        String[] fields = new String[MOST_FIELDS];
        int count = 0;
        int from = 0;
        for (int to = line.indexOf(' '); to >= 0 && count < MOST_FIELDS - 1; to = line.indexOf(' ', from)) {
            fields[count++] = line.substring(from, to);
            from = to + 1;
        }
        fields[count] = line.substring(from);
        return fields;
    }
}
