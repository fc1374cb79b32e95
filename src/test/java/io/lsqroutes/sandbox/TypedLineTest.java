package io.lsqroutes.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TypedLineTest {

    @ParameterizedTest
    @ValueSource(strings = {"ada@example.com", "  ada+500-always@example.com ", "a@b"})
    void takesAnAddress(String text) {
        assertThat(new TypedLine(text).isAddress()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ada", "@example.com", "ada@", "ada@b@c", "ada lovelace@example.com", "help", "quit"})
    void whatIsNoAddressIsNone(String text) {
        assertThat(new TypedLine(text).isAddress()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Quirk.class)
    void helpTellsEveryTag(Quirk quirk) {
        assertThat(TypedLine.help().lines()).anyMatch(line -> line.matches(" +" + quirk.tag() + " +\\S.*"));
    }

    @Test
    void knowsItsWords() {
        assertThat(new TypedLine(" Help ").isHelp()).isTrue();
        assertThat(new TypedLine("QUIT").isQuit()).isTrue();
        assertThat(new TypedLine("quit it").isQuit()).isFalse();
        assertThat(new TypedLine(" ").isEmpty()).isTrue();
    }
}
