package io.lsqroutes.settings;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the name that somebody who mistyped one most likely meant. */
public final class Nearest {
    private Nearest() {}

    /**
     * The known name with the fewest letters to change; null where none is at all like it.
     *
     * <p>Case and the marks between words do not count: {@code lsq_portal_id} is as good as {@code lsq.portal-id}.
     */
    static @Nullable String to(String name, Collection<String> known) {
        String plain = plain(name);
        Optional<String> nearest = known.stream()
                .min(Comparator.<String>comparingInt(other -> distance(plain, plain(other)))
                        .thenComparing(Comparator.naturalOrder()));
        // More than half of it changed is another name, and no slip.
        return nearest.filter(other -> distance(plain, plain(other)) * 2 <= plain.length())
                .orElse(null);
    }

    /** What is said behind a name that is unknown. */
    public static String hint(String name, Collection<String> known) {
        String nearest = to(name, known);
        return nearest == null ? "" : "; the nearest is " + nearest;
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[._-]+", ".");
    }

    /** Letters to put in, take out or change (Levenshtein). */
    private static int distance(String one, String other) {
        int[] before = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            before[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int[] row = new int[other.length() + 1];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int changed = before[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(changed, Math.min(before[j], row[j - 1]) + 1);
            }
            before = row;
        }
        return before[other.length()];
    }
}
