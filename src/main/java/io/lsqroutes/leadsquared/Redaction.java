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
        this.hidden = hidden;
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
        // The longest first: one secret may be a part of another.
        hidden.sort(Comparator.comparingInt(String::length).reversed());
        return new Redaction(hidden);
    }

    /** The API's text as an outcome may carry it. */
    @Nullable
    String message(@Nullable String text) {
        if (text == null) {
            return null;
        }
        String clean = text;
        for (String value : hidden) {
            clean = Pattern.compile(Pattern.quote(value), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE)
                    .matcher(clean)
                    .replaceAll("***");
        }
        clean = clean.replaceAll("\\p{Cntrl}", " ");
        return clean.length() <= MAX_LENGTH ? clean : clean.substring(0, MAX_LENGTH);
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
