package io.lsqroutes.leadsquared;

import io.lsqroutes.event.ChangeRequested;
import io.lsqroutes.event.Event;
import io.lsqroutes.event.Person;
import io.lsqroutes.event.Secret;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Cuts every secret, and every value that names the person, out of what the API says. */
final class Redaction {
    private static final int MAX_LENGTH = 500;
    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9_.]{1,100}");
    private static final Pattern LEAD_ID = Pattern.compile("[A-Za-z0-9-]{1,64}");

    private final List<String> hidden;

    private Redaction(List<String> hidden) {
        // The longest first: one secret may be a part of another.
        this.hidden = hidden.stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    static Redaction of(Event event, @Nullable Secret userKey, AccountKeys keys) {
        List<String> hidden =
                new ArrayList<>(keys.all().stream().map(Secret::reveal).toList());
        if (userKey != null) {
            hidden.add(userKey.reveal());
        }
        Person person = event.person();
        if (person != null) {
            hidden.add(person.value());
        }
        if (event instanceof ChangeRequested change) {
            hidden.add(change.currentPassword().reveal());
            hidden.add(change.newPassword().reveal());
            if (change.authKey() != null) {
                hidden.add(change.authKey().reveal());
            }
        }
        return new Redaction(hidden);
    }

    /** The same, and these secrets too. */
    Redaction and(List<Secret> secrets) {
        List<String> all = new ArrayList<>(hidden);
        secrets.forEach(secret -> all.add(secret.reveal()));
        return new Redaction(all);
    }

    /** What is left of a text without everything that is hidden. */
    String cut(String text) {
        String clean = text;
        for (String value : hidden) {
            clean = Pattern.compile(Pattern.quote(value), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE)
                    .matcher(clean)
                    .replaceAll("***");
        }
        return clean;
    }

    /** The API's text as an outcome may carry it. */
    @Nullable
    String message(@Nullable String text) {
        if (text == null) {
            return null;
        }
        String clean = cut(text).replaceAll("\\p{Cc}", " ");
        if (clean.length() <= MAX_LENGTH) {
            return clean;
        }
        // Not through the middle of a surrogate pair.
        boolean pair = Character.isHighSurrogate(clean.charAt(MAX_LENGTH - 1));
        return clean.substring(0, pair ? MAX_LENGTH - 1 : MAX_LENGTH);
    }

    /** An exception type, where it looks like one and hides nothing. */
    @Nullable
    String code(@Nullable String type) {
        return type != null && CODE.matcher(type).matches() && type.equals(message(type)) ? type : null;
    }

    /** A lead id, where it looks like one and hides nothing. */
    @Nullable
    String leadId(@Nullable String id) {
        return id != null && LEAD_ID.matcher(id).matches() && id.equals(message(id)) ? id : null;
    }
}
