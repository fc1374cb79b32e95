package io.lsqroutes.leadsquared;

import static io.lsqroutes.leadsquared.SampleAnswers.LIMIT_TEXT;
import static io.lsqroutes.leadsquared.SampleAnswers.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lsqroutes.event.Person.EmailAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RefusalTest {
    private final List<Refusal> refusals = new ArrayList<>();
    private final Verdicts verdicts = new Verdicts(
            new PermanentTypes(List.of()),
            new AccountKeys(SampleEvents.accountWithGivenKeys(), SampleEvents::accountWithGivenKeys, () -> 0),
            Clock.fixed(SampleEvents.NOW, ZoneOffset.UTC),
            refusals::add);

    private void isAnswered(int status, @Nullable String retryAfter, String body) {
        Attempts attempts = new Attempts(SampleEvents.reset());
        assertThatThrownBy(() -> verdicts.decide(answer(status, retryAfter, body), attempts))
                .isInstanceOf(CallFailed.class);
    }

    @Test
    void everyCallTooManyIsTold_withWhatTheApiSaysOfIt() {
        isAnswered(429, "7", "{'ExceptionMessage':'TEXT'}");
        isAnswered(200, "3600", "{'ExceptionMessage':'TEXT'}");
        isAnswered(429, null, "");

        assertThat(refusals)
                .containsExactly(
                        new Refusal(Duration.ofSeconds(7), 25, Duration.ofSeconds(5)),
                        new Refusal(Duration.ofMinutes(1), 25, Duration.ofSeconds(5)),
                        new Refusal(Duration.ZERO, 0, Duration.ZERO));
    }

    @Test
    void noOtherAnswerIs() {
        isAnswered(500, "7", "{'Status':'Error'}");
        isAnswered(401, null, "");

        assertThat(refusals).isEmpty();
    }

    @Test
    void aLimitThatAPersonsAddressNamesIsNone() {
        Attempts attempts = new Attempts(SampleEvents.reset(new EmailAddress(LIMIT_TEXT), null));
        Answer answer = answer(429, null, "{'ExceptionMessage':'TEXT is not an address'}");

        assertThatThrownBy(() -> verdicts.decide(answer, attempts)).isInstanceOf(CallFailed.class);

        assertThat(refusals).containsExactly(new Refusal(Duration.ZERO, 0, Duration.ZERO));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "API calls exceeded the limit of 9999999999 in 5 second(s)",
                "API calls exceeded the limit of 25 in 99999999999999999999 second(s)"
            })
    void nonsenseIsNoLimit(String text) {
        assertThat(Refusal.of(text, null)).isEqualTo(new Refusal(Duration.ZERO, 0, Duration.ZERO));
    }
}
