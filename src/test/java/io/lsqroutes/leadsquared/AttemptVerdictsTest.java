package io.lsqroutes.leadsquared;

import static io.lsqroutes.attempt.CallKind.CHANGE_PASSWORD;
import static io.lsqroutes.attempt.CallKind.FORGOT_PASSWORD;
import static io.lsqroutes.leadsquared.answer.SampleAnswers.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.lsqroutes.attempt.Attempts;
import io.lsqroutes.attempt.CallFailed;
import io.lsqroutes.attempt.CallKind;
import io.lsqroutes.attempt.Delivery;
import io.lsqroutes.attempt.Verdict;
import io.lsqroutes.attempt.Verdict.Kind;
import io.lsqroutes.event.Secret;
import io.lsqroutes.leadsquared.answer.Answer;
import io.lsqroutes.leadsquared.answer.PermanentTypes;
import io.lsqroutes.leadsquared.keys.AccountKeys;
import io.lsqroutes.leadsquared.keys.PortalKeys;
import io.lsqroutes.leadsquared.signin.SignInProgress;
import io.lsqroutes.redaction.Redaction;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What goes with a verdict. */
class AttemptVerdictsTest {
    private final AccountKeys keys =
            new AccountKeys(SampleEvents.accountWithGivenKeys(), SampleEvents::accountWithGivenKeys, () -> 0);
    private final Redaction redaction = Redaction.of(SampleEvents.reset(), null, keys.all());
    private final AnswerClassifier verdicts = new AnswerClassifier(
            new PermanentTypes(List.of("MXMandatory*", "MXInvalid*", "MX*NotFound*")),
            keys,
            Clock.fixed(SampleEvents.NOW, ZoneOffset.UTC),
            refusal -> {});

    private Verdict verdict(CallKind call, int status, @Nullable String body) {
        return verdicts.of(call, answer(status, body), SampleEvents.reset(), redaction);
    }

    @Test
    void theMessageIsTheApisWithoutThePerson() {
        assertThat(verdict(FORGOT_PASSWORD, 400, "{'ExceptionMessage':'ada@example.com is unknown','Message':'x'}")
                        .message())
                .isEqualTo("*** is unknown");
        assertThat(verdict(CHANGE_PASSWORD, 200, "{'IsSuccessful':false,'ResponseText':'Too short'}")
                        .message())
                .isEqualTo("Too short");
        assertThat(verdict(FORGOT_PASSWORD, 200, "{'Status':'Success','Message':'Sent'}")
                        .message())
                .isEqualTo("Sent");
        assertThat(verdict(FORGOT_PASSWORD, 500, "oops").message()).isNull();
    }

    @Test
    void theMessageDoesNotRepeatATemporaryPassword() {
        Verdict verdict = verdict(
                FORGOT_PASSWORD, 200, "{'Status':'Success','Message':'Use hunter2','TemporaryPassword':'hunter2'}");

        assertThat(verdict.message()).isEqualTo("Use ***");
    }

    @Test
    void retryAfterIsTakenFromTheAnswer() {
        assertThat(verdicts.of(FORGOT_PASSWORD, answer(503, "7", null), SampleEvents.reset(), redaction)
                        .retryAfter())
                .isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void aSuccessPassesAndProvesTheAccountKeysGood() throws CallFailed {
        Attempts attempts = SampleEvents.attempts(SampleEvents.reset());
        attempts.prepare(FORGOT_PASSWORD).begin();
        SignInProgress.of(attempts).carriedKeys().carry(keys.inUse());
        Answer answer = answer(200, "{'Status':'Success'}");

        assertThat(verdicts.decide(answer, new Delivery(attempts, 0))).isSameAs(answer);
        assertThat(attempts.verdict().kind()).isEqualTo(Kind.SUCCESS);
        assertThat(keys.provedGood(keys.inUse())).isTrue();
    }

    @Test
    void aChangeProvesNothingAboutTheAccountsAuthKey() throws CallFailed {
        Attempts attempts = SampleEvents.attempts(SampleEvents.change(null, "user-key"));
        attempts.prepare(CHANGE_PASSWORD).begin();
        SignInProgress.of(attempts).carriedKeys().carry(keys.inUse());

        verdicts.decide(answer(200, "{'IsSuccessful':true}"), new Delivery(attempts, 0));

        assertThat(keys.provedGood(keys.inUse())).isFalse();
    }

    @Test
    void everyOtherAnswerIsThrownWithoutItsText() {
        Attempts attempts = SampleEvents.attempts(SampleEvents.reset());
        attempts.prepare(FORGOT_PASSWORD).begin();
        Answer answer = answer(400, "{'ExceptionType':'hunter2','ExceptionMessage':'hunter2'}");

        CallFailed failed =
                catchThrowableOfType(CallFailed.class, () -> verdicts.decide(answer, new Delivery(attempts, 0)));

        assertThat(failed.verdict().kind()).isEqualTo(Kind.REJECTED);
        assertThat(failed).hasMessage("REJECTED 400");
    }

    @Test
    void aKeyThatHasBeenReplacedSinceIsCutOutOfALateAnswer() {
        Attempts attempts = SampleEvents.attempts(SampleEvents.reset());
        attempts.prepare(FORGOT_PASSWORD).begin();
        SignInProgress.of(attempts)
                .carriedKeys()
                .carry(new PortalKeys(new Secret("older-key"), new Secret("older-token")));
        Answer answer = answer(400, "{'ExceptionMessage':'older-key and older-token'}");

        CallFailed failed =
                catchThrowableOfType(CallFailed.class, () -> verdicts.decide(answer, new Delivery(attempts, 0)));

        assertThat(failed.verdict().message()).isEqualTo("*** and ***");
    }
}
