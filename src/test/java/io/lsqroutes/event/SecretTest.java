package io.lsqroutes.event;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SecretTest {
    @Test
    void doesNotPrintItself() {
        assertThat(new Secret("hunter2")).hasToString("***");
        assertThat(String.format("%s", new Secret("hunter2"))).isEqualTo("***");
    }

    @Test
    void revealsItselfOnlyWhenAskedTo() {
        assertThat(new Secret("hunter2").reveal()).isEqualTo("hunter2");
    }

    @Test
    void equalsASecretOfTheSameValueAndNothingElse() {
        assertThat(new Secret("hunter2"))
                .isEqualTo(new Secret("hunter2"))
                .hasSameHashCodeAs(new Secret("hunter2"))
                .isNotEqualTo(new Secret("hunter3"))
                .isNotEqualTo("hunter2");
    }
}
