package io.lsqroutes.redaction;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What HTML's names for characters mean, as far as addresses, names and passwords are written with them. */
final class HtmlEntities {
    static final int LONGEST_NAME = 32;

    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9]{1,31}");
    /** The letter alone is enough: texts are compared without accents. */
    private static final Pattern ACCENTED = Pattern.compile(
            "([A-Za-z])(?:acute|grave|circ|uml|tilde|cedil|ring|slash|caron|macr|ogon|breve|dot|strok)",
            Pattern.CASE_INSENSITIVE);

    private static final String UNKNOWN = "\ufffd";

    private static final Map<String, String> MEANINGS = Map.ofEntries(
            Map.entry("amp", "&"),
            Map.entry("lt", "<"),
            Map.entry("gt", ">"),
            Map.entry("quot", "\""),
            Map.entry("apos", "'"),
            Map.entry("lsquo", "'"),
            Map.entry("rsquo", "'"),
            Map.entry("nbsp", " "),
            Map.entry("plus", "+"),
            Map.entry("commat", "@"),
            Map.entry("period", "."),
            Map.entry("comma", ","),
            Map.entry("colon", ":"),
            Map.entry("semi", ";"),
            Map.entry("lowbar", "_"),
            Map.entry("hyphen", "-"),
            Map.entry("dash", "-"),
            Map.entry("num", "#"),
            Map.entry("excl", "!"),
            Map.entry("quest", "?"),
            Map.entry("dollar", "$"),
            Map.entry("percnt", "%"),
            Map.entry("ast", "*"),
            Map.entry("midast", "*"),
            Map.entry("equals", "="),
            Map.entry("sol", "/"),
            Map.entry("bsol", "\\"),
            Map.entry("lpar", "("),
            Map.entry("rpar", ")"),
            Map.entry("lsqb", "["),
            Map.entry("lbrack", "["),
            Map.entry("rsqb", "]"),
            Map.entry("rbrack", "]"),
            Map.entry("lcub", "{"),
            Map.entry("lbrace", "{"),
            Map.entry("rcub", "}"),
            Map.entry("rbrace", "}"),
            Map.entry("verbar", "|"),
            Map.entry("vert", "|"),
            Map.entry("hat", "^"),
            Map.entry("grave", "`"),
            Map.entry("szlig", "ss"),
            Map.entry("aelig", "\u00e6"),
            Map.entry("oelig", "\u0153"),
            Map.entry("eth", "\u00f0"),
            Map.entry("thorn", "\u00fe"),
            Map.entry("inodot", "\u0131"));

    private HtmlEntities() {}

    /** Null where it is no name at all; a name that is not known means one character that is no letter. */
    static @Nullable String meaning(String name) {
        // In any case: a server may write all of a text in capitals.
        String meaning = MEANINGS.get(name.toLowerCase(Locale.ROOT));
        if (meaning != null) {
            return meaning;
        }
        Matcher accented = ACCENTED.matcher(name);
        if (accented.matches()) {
            return accented.group(1);
        }
        return NAME.matcher(name).matches() ? UNKNOWN : null;
    }
}
