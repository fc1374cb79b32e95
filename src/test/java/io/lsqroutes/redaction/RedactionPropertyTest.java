package io.lsqroutes.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.lsqroutes.event.ChangeRequested;
import io.lsqroutes.event.EventType;
import io.lsqroutes.event.Person;
import io.lsqroutes.event.Person.EmailAddress;
import io.lsqroutes.event.Person.SearchKey;
import io.lsqroutes.event.Secret;
import io.lsqroutes.leadsquared.SampleEvents;
import io.lsqroutes.leadsquared.keys.AccountKeys;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever the value, and however it is written: nothing of it is left, and what stands around it is. */
class RedactionPropertyTest {
    private static final String LETTERS =
            "abcxyzABCXYZ0123456789\u00e9\u00fc\u00df\u0131\u0130\u7528\u6237\u0434\uff21";
    private static final String SYMBOLS = "'+&<>\"%\\/.-_@#$!;= ";

    private final AccountKeys keys =
            new AccountKeys(SampleEvents.accountWithAllKeys(), SampleEvents::accountWithAllKeys, () -> 0);

    /** Ways in which one server after the other writes a text. */
    @Provide
    Arbitrary<List<UnaryOperator<String>>> writings() {
        List<UnaryOperator<String>> single = List.of(
                text -> text,
                text -> text.toUpperCase(Locale.ROOT),
                text -> Normalizer.normalize(text, Normalizer.Form.NFD),
                text -> Normalizer.normalize(text, Normalizer.Form.NFKC),
                text -> URLEncoder.encode(text, StandardCharsets.UTF_8),
                RedactionPropertyTest::percentEach,
                text -> each(text, c -> "&#" + c + ";"),
                text -> each(text, c -> "&#x" + Integer.toHexString(c) + ";"),
                text -> text.replace("&", "&amp;")
                        .replace("<", "&lt;")
                        .replace("'", "&apos;")
                        .replace("+", "&plus;"),
                text -> text.replace("\\", "\\\\").replace("\"", "\\\"").replace("/", "\\/"),
                text -> text.codePoints()
                        .mapToObj(Character::toString)
                        .flatMap(c -> c.chars().mapToObj(unit -> String.format("\\u%04x", unit)))
                        .collect(Collectors.joining()));
        return Arbitraries.of(single).list().ofMinSize(1).ofMaxSize(3);
    }

    private static String percentEach(String text) {
        StringBuilder written = new StringBuilder();
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            written.append(String.format("%%%02x", each & 0xff));
        }
        return written.toString();
    }

    private static String each(String text, IntFunction<String> writing) {
        return text.codePoints().mapToObj(writing).collect(Collectors.joining());
    }

    private static String written(String text, List<UnaryOperator<String>> writings) {
        String written = text;
        for (UnaryOperator<String> writing : writings) {
            written = writing.apply(written);
        }
        return written;
    }

    @Provide
    Arbitrary<String> values() {
        return Arbitraries.strings()
                .withChars((LETTERS + SYMBOLS).toCharArray())
                .ofMinLength(4)
                .ofMaxLength(30)
                .map(String::trim)
                .filter(value ->
                        value.codePoints().filter(Character::isLetterOrDigit).count() >= 4);
    }

    @Property(tries = 2_000)
    void nothingOfAPersonIsLeft(
            @ForAll("values") String value, @ForAll("writings") List<UnaryOperator<String>> writings) {
        Person person = value.contains("@") ? new EmailAddress(value) : new SearchKey("mx_Id", value);
        String written = written(value, writings);
        // What is longer, and written in escapes, is told to nobody.
        Assume.that(written.length() < 3_900);
        Redaction reset = Redaction.of(SampleEvents.reset(person, null), null, keys.all());

        String told = Objects.requireNonNull(reset.message("\u00a7\u00a7 " + written + " \u00a7\u00a7"));

        assertThat(told).startsWith("\u00a7\u00a7 ").endsWith(" \u00a7\u00a7").contains("***");
        List<MappedText> layers = Escapes.layers(told);
        assertThat(FoldedText.letters(layers.get(layers.size() - 1)).text())
                .as(told)
                .isEmpty();
    }

    @Property(tries = 2_000)
    void aTextThatHoldsAPasswordIsDropped(
            @ForAll("values") String value, @ForAll("writings") List<UnaryOperator<String>> writings) {
        ChangeRequested change = new ChangeRequested(
                SampleEvents.head(EventType.CHANGE),
                null,
                new Secret("\u00a4"),
                new Secret("\u00a4"),
                new Secret(value));

        assertThat(Redaction.of(change, null, keys.all()).message("\u00a7 " + written(value, writings) + " \u00a7"))
                .isNull();
    }
}
