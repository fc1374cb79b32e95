package io.lsqroutes.redaction;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Locale;

/**
 * A text as it is compared: without case, accents, invisible characters and blanks, letters and digits in their plain form.
 * It remembers where each of its characters comes from.
 */
public final class FoldedText {
    private final MappedText source;
    private final boolean lettersOnly;
    private final StringBuilder folded = new StringBuilder();
    private final String text;
    private int[] begins;
    private int[] ends;

    private FoldedText(MappedText source, boolean lettersOnly) {
        this.source = source;
        this.lettersOnly = lettersOnly;
        String given = source.text();
        this.begins = new int[given.length() + 16];
        this.ends = new int[begins.length];
        int next;
        for (int i = 0; i < given.length(); i = next) {
            int c = given.codePointAt(i);
            next = i + Character.charCount(c);
            fold(c, i, next);
        }
        this.text = folded.toString();
    }

    /** Of a phone number the digits, of an address the letters and digits: whatever stands between them. */
    public static FoldedText letters(MappedText source) {
        return new FoldedText(source, true);
    }

    /** With punctuation. */
    static FoldedText symbols(MappedText source) {
        return new FoldedText(source, false);
    }

    private void fold(int c, int begin, int end) {
        if (c < 128) {
            add(Character.toLowerCase(c), begin, end);
        } else if (isUnseen(c)) {
            withTheOneBefore(end);
        } else {
            Normalizer.normalize(Character.toString(c), Normalizer.Form.NFKD)
                    .toUpperCase(Locale.ROOT)
                    .toLowerCase(Locale.ROOT)
                    .codePoints()
                    .filter(part -> !isUnseen(part))
                    .forEach(part -> add(Character.isDigit(part) ? '0' + Character.digit(part, 10) : part, begin, end));
        }
    }

    private static boolean isUnseen(int c) {
        return switch (Character.getType(c)) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> true;
            default -> false;
        };
    }

    private void withTheOneBefore(int end) {
        if (!folded.isEmpty()) {
            ends[folded.length() - 1] = end;
        }
    }

    private void add(int c, int begin, int end) {
        // In a URL a plus sign may be a blank.
        boolean kept = lettersOnly
                ? Character.isLetterOrDigit(c)
                : c != '+' && !Character.isWhitespace(c) && !Character.isSpaceChar(c) && !Character.isISOControl(c);
        if (kept) {
            folded.appendCodePoint(c);
            if (folded.length() > begins.length) {
                begins = Arrays.copyOf(begins, folded.length() * 2);
                ends = Arrays.copyOf(ends, begins.length);
            }
            Arrays.fill(begins, folded.length() - Character.charCount(c), folded.length(), begin);
            Arrays.fill(ends, folded.length() - Character.charCount(c), folded.length(), end);
        }
    }

    public String text() {
        return text;
    }

    /** Whether no letter goes on with a letter, and no digit with a digit, at either end; zeros before a number are none. */
    boolean standsAlone(int begin, int end) {
        String given = source.text();
        int first = begins[begin];
        int before = first;
        while (Character.isDigit(given.charAt(first)) && before > 0 && given.charAt(before - 1) == '0') {
            before--;
        }
        int last = ends[end - 1];
        return (before == 0 || !belong(given.codePointBefore(before), given.codePointAt(first)))
                && (last == given.length() || !belong(given.codePointBefore(last), given.codePointAt(last)));
    }

    private static boolean belong(int one, int other) {
        return (Character.isLetter(one) && Character.isLetter(other))
                || (Character.isDigit(one) && Character.isDigit(other));
    }

    /** Marks the part of the original that these characters stand for, and a plus sign that begins a phone number. */
    void mark(int begin, int end, BitSet marks) {
        int first = begins[begin];
        boolean plus = first > 0 && source.text().charAt(first - 1) == '+';
        marks.set(source.from(plus ? first - 1 : first), source.to(ends[end - 1] - 1));
    }
}
