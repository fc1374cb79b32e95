package io.lsqroutes.sandbox;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What somebody typed into the sandbox. */
record TypedLine(String text) {
    private static final Pattern ADDRESS = Pattern.compile("[^\\s@]+@[^\\s@]+");

    TypedLine {
        text = text.strip();
    }

    boolean isEmpty() {
        return text.isEmpty();
    }

    boolean isHelp() {
        return text.equalsIgnoreCase("help");
    }

    boolean isQuit() {
        return text.equalsIgnoreCase("quit");
    }

    boolean isAddress() {
        return ADDRESS.matcher(text).matches();
    }

    /** What can be typed, and how the portal can be made to misbehave. */
    static String help() {
        String lasting = Arrays.stream(Quirk.values())
                .filter(Quirk::lasting)
                .map(Quirk::tag)
                .collect(Collectors.joining(", "));
        return Arrays.stream(Quirk.values())
                .map(quirk -> "  %-12s  %s".formatted(quirk.tag(), quirk.meaning()))
                .collect(Collectors.joining("\n", """
                        ada@example.com      resets the password of that address
                        ada+429@example.com  does so at a portal that misbehaves; the tags:
                        """, """

                        A tag holds for the first call; these hold for each call: %s.
                        +500-2 holds for two calls, +500-always for each call.
                        quit                 ends the sandbox, as Ctrl-C does""".formatted(lasting)));
    }
}
