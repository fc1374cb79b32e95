package io.lsqroutes.redaction;

import java.util.ArrayList;
import java.util.List;

/**
 * Takes the escapes of JSON, HTML and URLs out of a text, layer by layer: {@code o%2526%2339%253Bbrien} is {@code o'brien}.
 */
public final class Escapes {
    /** More layers than any chain of servers puts on. */
    private static final int MOST_LAYERS = 6;

    private final MappedText in;
    private final String text;
    private final MappedText.Builder out;
    private int at;

    private Escapes(MappedText in) {
        this.in = in;
        this.text = in.text();
        this.out = new MappedText.Builder(in);
    }

    /** The text as it is, and with each layer taken off; the last one holds no escape, unless there are too many. */
    public static List<MappedText> layers(String text) {
        List<MappedText> layers = new ArrayList<>();
        layers.add(MappedText.of(text));
        for (int i = 0; i < MOST_LAYERS; i++) {
            MappedText last = layers.get(i);
            MappedText next = new Escapes(last).decoded();
            if (next.text().equals(last.text())) {
                break;
            }
            layers.add(next);
        }
        return layers;
    }

    /** Whether some layers are left: such a text is nobody's honest message. */
    static boolean tooMany(List<MappedText> layers) {
        return layers.size() > MOST_LAYERS;
    }

    private MappedText decoded() {
        if (text.indexOf('\\') < 0 && text.indexOf('&') < 0 && text.indexOf('%') < 0) {
            return in;
        }
        while (at < text.length()) {
            boolean taken =
                    switch (text.charAt(at)) {
                        case '\\' -> json();
                        case '&' -> html();
                        case '%' -> url();
                        default -> false;
                    };
            if (!taken) {
                take(text.substring(at, at + 1), 1);
            }
        }
        return out.build();
    }

    private boolean take(String characters, int length) {
        out.add(characters, at, at + length);
        at += length;
        return true;
    }

    private boolean json() {
        if (at + 1 == text.length()) {
            return false;
        }
        char next = text.charAt(at + 1);
        return switch (next) {
            case 'u', 'U' -> hex(2, 4);
            case 'x', 'X' -> hex(2, 2);
            case '"', '\'', '\\', '/' -> take(String.valueOf(next), 2);
            case 'n', 'r', 't', 'b', 'f' -> take(" ", 2);
            default -> false;
        };
    }

    /** A code unit that is written in so many digits behind a prefix. */
    private boolean hex(int prefix, int digits) {
        int value = number(at + prefix, digits, 16);
        return value >= 0 && take(String.valueOf((char) value), prefix + digits);
    }

    /** Minus one where no such number stands there. */
    private int number(int begin, int digits, int radix) {
        if (begin + digits > text.length()) {
            return -1;
        }
        int value = 0;
        for (int i = begin; i < begin + digits; i++) {
            int digit = text.charAt(i) < 128 ? Character.digit(text.charAt(i), radix) : -1;
            if (digit < 0) {
                return -1;
            }
            value = value * radix + digit;
        }
        return value;
    }

    private boolean html() {
        if (text.startsWith("&#", at)) {
            boolean hex = text.startsWith("x", at + 2) || text.startsWith("X", at + 2);
            return hex ? htmlNumber(3, 16) : htmlNumber(2, 10);
        }
        int end = text.indexOf(';', at);
        if (end < 0 || end - at > HtmlEntities.LONGEST_NAME + 1) {
            return false;
        }
        String meaning = HtmlEntities.meaning(text.substring(at + 1, end));
        return meaning != null && take(meaning, end + 1 - at);
    }

    private boolean htmlNumber(int prefix, int radix) {
        int digits = 0;
        // Seven digits hold every character, and no overflow; zeros before them may be many.
        int begin = at + prefix;
        while (begin < text.length() - 1 && text.charAt(begin) == '0' && number(begin + 1, 1, radix) >= 0) {
            begin++;
        }
        while (digits < 7 && number(begin + digits, 1, radix) >= 0) {
            digits++;
        }
        int value = digits == 0 ? -1 : number(begin, digits, radix);
        if (!Character.isValidCodePoint(value)) {
            return false;
        }
        int end = begin + digits;
        boolean closed = end < text.length() && text.charAt(end) == ';';
        return take(Character.toString(value), end - at + (closed ? 1 : 0));
    }

    private boolean url() {
        if (text.startsWith("%u", at) || text.startsWith("%U", at)) {
            return hex(2, 4);
        }
        int first = number(at + 1, 2, 16);
        if (first < 0) {
            return false;
        }
        int length = first < 0xc2 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 1;
        int value = length == 1 ? first : first & (0xff >> (length + 1));
        for (int i = 1; i < length; i++) {
            int next = text.startsWith("%", at + 3 * i) ? number(at + 3 * i + 1, 2, 16) : -1;
            if ((next & 0xc0) != 0x80 || next < 0) {
                // No UTF-8: then it is the older way, a byte a character.
                return take(Character.toString(first), 3);
            }
            value = value << 6 | (next & 0x3f);
        }
        if (!Character.isValidCodePoint(value)) {
            return take(Character.toString(first), 3);
        }
        return take(Character.toString(value), 3 * length);
    }
}
