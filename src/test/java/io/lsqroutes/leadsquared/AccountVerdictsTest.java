package io.lsqroutes.leadsquared;

import static io.lsqroutes.attempt.CallKind.CHANGE_PASSWORD;
import static io.lsqroutes.attempt.CallKind.FORGOT_PASSWORD;
import static io.lsqroutes.attempt.CallKind.PUBLIC_AUTH_KEY;
import static io.lsqroutes.attempt.CallKind.REGISTER_TOKEN;
import static io.lsqroutes.attempt.CallKind.SIGN_IN;
import static io.lsqroutes.leadsquared.answer.SampleAnswers.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.lsqroutes.attempt.Attempts;
import io.lsqroutes.attempt.CallFailed;
import io.lsqroutes.attempt.CallKind;
import io.lsqroutes.attempt.Delivery;
import io.lsqroutes.attempt.Trouble;
import io.lsqroutes.attempt.Verdict;
import io.lsqroutes.attempt.Verdict.Kind;
import io.lsqroutes.event.Event;
import io.lsqroutes.event.Person.SearchKey;
import io.lsqroutes.event.Secret;
import io.lsqroutes.leadsquared.answer.Answer;
import io.lsqroutes.leadsquared.answer.PermanentTypes;
import io.lsqroutes.leadsquared.keys.AccountKeys;
import io.lsqroutes.leadsquared.keys.PortalKeys;
import io.lsqroutes.leadsquared.signin.SignInProgress;
import io.lsqroutes.redaction.Redaction;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The verdicts on answers that are about the account: its call limit and its keys. */
class AccountVerdictsTest {
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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            nullValues = "NULL",
            value = {
                "429 | NULL",
                "429 | <html/>",
                "403 | {'Status':'Error','ExceptionMessage':'TEXT'}",
                "200 | {'Status':'Error','ExceptionType':'MXAPIRateLimitExceededException'}",
                "200 | {'Status':'Error','ExceptionMessage':'TEXT'}",
                "500 | {'Status':'Error','ExceptionType':'MXAPIRateLimitExceededException'}",
                "500 | {'Status':'Error','ExceptionMessage':'TEXT'}",
                "401 | {'ExceptionType':'MXAPIRateLimitExceededException'}",
                "400 | {'ExceptionType':'MXAPIRateLimitExceededException'}"
            })
    void aCallTooManyIsNotTheEventsFaultWhateverItsStatus(int status, @Nullable String body) {
        for (CallKind call : CallKind.values()) {
            assertThat(verdict(call, status, body).kind()).as("%s", call).isEqualTo(Kind.RATE_LIMITED);
        }
    }

    /** "Any answer whose body is the limit text": where else than in {@code ExceptionMessage} it may stand. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'IsSuccessful':false,'ResponseText':'TEXT'}",
                "{'Status':'Error','Message':'TEXT'}",
                "'TEXT'",
                "TEXT"
            })
    void theTextOfTheLimitIsFoundWhereverItStands(String body) {
        assertThat(verdict(CHANGE_PASSWORD, 200, body).kind()).isEqualTo(Kind.RATE_LIMITED);
        assertThat(verdict(CHANGE_PASSWORD, 403, body).kind()).isEqualTo(Kind.RATE_LIMITED);
    }

    @ParameterizedTest
    @EnumSource(CallKind.class)
    void aWrongKeyIsNotTheEventsFault(CallKind call) {
        Verdict verdict = verdict(call, 401, "{'Status':'Error','ExceptionType':'MXInvalidKeyException'}");

        assertThat(verdict.kind()).isEqualTo(Kind.UNAUTHORIZED);
        assertThat(verdict.code()).isEqualTo("key-refused");
    }

    /** It is about nobody, so nobody's event can be to blame. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "500 | {'Status':'Error','ExceptionType':'MXUnhandledException'} | SERVER_ERROR",
                "502 | {'Status':'Error','ExceptionType':'MXUnhandledException'} | SERVER_ERROR",
                "200 | {'Status':'Success'} | NOT_UNDERSTOOD"
            })
    void aKeyCallThatFailsIsTheAccountsTroubleInTheApisOwnWordsToo(int status, String body, Trouble trouble) {
        assertThat(verdict(PUBLIC_AUTH_KEY, status, body).trouble()).isEqualTo(trouble);
        assertThat(verdict(REGISTER_TOKEN, status, body).trouble()).isEqualTo(trouble);
        assertThat(verdict(CHANGE_PASSWORD, status, body).trouble()).isNull();
    }

    private Verdict verdictOn401(CallKind call, PortalKeys carried) {
        Attempts attempts = SampleEvents.attempts(SampleEvents.change(SampleEvents.ADA, null));
        attempts.prepare(call).begin();
        SignInProgress.of(attempts).carriedKeys().carry(carried);
        return catchThrowableOfType(
                        CallFailed.class, () -> verdicts.decide(answer(401, null), new Delivery(attempts, 0)))
                .verdict();
    }

    @Test
    void aSignInThatIsNotAcceptedWithGoodKeysIsRefused() {
        keys.accepted(CallKind.FORGOT_PASSWORD, keys.inUse());

        assertThat(verdictOn401(SIGN_IN, keys.inUse()))
                .extracting(Verdict::kind, Verdict::code, Verdict::httpStatus)
                .containsExactly(Kind.REJECTED, "sign-in-refused", 401);
        assertThat(verdictOn401(FORGOT_PASSWORD, keys.inUse()).kind()).isEqualTo(Kind.UNAUTHORIZED);
        assertThat(verdictOn401(CHANGE_PASSWORD, keys.inUse()).kind()).isEqualTo(Kind.UNAUTHORIZED);
    }

    @Test
    void aSignInThatCarriedOlderKeysSaysNothingOfThePerson() {
        keys.accepted(CallKind.FORGOT_PASSWORD, keys.inUse());

        PortalKeys older = new PortalKeys(new Secret("older-key"), new Secret("register-token"));
        assertThat(verdictOn401(SIGN_IN, older).kind()).isEqualTo(Kind.UNAUTHORIZED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"200 | {'Status':'Error'}", "200 | {'IsSuccessful':false}", "400 | {}", "404 | {'Status':'Error'}"
            })
    void aSignInThatTheApiRefusesIsRefused(int status, String body) {
        assertThat(verdict(SIGN_IN, status, body))
                .extracting(Verdict::kind, Verdict::code)
                .containsExactly(Kind.REJECTED, "sign-in-refused");
    }

    @Test
    void whatIsHiddenIsStillDecidedOn() {
        Event hunters = SampleEvents.reset(new SearchKey("mx_Id", "MX"), null);
        Redaction hunter = Redaction.of(hunters, null, keys.all());
        Answer permanent = answer(500, "{'Status':'Error','ExceptionType':'MXInvalidInput'}");
        Answer tooMany = answer(200, "{'Status':'Error','ExceptionType':'MXAPIRateLimitExceededException'}");

        assertThat(verdicts.of(FORGOT_PASSWORD, permanent, hunters, hunter).kind())
                .isEqualTo(Kind.REJECTED);
        assertThat(verdicts.of(FORGOT_PASSWORD, tooMany, hunters, hunter).kind())
                .isEqualTo(Kind.RATE_LIMITED);
    }
}
