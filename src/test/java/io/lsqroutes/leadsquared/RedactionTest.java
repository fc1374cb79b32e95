package io.lsqroutes.leadsquared;

import static io.lsqroutes.leadsquared.SampleEvents.ADA;
import static io.lsqroutes.leadsquared.SampleEvents.PHONE;
import static org.assertj.core.api.Assertions.assertThat;

import io.lsqroutes.event.ChangeRequested;
import io.lsqroutes.event.EventType;
import io.lsqroutes.event.Person.SearchKey;
import io.lsqroutes.event.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {
    private final AccountKeys keys =
            new AccountKeys(SampleEvents.accountWithAllKeys(), SampleEvents::accountWithAllKeys, () -> 0);
    private final Redaction redaction = Redaction.of(SampleEvents.change(ADA, "user-key"), new Secret("new-key"), keys);

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
                "NewSamplepassword@123",
                "ada@example.com"
            })
    void everySecretAndThePersonAreCutOutWhereverTheyStand(String value) {
        assertThat(redaction.message(value)).isEqualTo("***");
        assertThat(redaction.message("a " + value + "; and '" + value + "'.")).isEqualTo("a ***; and '***'.");
    }

    @Test
    void aPersonNamedByAnotherFieldIsCutOut() {
        Redaction reset = Redaction.of(SampleEvents.reset(PHONE, null), null, keys);

        assertThat(reset.message("No lead has +14-157415569")).isEqualTo("No lead has ***");
    }

    @Test
    void upperAndLowerCaseMakeNoDifference() {
        assertThat(redaction.message("ADA@Example.COM, OLDSAMPLEPASSWORD@123")).isEqualTo("***, ***");
    }

    @Test
    void ofTwoSecretsThatHoldEachOtherTheWholeIsCutOut() {
        ChangeRequested change = new ChangeRequested(
                SampleEvents.head(EventType.CHANGE), ADA, null, new Secret("hunter2"), new Secret("hunter2hunter3"));

        assertThat(Redaction.of(change, null, keys).message("hunter2hunter3, hunter2"))
                .isEqualTo("***, ***");
    }

    @Test
    void lettersWithAMeaningInPatternsAreLetters() {
        ChangeRequested change = new ChangeRequested(
                SampleEvents.head(EventType.CHANGE), null, new Secret("k"), new Secret("a.*(\\E$1"), new Secret("x$"));

        assertThat(Redaction.of(change, null, keys).message("'a.*(\\E$1' abc 'x$'"))
                .isEqualTo("'***' abc '***'");
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
        assertThat(redaction.message("x".repeat(495) + "public-key")).isEqualTo("x".repeat(495) + "***");
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

    @ParameterizedTest
    @ValueSource(strings = {"", "two words", "ada@example.com", "a\nb", "<html>", "caf\u00e9"})
    void whatDoesNotLookLikeACodeIsNotShown(String code) {
        assertThat(redaction.code(code)).isNull();
    }

    @Test
    void aCodeOrALeadIdThatHoldsASecretIsNotShown() {
        Redaction hunter = Redaction.of(SampleEvents.reset(new SearchKey("mx_Id", "hunter2"), null), null, keys);

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
