package io.lsqroutes.leadsquared.answer;

import io.lsqroutes.event.Secret;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tells a key that a header can carry from what only stands where a key is expected. */
public final class UsableKey {
    private static final int LONGEST = 4096;
    private static final Pattern VISIBLE = Pattern.compile("[\\x21-\\x7e]([\\x20-\\x7e]*[\\x21-\\x7e])?");

    private UsableKey() {}

    public static boolean is(@Nullable String text) {
        return text != null && text.length() <= LONGEST && VISIBLE.matcher(text).matches();
    }

    public static boolean is(@Nullable Secret secret) {
        return secret != null && is(secret.reveal());
    }
}
