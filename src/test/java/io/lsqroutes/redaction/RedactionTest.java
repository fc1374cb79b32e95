package io.lsqroutes.redaction;

import static io.lsqroutes.leadsquared.SampleEvents.ADA;
import static io.lsqroutes.leadsquared.SampleEvents.PHONE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.lsqroutes.event.ChangeRequested;
import io.lsqroutes.event.EventType;
import io.lsqroutes.event.Person.EmailAddress;
import io.lsqroutes.event.Person.SearchKey;
import io.lsqroutes.event.Secret;
import io.lsqroutes.leadsquared.SampleEvents;
import io.lsqroutes.leadsquared.keys.AccountKeys;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {
    private final AccountKeys keys =
            new AccountKeys(SampleEvents.accountWithAllKeys(), SampleEvents::accountWithAllKeys, () -> 0);
    private final Redaction redaction =
            Redaction.of(SampleEvents.change(ADA, "user-key"), new Secret("new-key"), keys.all());
    private final Redaction ofReset = Redaction.of(SampleEvents.reset(), null, keys.all());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "public-key",
                "register-token",
                "access-key",
                "secret-key",
                "user-key",
                "new-key",
                "OldSamplepassword@123",
                "NewSamplepassword@123"
            })
    void aTextAboutAChangeThatHoldsMostOfASecretIsDropped(String value) {
        for (String held : new String[] {
            value,
            value.toUpperCase(Locale.ROOT),
            value.substring(1),
            value.substring(0, value.length() - 1),
            value + value
        }) {
            assertThat(redaction.message(held)).as(held).isNull();
            assertThat(redaction.message("a " + held + "; and 'b'.")).as(held).isNull();
        }
    }

    @Test
    void aTextAboutAChangeThatHoldsNoneIsTold_withoutThePerson() {
        assertThat(redaction.message("ADA@example.com: the password is too old, or the key"))
                .isEqualTo("***: the password is too old, or the key");
    }

    @ParameterizedTest
    @ValueSource(strings = {"public-key", "register-token", "access-key", "secret-key", "ada@example.com"})
    void fromATextAboutAResetTheyAreCutOut(String value) {
        assertThat(ofReset.message(value)).isEqualTo("***");
        assertThat(ofReset.message("a " + value + "; and '" + value + "'.")).isEqualTo("a ***; and '***'.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "5   | calls exceeded 25 in 5 second(s)    | calls exceeded 25 in *** second(s)",
                "25  | 25, 125, 250, No25, 2025-11-22, 025 | ***, 125, 250, No***, 2025-11-22, 0***",
                "ann | Ann has an annual plan; ANN.        | *** has an annual plan; ***.",
                "x   | The x is no prefix, nor is x=1      | The *** is no prefix, nor is ***=1",
                "$$  | Costs $$ or a$$b or $               | Costs *** or a***b or $",
                "a b | A B, a.b and about                  | ***, *** and about"
            })
    void aShortValueIsCutOutWhereItStandsAlone(String value, String text, String told) {
        Redaction reset = Redaction.of(SampleEvents.reset(new SearchKey("mx_Id", value), null), null, keys.all());

        assertThat(reset.message(text)).isEqualTo(told);
    }

    @Test
    void anAddressIsCutOutWithoutItsDomainAndWithTheOtherFormOfIt() {
        Redaction reset = Redaction.of(
                SampleEvents.reset(new EmailAddress("johnwick@b\u00fccher.example"), null), null, keys.all());

        assertThat(reset.message("johnwick@xn--bcher-kva.example, John.Wick, johnwick@ and bucher.example"))
                .isEqualTo("***, ***, ***@ and bucher.example");
    }

    @Test
    void anEncodedValueIsFound() {
        String base64 = Base64.getEncoder().encodeToString("x ada@example.com".getBytes(UTF_8));
        String hex = HexFormat.of().formatHex("ada@example.com".getBytes(UTF_8));

        assertThat(ofReset.message("a " + hex + " b")).isEqualTo("a *** b");
        assertThat(ofReset.message("a " + base64 + " b")).matches("a [A-Za-z0-9]{0,4}\\*\\*\\*[A-Za-z0-9]?=* b");
        String password = Base64.getEncoder().encodeToString("OldSamplepassword@123".getBytes(UTF_8));
        assertThat(redaction.message("a " + password)).isNull();
    }

    /** In its plain form a letter may follow a percent sign, and the two are an escape then. */
    @Test
    void aValueOfWhichNormalisingMakesAnEscapeIsFound() {
        Redaction person =
                Redaction.of(SampleEvents.reset(new SearchKey("mx_Id", "aa'%a\u00e9"), null), null, keys.all());
        Redaction secret = ofReset.and(List.of(new Secret(">xByb>@%\uff215\u6237&/4-Y6Y-")));

        assertThat(person.message("a aa&apos;%ae\u0301 b")).isEqualTo("a *** b");
        assertThat(secret.message("a >xByb>@%A5\u6237&amp;/4-Y6Y- b")).isEqualTo("a *** b");
    }

    @Test
    void aTextInMoreLayersThanAnybodyPutsOnIsDropped() {
        String text = "&".repeat(1) + "amp;".repeat(20) + "#97;da";

        assertThat(ofReset.message(text)).isNull();
    }

    @Test
    void whatLooksLikeAnEscapeIsLeftAsItIs() {
        String text = "100% of %zz, %f4%90%80%80, \\user, \\u12, AT&T; R&D, &;, &#;, &#9999999;, &#xffffffff; %";

        assertThat(ofReset.message(text)).isEqualTo(text);
    }

    @Test
    void aPersonsValueThatIsLongerThanWhatIsReadIsCutOut() {
        String value = "0123456789abcdefghijklmnopqrstuvwxyz".repeat(200);
        Redaction reset = Redaction.of(SampleEvents.reset(new SearchKey("mx_Id", value), null), null, keys.all());

        assertThat(reset.message("No " + value)).isNull();
        assertThat(reset.message(value.replace("0", "%30"))).isNull();
        assertThat(reset.message("No " + value.substring(0, 300) + " here")).isEqualTo("No *** here");
    }

    @Test
    void hostileTextsAreBounded() {
        String value = "ab".repeat(8_000);
        ChangeRequested change = new ChangeRequested(
                SampleEvents.head(EventType.CHANGE),
                new SearchKey("mx_Id", value),
                null,
                new Secret("ba".repeat(4_000)),
                new Secret("%".repeat(8_000)));
        List<String> texts = List.of(
                "ab".repeat(32_000),
                "%25".repeat(21_000),
                "\ufdfa".repeat(60_000),
                "&amp;".repeat(12_000),
                "\\".repeat(64_000),
                "&#0" + "0".repeat(64_000),
                "a\u0301".repeat(30_000),
                "&" + "a".repeat(64_000));

        assertTimeoutPreemptively(Duration.ofSeconds(30), () -> {
            Redaction hostile = Redaction.of(change, null, keys.all());
            texts.forEach(hostile::message);
            texts.forEach(hostile::code);
        });
    }

    @Test
    void aPersonNamedByAnotherFieldIsCutOut() {
        Redaction reset = Redaction.of(SampleEvents.reset(PHONE, null), null, keys.all());

        assertThat(reset.message("No lead has +14-157415569")).isEqualTo("No lead has ***");
    }

    @Test
    void upperAndLowerCaseMakeNoDifference() {
        assertThat(ofReset.message("ADA@Example.COM, PUBLIC-key")).isEqualTo("***, ***");
    }

    @Test
    void ofTwoSecretsThatHoldEachOtherTheWholeIsCutOut() {
        Redaction two = ofReset.and(List.of(new Secret("hunter2"), new Secret("hunter2hunter3")));

        assertThat(two.message("hunter2hunter3, hunter2")).isEqualTo("***, ***");
    }

    @Test
    void lettersWithAMeaningInPatternsAreLetters() {
        ChangeRequested change = new ChangeRequested(
                SampleEvents.head(EventType.CHANGE), null, new Secret("k"), new Secret("a.*(\\E$1"), new Secret("x$"));

        assertThat(Redaction.of(change, null, keys.all()).message("'a.*(\\E$1'"))
                .isNull();
        assertThat(Redaction.of(change, null, keys.all()).message("'x$'")).isNull();
        assertThat(Redaction.of(change, null, keys.all()).message("abc xx$")).isEqualTo("abc xx$");
    }

    @Test
    void theRestOfTheTextStays() {
        assertThat(redaction.message("Reset lin\u00e9 sent")).isEqualTo("Reset lin\u00e9 sent");
        assertThat(redaction.message(null)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a\rb", "a\tb", "a\u0000b", "a\u001bb", "a\u007fb"})
    void aControlCharacterBecomesABlank(String text) {
        assertThat(redaction.message(text)).isEqualTo("a b");
    }

    /** NEL is a line break, and CSI steers a terminal as ESC [ does. */
    @ParameterizedTest
    @ValueSource(strings = {"a\u0085b", "a\u009bb"})
    void aControlCharacterBeyondAsciiBecomesABlankToo(String text) {
        assertThat(redaction.message(text)).isEqualTo("a b");
    }

    @Test
    void aLongTextIsCut() {
        assertThat(redaction.message("x".repeat(500))).hasSize(500);
        assertThat(redaction.message("x".repeat(501))).isEqualTo("x".repeat(500));
    }

    @Test
    void aSecretAtTheCutDoesNotShowItsBeginning() {
        assertThat(ofReset.message("x".repeat(495) + "public-key")).isEqualTo("x".repeat(495) + "***");
    }

    @Test
    void aLongTextIsNotCutInTheMiddleOfACharacter() {
        assertThat(redaction.message("x".repeat(499) + "\ud83d\ude00")).isEqualTo("x".repeat(499));
    }

    @Test
    void aCodeIsShownWhereItLooksLikeOne() {
        assertThat(redaction.code("MXUserNotFoundException")).isEqualTo("MXUserNotFoundException");
        assertThat(redaction.code("System.Exception_1")).isEqualTo("System.Exception_1");
        assertThat(redaction.code(null)).isNull();
    }

    @Test
    void aCodeBeginsWithALetterAndIsShort() {
        assertThat(redaction.code("14157415569")).isNull();
        assertThat(redaction.code("M".repeat(100))).hasSize(100);
        assertThat(redaction.code("M".repeat(101))).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "two words", "ada@example.com", "a\nb", "<html>", "caf\u00e9"})
    void whatDoesNotLookLikeACodeIsNotShown(String code) {
        assertThat(redaction.code(code)).isNull();
    }

    @Test
    void aCodeOrALeadIdThatHoldsASecretIsNotShown() {
        Redaction hunter = Redaction.of(SampleEvents.reset(new SearchKey("mx_Id", "hunter2"), null), null, keys.all());

        assertThat(hunter.code("MXHunter2Exception")).isNull();
        assertThat(hunter.leadId("1-HUNTER2")).isNull();
    }

    @Test
    void aLeadIdIsShownWhereItLooksLikeOne() {
        assertThat(redaction.leadId("3f2504e0-4f89-11d3-9a0c-0305e82c3301"))
                .isEqualTo("3f2504e0-4f89-11d3-9a0c-0305e82c3301");
        assertThat(redaction.leadId(null)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ada@example.com", "a b", "a_b"})
    void whatDoesNotLookLikeALeadIdIsNotShown(String id) {
        assertThat(redaction.leadId(id)).isNull();
    }
}
