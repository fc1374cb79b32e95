package io.lsqroutes.leadsquared.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PermanentTypesTest {
    private final PermanentTypes defaults =
            new PermanentTypes(List.of("MXMandatory*", "MXInvalid*", "MXDuplicate*", "MX*NotFound*"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "MXMandatoryFieldMissingException",
                "MXInvalidInputException",
                "MXInvalid",
                "MXDuplicateEntryException",
                "MXUserNotFoundException",
                "MXNotFound"
            })
    void aStarStandsForAnyLettersOrNone(String type) {
        assertThat(defaults.contains(type)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "MX",
                "MXException",
                "MXAPIRateLimitExceededException",
                "NotFoundException",
                "XMXInvalid",
                "mxinvalidinputexception"
            })
    void anyOtherTypeMayPass(String type) {
        assertThat(defaults.contains(type)).isFalse();
    }

    @Test
    void everyOtherLetterStandsForItself() {
        PermanentTypes types = new PermanentTypes(List.of("MX.A", "MX(B|C)", "[D]"));

        assertThat(types.contains("MX.A")).isTrue();
        assertThat(types.contains("MX(B|C)")).isTrue();
        assertThat(types.contains("MXxA")).isFalse();
        assertThat(types.contains("MXB")).isFalse();
        assertThat(types.contains("D")).isFalse();
    }

    @Test
    void withoutAStarTheWholeNameHasToMatch() {
        PermanentTypes types = new PermanentTypes(List.of("MXOne", "MXTwo"));

        assertThat(types.contains("MXTwo")).isTrue();
        assertThat(types.contains("MXTwoMore")).isFalse();
    }
}
