package io.lsqroutes.redaction;

import java.util.Arrays;

/** A text that was made out of another one, and remembers which part of that each of its characters stands for. */
public final class MappedText {
    private final String text;
    private final int[] from;
    private final int[] to;

    private MappedText(String text, int[] from, int[] to) {
        this.text = text;
        this.from = from;
        this.to = to;
    }

    /** The original: each character stands for itself. */
    public static MappedText of(String text) {
        int[] from = new int[text.length()];
        int[] to = new int[text.length()];
        for (int i = 0; i < from.length; i++) {
            from[i] = i;
            to[i] = i + 1;
        }
        return new MappedText(text, from, to);
    }

    String text() {
        return text;
    }

    /** Where in the original the part begins that a character stands for. */
    int from(int index) {
        return from[index];
    }

    /** Where in the original the part ends that a character stands for. */
    int to(int index) {
        return to[index];
    }

    /** Collects the characters of a text that is made out of another one. Not synchronised. */
    static final class Builder {
        private final MappedText source;
        private final StringBuilder text = new StringBuilder();
        private int[] from;
        private int[] to;

        Builder(MappedText source) {
            this.source = source;
            this.from = new int[source.text.length() + 16];
            this.to = new int[from.length];
        }

        /** Adds characters that stand for the source's characters from one index to another. */
        void add(String characters, int begin, int end) {
            for (int i = 0; i < characters.length(); i++) {
                int at = text.length();
                if (at == from.length) {
                    from = Arrays.copyOf(from, at * 2);
                    to = Arrays.copyOf(to, at * 2);
                }
                from[at] = source.from(begin);
                to[at] = source.to(end - 1);
                text.append(characters.charAt(i));
            }
        }

        MappedText build() {
            return new MappedText(text.toString(), from, to);
        }
    }
}
