package io.lsqroutes.leadsquared;

import static io.lsqroutes.attempt.CallKind.CHANGE_PASSWORD;
import static io.lsqroutes.attempt.CallKind.FORGOT_PASSWORD;
import static io.lsqroutes.leadsquared.answer.SampleAnswers.answer;
import static org.assertj.core.api.Assertions.assertThat;

import io.lsqroutes.attempt.CallKind;
import io.lsqroutes.attempt.Verdict;
import io.lsqroutes.attempt.Verdict.Kind;
import io.lsqroutes.leadsquared.answer.PermanentTypes;
import io.lsqroutes.leadsquared.keys.AccountKeys;
import io.lsqroutes.redaction.Redaction;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerClassifierTest {
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
            value = {
                "FORGOT_PASSWORD | {'Status':'Success','Message':'Reset link sent successfully'}",
                "FORGOT_PASSWORD | {'Status':'SUCCESS'}",
                "FORGOT_PASSWORD | {'LeadId':'1','TemporaryPassword':'t'}",
                "CHANGE_PASSWORD | {'IsSuccessful':true,'ResponseText':'Password changed successfully'}",
                "SIGN_IN         | {'LeadId':'1','AuthKey':'k'}",
                "PUBLIC_AUTH_KEY | {'PublicAuthKey':'k'}",
                "REGISTER_TOKEN  | '89a2'"
            })
    void theDocumentedFormIsASuccess(CallKind call, String body) {
        assertThat(verdict(call, 200, body).kind()).isEqualTo(Kind.SUCCESS);
        assertThat(verdict(call, 200, body).code()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            nullValues = "NULL",
            value = {
                "FORGOT_PASSWORD | 200 | NULL",
                "FORGOT_PASSWORD | 200 | <html>OK</html>",
                "FORGOT_PASSWORD | 200 | {'Status':'Success'",
                "FORGOT_PASSWORD | 200 | {'Status':'Success'}}",
                "FORGOT_PASSWORD | 200 | {}",
                "FORGOT_PASSWORD | 200 | []",
                "FORGOT_PASSWORD | 200 | null",
                "FORGOT_PASSWORD | 200 | {'Status':true}",
                "FORGOT_PASSWORD | 200 | {'LeadId':''}",
                "FORGOT_PASSWORD | 200 | {'IsSuccessful':true}",
                "FORGOT_PASSWORD | 200 | {'Status':'Success','IsSuccessful':false}",
                "CHANGE_PASSWORD | 200 | {'Status':'Error','IsSuccessful':true}",
                "FORGOT_PASSWORD | 204 | NULL",
                "FORGOT_PASSWORD | 201 | {'Status':'Success'}",
                "CHANGE_PASSWORD | 200 | {'Status':'Success'}",
                "CHANGE_PASSWORD | 200 | {'IsSuccessful':'true'}",
                "CHANGE_PASSWORD | 202 | {'IsSuccessful':true}",
                "SIGN_IN         | 200 | {'AuthKey':''}",
                "REGISTER_TOKEN  | 200 | ''"
            })
    void anAnswerThatIsNotUnderstoodIsInDoubt(CallKind call, int status, @Nullable String body) {
        Verdict verdict = verdict(call, status, body);

        assertThat(verdict.kind()).isEqualTo(Kind.IN_DOUBT);
        assertThat(verdict.code()).isEqualTo("answer-not-understood");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            nullValues = "NULL",
            value = {
                "400 | NULL                                                        | refused",
                "400 | <html/>                                                     | refused",
                "400 | {'Status':'Error','ExceptionType':'MXOtherException'}       | MXOtherException",
                "403 | {'Status':'Error','ExceptionType':'MXOtherException'}       | MXOtherException",
                "404 | {'Status':'Error'}                                          | refused",
                "404 | {'IsSuccessful':false,'ResponseText':'Unknown'}             | refused",
                "409 | {'Status':'Error'}                                          | refused",
                "500 | {'Status':'Error','ExceptionType':'MXInvalidInput'}         | MXInvalidInput",
                "503 | {'Status':'Error','ExceptionType':'MXLeadNotFoundX'}        | MXLeadNotFoundX",
                "200 | {'Status':'Error','ExceptionType':'MXOtherException'}       | MXOtherException",
                "200 | {'Status':'ERROR'}                                          | refused",
                "200 | {'LeadId':'1','Status':'Error'}                             | refused",
                "200 | {'LeadId':'1','IsSuccessful':false}                         | refused"
            })
    void whatTheApiRefusesIsRefusedForGood(int status, @Nullable String body, String code) {
        Verdict verdict = verdict(FORGOT_PASSWORD, status, body);

        assertThat(verdict.kind()).isEqualTo(Kind.REJECTED);
        assertThat(verdict.code()).isEqualTo(code);
        assertThat(verdict.httpStatus()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            nullValues = "NULL",
            value = {
                "500 | {'Status':'Error','ExceptionType':'MXOther'}       | RETRYABLE | MXOther",
                "500 | NULL                                               | RETRYABLE | http-500",
                "500 | <html/>                                            | RETRYABLE | http-500",
                "501 | NULL                                               | RETRYABLE | http-501",
                "408 | <html/>                                            | IN_DOUBT  | gateway-error",
                "408 | {'Status':'Error','ExceptionType':'MXOther'}       | IN_DOUBT  | gateway-error",
                "502 | <html/>                                            | IN_DOUBT  | gateway-error",
                "504 | NULL                                               | IN_DOUBT  | gateway-error",
                "503 | NULL                                               | NOT_EXECUTED  | http-503",
                "503 | {'Status':'Error','ExceptionType':'MXOther'}       | NOT_EXECUTED  | MXOther",
                "302 | NULL                                               | NOT_EXECUTED  | http-302",
                "403 | <html/>                                            | NOT_EXECUTED  | http-403",
                "404 | NULL                                               | NOT_EXECUTED  | http-404",
                "404 | {'message':'no Route matched'}                     | NOT_EXECUTED  | http-404",
                "405 | NULL                                               | NOT_EXECUTED  | http-405"
            })
    void whatIsNotAboutTheEventIsTriedAgainOrInDoubt(int status, @Nullable String body, Kind kind, String code) {
        assertThat(verdict(CHANGE_PASSWORD, status, body))
                .extracting(Verdict::kind, Verdict::code, Verdict::httpStatus)
                .containsExactly(kind, code, status);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            nullValues = "NULL",
            value = {
                "FORGOT_PASSWORD | {'LeadId':'1-a','TemporaryPassword':'t'}              | 1-a",
                "CHANGE_PASSWORD | {'IsSuccessful':true,'LeadId':'1-a'}                  | 1-a",
                "FORGOT_PASSWORD | {'Status':'Success'}                                  | NULL",
                "FORGOT_PASSWORD | {'LeadId':'ada@example.com'}                          | NULL",
                "FORGOT_PASSWORD | {'LeadId':'public-key'}                               | NULL",
                "FORGOT_PASSWORD | {'LeadId':'hunter2','TemporaryPassword':'hunter2'}    | NULL",
                "FORGOT_PASSWORD | {'LeadId':'1-a','Status':'Error'}                     | NULL",
                "SIGN_IN         | {'LeadId':'1-a','AuthKey':'k'}                        | NULL"
            })
    void aLeadIsNamedByASuccessOfTheEventsOwnCallAlone_andHidesNothing(
            CallKind call, String body, @Nullable String leadId) {
        assertThat(verdict(call, 200, body).leadId()).isEqualTo(leadId);
    }
}
