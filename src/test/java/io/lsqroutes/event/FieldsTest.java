package io.lsqroutes.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FieldsTest {
    private static final Set<String> KNOWN = Set.of("field", "object");

    /** A document, written with ' for ". */
    private static Fields fields(String document) throws ContractViolation {
        return Fields.of(StrictJson.read(document.replace('\'', '"').getBytes(UTF_8)), KNOWN);
    }

    @Test
    void nullIsAsGoodAsAbsent() throws ContractViolation {
        for (String document : new String[] {"{}", "{'field':null,'object':null}"}) {
            Fields fields = fields(document);

            assertThat(fields.has("field")).isFalse();
            assertThat(fields.text("field")).isNull();
            assertThat(fields.secret("field")).isNull();
            assertThat(fields.time("field")).isNull();
            assertThat(fields.object("object", Set.of())).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "1.5", "true", "[]", "{}", "['a']"})
    void onlyTextIsText(String value) throws ContractViolation {
        Fields fields = fields("{'field':" + value + "}");

        assertThatThrownBy(() -> fields.text("field")).hasMessage("not-text at field");
        assertThatThrownBy(() -> fields.secret("field")).hasMessage("not-text at field");
        assertThatThrownBy(() -> fields.time("field")).hasMessage("not-text at field");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a\\u0000",
                "a\\n",
                "\\ta",
                "a\\u007f",
                "a\\u0085",
                "a\\u009b1m",
                "\\ud800",
                "a\\udc00b",
                "\\ude00\\ud83d"
            })
    void textWithoutContentOrWithControlCharactersOrHalfACharacterIsRefused(String value) throws ContractViolation {
        Fields fields = fields("{'field':'" + value + "'}");

        assertThatThrownBy(() -> fields.text("field")).hasMessage("bad-text at field");
        assertThatThrownBy(() -> fields.secret("field")).hasMessage("bad-text at field");
    }

    @Test
    void textOfBlanksIsRefused_butAPasswordMayBeOne() throws ContractViolation {
        Fields fields = fields("{'field':'  '}");

        assertThatThrownBy(() -> fields.text("field")).hasMessage("bad-text at field");
        assertThat(fields.secret("field")).isEqualTo(new Secret("  "));
    }

    @Test
    void charactersOutsideTheBasicPlaneAreText() throws ContractViolation {
        assertThat(fields("{'field':'\\ud83d\\ude00'}").text("field")).isEqualTo("\ud83d\ude00");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-22T10:00:00Z, 2026-11-22T10:00:00Z",
        "2026-11-22T10:00:00.123456Z, 2026-11-22T10:00:00.123456Z",
        "2026-11-22T12:00:00+02:00, 2026-11-22T10:00:00Z",
        "2026-11-22T15:30:00+0530, 2026-11-22T10:00:00Z",
        "2026-11-22t10:00:00z, 2026-11-22T10:00:00Z",
        "2026-11-22 10:00:00 -00:00, 2026-11-22T10:00:00Z",
        "2026-11-22T10:00Z, 2026-11-22T10:00:00Z",
        "2026-11-22T11:00+01, 2026-11-22T10:00:00Z",
        "20261122T1000+0000, 2026-11-22T10:00:00Z",
        "2026-11-22T11:00:00+01:00[Europe/Paris][u-ca=gregory], 2026-11-22T10:00:00Z",
        "'2026-11-22T10:00:00,1234567891Z', 2026-11-22T10:00:00.123456789Z",
        "2026-12-31T23:59:60Z, 2027-01-01T00:00:00Z"
    })
    void aTimeHasItsOffset(String text, Instant time) throws ContractViolation {
        assertThat(fields("{'field':'" + text + "'}").time("field")).isEqualTo(time);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-22",
                "2026-11-22T10:00:00",
                "2026-11-22T10:00:00[Europe/Paris]",
                "2026-02-30T10:00:00Z",
                "2026-11-22T24:00:01Z",
                "2026-11-22T10:00:00+19:00",
                "2026-11-22T10:00:00Zulu",
                "202611-22T10:00:00Z",
                "1969-12-31T23:59:59Z",
                "12026-11-22T10:00:00Z",
                "\u0662\u0660\u0662\u0666-11-22T10:00:00Z",
                "1795341600",
                "hunter2"
            })
    void aTimeWithoutItsOffsetIsNotGuessedAt(String text) throws ContractViolation {
        Fields fields = fields("{'field':'" + text + "'}");

        assertThatThrownBy(() -> fields.time("field")).hasMessage("bad-time at field");
        assertThat(fields.optionalTime("field")).isNull();
    }

    @Test
    void blanksAroundAnAddressAreTrimmed() throws ContractViolation {
        assertThat(fields("{'field':'  a b@c  '}").address("field")).isEqualTo("a b@c");
        assertThat(fields("{'field':'\u7528\u6237@\u4f8b\u3048.jp'}").address("field"))
                .isEqualTo("\u7528\u6237@\u4f8b\u3048.jp");
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                0xa0, 0xad, 0x34f, 0x61c, 0x1160, 0x180e, 0x2003, 0x200b, 0x200d, 0x200f, 0x2028, 0x2029, 0x202e,
                0x2060, 0x2066, 0x2800, 0x3000, 0x3164, 0xfe0f, 0xfeff, 0xffa0, 0xe0061
            })
    void whatNobodySeesIsNoPartOfAnAddress(int invisible) throws ContractViolation {
        for (String around : new String[] {"%s", "a@b.c%s", "%sa@b.c", "a%s@b.c"}) {
            Fields fields = fields("{'field':'" + around.formatted(Character.toString(invisible)) + "'}");

            assertThatThrownBy(() -> fields.address("field")).hasMessage("bad-text at field");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "'field'", "[]", "true"})
    void onlyAnObjectIsAnObject(String value) throws ContractViolation {
        Fields fields = fields("{'object':" + value + "}");

        assertThatThrownBy(() -> fields.object("object", Set.of())).hasMessage("not-an-object at object");
    }

    @Test
    void theFieldsOfANestedObjectAreNamedByTheirPath() throws ContractViolation {
        Fields nested = nested("{'object':{'inner':1}}");

        assertThatThrownBy(() -> nested.text("inner")).hasMessage("not-text at object.inner");
        assertThatThrownBy(() -> nested.required("other")).hasMessage("missing-field at object.other");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'Field':'x'}", "{'FIELD':null}", "{'field':'x','fielD':'x'}"})
    void aFieldThatDiffersFromAKnownOneByCaseAloneIsAMistake(String document) {
        assertThatThrownBy(() -> fields(document)).hasMessage("misspelt-field at field");
    }

    @Test
    void aNestedFieldThatDiffersFromAKnownOneByCaseAloneIsAMistake() {
        assertThatThrownBy(() -> nested("{'object':{'INNER':'x'}}")).hasMessage("misspelt-field at object.inner");
    }

    @Test
    void unknownFieldsAreIgnored() throws ContractViolation {
        assertThat(fields("{'field':'x','fields':1,'_':{'Field':1}}").text("field"))
                .isEqualTo("x");
    }

    private static Fields nested(String document) throws ContractViolation {
        Fields nested = fields(document).object("object", Set.of("inner"));
        if (nested == null) {
            throw new AssertionError("the object is there");
        }
        return nested;
    }
}
