package io.lsqroutes.event;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {

    @Test
    void readsOneObject() throws ContractViolation {
        assertThat(StrictJson.read("{\"a\": \"\u00e4\", \"b\": {\"c\": []}}".getBytes(UTF_8)))
                .hasToString("{\"a\":\"\u00e4\",\"b\":{\"c\":[]}}");
    }

    @Test
    void aRecordWithoutAValueIsNone() {
        assertThat(breach(null)).hasMessage("no-value at record");
    }

    @Test
    void takesSixteenKibibytesAndNotAByteMore() throws ContractViolation {
        byte[] largest = ("{}" + " ".repeat(StrictJson.MAX_BYTES - 2)).getBytes(UTF_8);

        assertThat(StrictJson.read(largest)).isEmpty();
        assertThat(breach((new String(largest, UTF_8) + " ").getBytes(UTF_8))).hasMessage("too-large at byte 16384");
    }

    @Test
    void bytesThatAreNotUtf8AreNotReplaced() {
        byte[] document = "{\"a\":\"??\"}".getBytes(UTF_8);
        document[6] = (byte) 0xc3;

        assertThat(breach(document)).hasMessage("not-utf-8 at byte 6");
    }

    @Test
    void halfASurrogatePairIsNotUtf8() {
        byte[] document = "{\"a\":\"???\"}".getBytes(UTF_8);
        document[6] = (byte) 0xed;
        document[7] = (byte) 0xa0;
        document[8] = (byte) 0x80;

        assertThat(breach(document)).hasMessage("not-utf-8 at byte 6");
    }

    @Test
    void utf16IsNotGuessedAt() {
        assertThat(breach("{\"a\":\"b\"}".getBytes(UTF_16)).code()).isEqualTo("not-utf-8");
        assertThat(breach("{\"a\":\"b\"}".getBytes(UTF_16LE)).code()).isEqualTo("not-json");
    }

    @Test
    void aByteOrderMarkIsNoPartOfJson() {
        assertThat(breach("\ufeff{}".getBytes(UTF_8)).code()).isEqualTo("not-json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " \n",
                "hunter2",
                "{",
                "{\"a\":\"b\"",
                "{\"a\":\"hunter2}",
                "{'a':'b'}",
                "{a:1}",
                "{\"a\":01}",
                "{\"a\":NaN}",
                "{\"a\":\"\t\"}",
                "{\"a\":1,}",
                "{\"a\":1} // hunter2",
                "{\"a\":1,\"a\":1}",
                "{\"a\":1,\"\\u0061\":1}",
                "{\"a\":{\"b\":1,\"b\":2}}",
                "{} {}",
                "{}hunter2",
                "{}]",
                "{}\u0000"
            })
    void whatIsNotOneJsonTextFromEndToEndIsRefusedWithAPlace(String document) {
        ContractViolation breach = breach(document.getBytes(UTF_8));

        assertThat(breach.code()).isEqualTo("not-json");
        assertThat(breach.location()).matches("record|character [0-9]+");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[]", "\"hunter2\"", "1", "true", "[{}]"})
    void jsonThatIsNoObjectIsRefused(String document) {
        assertThat(breach(document.getBytes(UTF_8))).hasMessage("not-an-object at record");
    }

    @Test
    void twoHundredLevelsAreDeepEnough() throws ContractViolation {
        assertThat(StrictJson.read(nested(200))).hasSize(1);
        assertThat(breach(nested(201)).code()).isEqualTo("not-json");
    }

    @Test
    void anUnknownFieldMayBeAsLongAsTheDocument() throws ContractViolation {
        String text = "x".repeat(StrictJson.MAX_BYTES - 8);

        assertThat(StrictJson.read(("{\"a\":\"" + text + "\"}").getBytes(UTF_8)))
                .hasSize(1);
    }

    private static byte[] nested(int levels) {
        return ("{\"a\":".repeat(levels) + "1" + "}".repeat(levels)).getBytes(UTF_8);
    }

    private static ContractViolation breach(byte @Nullable [] document) {
        ContractViolation breach = catchThrowableOfType(ContractViolation.class, () -> StrictJson.read(document));
        assertThat(breach).as("a breach").isNotNull();
        return breach;
    }
}
