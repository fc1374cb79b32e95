package io.lsqroutes.leadsquared.answer;

import static io.lsqroutes.leadsquared.answer.SampleAnswers.LIMIT_TEXT;
import static io.lsqroutes.leadsquared.answer.SampleAnswers.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lsqroutes.attempt.Attempts;
import io.lsqroutes.attempt.CallFailed;
import io.lsqroutes.attempt.CallKind;
import io.lsqroutes.attempt.Delivery;
import io.lsqroutes.event.Person.EmailAddress;
import io.lsqroutes.leadsquared.AnswerClassifier;
import io.lsqroutes.leadsquared.SampleEvents;
import io.lsqroutes.leadsquared.keys.AccountKeys;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RateLimitNoticeTest {
    private final List<RateLimitNotice> refusals = new ArrayList<>();
    private final AnswerClassifier verdicts = new AnswerClassifier(
            new PermanentTypes(List.of()),
            new AccountKeys(SampleEvents.accountWithGivenKeys(), SampleEvents::accountWithGivenKeys, () -> 0),
            Clock.fixed(SampleEvents.NOW, ZoneOffset.UTC),
            refusals::add);

    private void isAnswered(int status, @Nullable String retryAfter, String body) {
        Attempts attempts = SampleEvents.attempts(SampleEvents.reset());
        assertThatThrownBy(() -> verdicts.decide(answer(status, retryAfter, body), new Delivery(attempts, 0)))
                .isInstanceOf(CallFailed.class);
    }

    @Test
    void everyCallTooManyIsTold_withWhatTheApiSaysOfIt() {
        isAnswered(429, "7", "{'ExceptionMessage':'TEXT'}");
        isAnswered(200, "3600", "{'ExceptionMessage':'TEXT'}");
        isAnswered(429, null, "");

        assertThat(refusals)
                .containsExactly(
                        new RateLimitNotice(Duration.ofSeconds(7), 25, Duration.ofSeconds(5)),
                        new RateLimitNotice(Duration.ofMinutes(1), 0, Duration.ZERO),
                        new RateLimitNotice(Duration.ZERO, 0, Duration.ZERO));
    }

    @Test
    void noOtherAnswerIs() {
        isAnswered(500, "7", "{'Status':'Error'}");
        isAnswered(401, null, "");

        assertThat(refusals).isEmpty();
    }

    @Test
    void aLimitIsBelievedWhereStatusOrTypeSaysTheSame() {
        isAnswered(403, null, "{'Message':'TEXT'}");
        isAnswered(200, null, "{'ExceptionType':'MXAPIRateLimitExceededException','ResponseText':' TEXT. '}");
        isAnswered(429, null, "TEXT");
        isAnswered(500, null, "{'ExceptionMessage':'TEXT'}");
        isAnswered(429, null, "{'ExceptionMessage':'Sorry, TEXT'}");
        isAnswered(429, null, "<p>TEXT</p>");
        isAnswered(429, null, "['TEXT']");
        isAnswered(429, null, "{'Other':'TEXT'}");

        RateLimitNotice named = new RateLimitNotice(Duration.ZERO, 25, Duration.ofSeconds(5));
        RateLimitNotice unnamed = new RateLimitNotice(Duration.ZERO, 0, Duration.ZERO);
        assertThat(refusals).containsExactly(named, named, named, unnamed, unnamed, unnamed, unnamed, unnamed);
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 429})
    void aLimitThatTheEventBringsIsNone(int status) {
        Attempts attempts = SampleEvents.attempts(SampleEvents.reset(new EmailAddress("x%20" + LIMIT_TEXT), null));
        Answer answer = answer(status, null, "{'ExceptionMessage':'TEXT'}");

        assertThatThrownBy(() -> verdicts.decide(answer, new Delivery(attempts, 0)))
                .isInstanceOf(CallFailed.class);

        assertThat(refusals).containsExactly(new RateLimitNotice(Duration.ZERO, 0, Duration.ZERO));
    }

    @Test
    void aTokenThatIsTheLimitsTextIsNone() {
        Attempts attempts = SampleEvents.attempts(SampleEvents.reset());
        attempts.prepare(CallKind.REGISTER_TOKEN).begin();

        assertThatThrownBy(() -> verdicts.decide(answer(200, null, "'TEXT'"), new Delivery(attempts, 0)))
                .isInstanceOf(CallFailed.class)
                .hasMessage("RATE_LIMITED 200");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "API calls exceeded the limit of 9999999999 in 5 second(s)",
                "API calls exceeded the limit of 25 in 99999999999999999999 second(s)",
                "API calls exceeded the limit of 0 in 0 second(s)",
                "API calls exceeded the limit of 0 in 5 second(s)",
                "API calls exceeded the limit of 5 in 0 second(s)",
                "API calls exceeded the limit of \u0662\u0665 in \u0665 second(s)"
            })
    void nonsenseIsNoLimit(String text) {
        isAnswered(429, null, "{'ExceptionMessage':'" + text + "'}");

        assertThat(refusals).containsExactly(new RateLimitNotice(Duration.ZERO, 0, Duration.ZERO));
    }
}
