package io.lsqroutes.event;

/**
 * Tells characters that nobody sees: with one of them an address looks like another one.
 *
 * <p>The plain blank is the only blank. Zero-width characters, direction marks and line separators are formats or
 * separators to Unicode; the listed ones are letters or marks to it, and have no shape.
 */
final class VisibleText {
    private VisibleText() {}

    static boolean holdsInvisible(String text) {
        return text.codePoints().anyMatch(VisibleText::isInvisible);
    }

    private static boolean isInvisible(int c) {
        return switch (Character.getType(c)) {
            case Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            case Character.SPACE_SEPARATOR -> c != ' ';
            default -> isShapeless(c);
        };
    }

    private static boolean isShapeless(int c) {
        return c == 0x034f // the grapheme joiner
                || c == 0x115f
                || c == 0x1160
                || c == 0x3164
                || c == 0xffa0 // fillers of Hangul
                || c == 0x17b4
                || c == 0x17b5 // inherent vowels of Khmer
                || (c >= 0x180b && c <= 0x180f) // selectors of Mongolian
                || c == 0x2800 // a pattern of no dots
                || (c >= 0xfe00 && c <= 0xfe0f)
                || (c >= 0xe0000 && c <= 0xe0fff); // variation selectors and tags
    }
}
