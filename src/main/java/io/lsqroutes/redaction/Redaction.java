package io.lsqroutes.redaction;

import io.lsqroutes.event.ChangeRequested;
import io.lsqroutes.event.Event;
import io.lsqroutes.event.Person;
import io.lsqroutes.event.Secret;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Keeps every secret, and every value that names the person, out of what is told of the API's words, however they are
 * written there. A text about a change that holds most of a secret is told to nobody; of other texts the rest is.
 */
public final class Redaction {
    private static final int MAX_LENGTH = 500;
    /** So much of a text is looked at; what stands behind it is not told. */
    private static final int MOST_READ = 4_000;

    private static final String CUT = "***";
    private static final Pattern CODE = Pattern.compile("[A-Za-z][A-Za-z0-9_.]{0,99}");
    private static final Pattern LEAD_ID = Pattern.compile("[A-Za-z0-9-]{1,64}");

    private final boolean ofChange;
    private final List<HiddenValue> secrets;
    private final @Nullable HiddenValue person;

    private Redaction(boolean ofChange, List<HiddenValue> secrets, @Nullable HiddenValue person) {
        this.ofChange = ofChange;
        this.secrets = secrets;
        this.person = person;
    }

    /**
     * Hides the secrets of this event and of the account.
     *
     * @param keys the account's keys
     */
    public static Redaction of(Event event, @Nullable Secret userKey, List<Secret> keys) {
        List<Secret> secrets = new ArrayList<>(keys);
        if (userKey != null) {
            secrets.add(userKey);
        }
        if (event instanceof ChangeRequested change) {
            secrets.add(change.currentPassword());
            secrets.add(change.newPassword());
            if (change.authKey() != null) {
                secrets.add(change.authKey());
            }
        }
        Person person = event.person();
        return new Redaction(
                event instanceof ChangeRequested,
                hidden(secrets),
                person == null ? null : HiddenValue.person(person.value()));
    }

    private static List<HiddenValue> hidden(List<Secret> secrets) {
        return secrets.stream()
                .distinct()
                .map(secret -> HiddenValue.secret(secret.reveal()))
                .toList();
    }

    /** The same, and these secrets too. */
    public Redaction and(List<Secret> others) {
        List<HiddenValue> all = new ArrayList<>(secrets);
        all.addAll(hidden(others));
        return new Redaction(ofChange, all, person);
    }

    /** The API's text as an outcome may carry it; null where nothing of it can be told. */
    @Nullable
    public String message(@Nullable String text) {
        if (text == null) {
            return null;
        }
        String read = text.substring(0, end(text, MOST_READ));
        List<MappedText> layers = Escapes.layers(read);
        // Behind the end of what is read there may be the rest of a value that is written in many more characters.
        boolean halfRead = read.length() < text.length() && layers.size() > 1;
        BitSet marks = halfRead ? null : marks(layers);
        if (marks == null) {
            return null;
        }
        String told = told(read, marks);
        // What was cut off may go on with what is hidden: it must not be near.
        return told.length() < MAX_LENGTH && read.length() < text.length()
                ? null
                : told.substring(0, end(told, MAX_LENGTH));
    }

    /** Not through the middle of a surrogate pair. */
    private static int end(String text, int most) {
        if (text.length() <= most) {
            return text.length();
        }
        return Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
    }

    /** What has to be cut out of a text; null where all of it has to. */
    private @Nullable BitSet marks(List<MappedText> layers) {
        if (Escapes.tooMany(layers)) {
            return null;
        }
        BitSet marks = new BitSet();
        for (MappedText layer : layers) {
            FoldedText letters = FoldedText.letters(layer);
            FoldedText symbols = FoldedText.symbols(layer);
            secrets.forEach(secret -> secret.mark(letters, symbols, marks));
            if (ofChange && !marks.isEmpty()) {
                return null;
            }
        }
        if (person != null) {
            for (MappedText layer : layers) {
                person.mark(FoldedText.letters(layer), FoldedText.symbols(layer), marks);
            }
        }
        return marks;
    }

    private static String told(String text, BitSet marks) {
        StringBuilder told = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!marks.get(i)) {
                told.append(isLineBreakOrControl(c) ? ' ' : c);
            } else if (i == 0 || !marks.get(i - 1)) {
                told.append(CUT);
            }
        }
        return told.toString();
    }

    private static boolean isLineBreakOrControl(char c) {
        return Character.isISOControl(c) || c == '\u2028' || c == '\u2029';
    }

    /** An exception type, where it looks like one and hides nothing. */
    @Nullable
    public String code(@Nullable String type) {
        return type != null && CODE.matcher(type).matches() && hidesNothing(type) ? type : null;
    }

    /** A lead id, where it looks like one and hides nothing. */
    @Nullable
    public String leadId(@Nullable String id) {
        return id != null && LEAD_ID.matcher(id).matches() && hidesNothing(id) ? id : null;
    }

    private boolean hidesNothing(String word) {
        BitSet marks = marks(Escapes.layers(word));
        return marks != null && marks.isEmpty();
    }
}
