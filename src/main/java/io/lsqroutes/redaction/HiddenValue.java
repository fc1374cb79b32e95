package io.lsqroutes.redaction;

import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Base64;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A secret, or a value that names the person: it is found in a text however it is written there. */
final class HiddenValue {
    /** A shorter person's value may be a part of any word, and counts only where it stands alone. */
    private static final int SHORT_PERSON = 6;

    private static final int SHORT_SECRET = 4;
    /** So many characters of a secret are too many, however long it is; likewise of a person's value. */
    private static final int MOST_OF_A_SECRET = 16;

    private static final int MOST_OF_A_PERSON = 64;
    /** In long values every such place is compared, and the end: that finds all of it, and any run half as long again. */
    private static final int STEP = 8;

    /** The digits of a number that stay whatever stands for its country. */
    private static final int FEWEST_DIGITS = 7;

    private static final int LONGEST_COUNTRY_CODE = 3;

    /**
     * A way of writing it.
     *
     * @param lettersOnly whether punctuation is left out
     * @param run so many characters in a row are as good as all
     * @param alone whether it counts only where it stands alone
     */
    private record Form(String text, boolean lettersOnly, int run, boolean alone) {}

    private final Set<Form> forms = new LinkedHashSet<>();
    private final boolean isSecret;

    private HiddenValue(boolean isSecret) {
        this.isSecret = isSecret;
    }

    /** Most of a secret is as good as all of it. */
    static HiddenValue secret(String value) {
        HiddenValue secret = new HiddenValue(true);
        secret.add(value);
        return secret;
    }

    /** A phone number without its country, an address without its domain and the domain's other form name the person, too. */
    static HiddenValue person(String value) {
        HiddenValue person = new HiddenValue(false);
        person.add(value);
        String letters = FoldedText.letters(MappedText.of(value)).text();
        if (letters.chars().allMatch(Character::isDigit)) {
            for (int cut = 1; cut <= LONGEST_COUNTRY_CODE && letters.length() - cut >= FEWEST_DIGITS; cut++) {
                person.addForm(letters.substring(cut), true);
            }
        }
        int at = value.lastIndexOf('@');
        if (at > 0) {
            person.addLocalPart(value.substring(0, at));
            String domain = otherForm(value.substring(at + 1));
            if (domain != null) {
                person.add(value.substring(0, at + 1) + domain);
            }
        }
        return person;
    }

    private void addLocalPart(String localPart) {
        String letters = FoldedText.letters(MappedText.of(localPart)).text();
        if (letters.length() >= SHORT_PERSON) {
            addForm(letters, true);
        }
    }

    private static @Nullable String otherForm(String domain) {
        try {
            String ascii = IDN.toASCII(domain, IDN.ALLOW_UNASSIGNED);
            return ascii.equalsIgnoreCase(domain) ? IDN.toUnicode(domain, IDN.ALLOW_UNASSIGNED) : ascii;
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            // Not the name of a host.
            return null;
        }
    }

    private void add(String value) {
        List<MappedText> layers = Escapes.layers(value);
        addFolded(layers.get(0));
        addFolded(layers.get(layers.size() - 1));
        if (value.chars().anyMatch(c -> c > 127)) {
            addNormalised(value);
        }
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        if (bytes.length >= SHORT_PERSON) {
            addForm(HexFormat.of().formatHex(bytes), true);
            addBase64(bytes);
        }
    }

    /** A server that writes letters in another form may make an escape of what was none: of {@code %aé} it makes {@code %ae}. */
    private void addNormalised(String value) {
        for (Normalizer.Form form : Normalizer.Form.values()) {
            List<MappedText> layers = Escapes.layers(Normalizer.normalize(value, form));
            addFolded(layers.get(layers.size() - 1));
        }
    }

    /** Three ways, by where in the encoded text it begins; its edges depend on its neighbours. */
    private void addBase64(byte[] bytes) {
        for (int before = 0; before < 3; before++) {
            byte[] shifted = new byte[before + bytes.length];
            System.arraycopy(bytes, 0, shifted, before, bytes.length);
            String base64 = Base64.getEncoder().withoutPadding().encodeToString(shifted);
            String core = base64.substring(before == 0 ? 0 : before + 1, base64.length() - 1);
            addForm(FoldedText.letters(MappedText.of(core)).text(), true);
        }
    }

    private void addFolded(MappedText value) {
        String letters = FoldedText.letters(value).text();
        String symbols = FoldedText.symbols(value).text();
        if (letters.length() * 2 >= symbols.length() || letters.length() >= SHORT_PERSON) {
            addForm(letters, true);
        }
        if (!symbols.equals(letters)) {
            addForm(symbols, false);
        }
    }

    private void addForm(String text, boolean lettersOnly) {
        if (text.isEmpty()) {
            return;
        }
        int length = text.length();
        int run = isSecret ? Math.min(MOST_OF_A_SECRET, (3 * length + 3) / 4) : Math.min(MOST_OF_A_PERSON, length);
        int shortest = isSecret ? SHORT_SECRET : SHORT_PERSON;
        forms.add(new Form(text, lettersOnly, run, run < shortest));
        if (run < shortest && length >= shortest) {
            forms.add(new Form(text, lettersOnly, length, false));
        }
    }

    /** Marks where it stands in a text. */
    void mark(FoldedText letters, FoldedText symbols, BitSet marks) {
        for (Form form : forms) {
            mark(form, form.lettersOnly() ? letters : symbols, marks);
        }
    }

    private static void mark(Form form, FoldedText where, BitSet marks) {
        int last = form.text().length() - form.run();
        int step = form.run() < MOST_OF_A_SECRET ? 1 : STEP;
        for (int begin = 0; begin < last; begin += step) {
            mark(form, begin, where, marks);
        }
        mark(form, last, where, marks);
    }

    private static void mark(Form form, int begin, FoldedText where, BitSet marks) {
        String text = where.text();
        int run = form.run();
        if (text.length() < run) {
            return;
        }
        String part = form.text().substring(begin, begin + run);
        for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) {
            if (!form.alone() || where.standsAlone(at, at + run)) {
                where.mark(at, at + run, marks);
            }
        }
    }
}
