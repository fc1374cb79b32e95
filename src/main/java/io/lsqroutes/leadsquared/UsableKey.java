package io.lsqroutes.leadsquared;

import io.lsqroutes.event.Secret;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tells a key that a header can carry from what only stands where a key is expected. */
final class UsableKey {
    private static final int LONGEST = 4096;
    private static final Pattern VISIBLE = Pattern.compile("[\\x21-\\x7e]([\\x20-\\x7e]*[\\x21-\\x7e])?");

    private UsableKey() {}

    static boolean is(@Nullable String text) {
        return text != null && text.length() <= LONGEST && VISIBLE.matcher(text).matches();
    }

    static boolean is(@Nullable Secret secret) {
        return secret != null && is(secret.reveal());
    }
}
