package io.lsqroutes.leadsquared;

import static io.lsqroutes.leadsquared.SampleEvents.ADA;
import static io.lsqroutes.leadsquared.SampleEvents.PHONE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lsqroutes.attempt.Attempts;
import io.lsqroutes.attempt.Delivery;
import io.lsqroutes.event.ChangeRequested;
import io.lsqroutes.event.Event;
import io.lsqroutes.event.EventType;
import io.lsqroutes.event.Progress;
import io.lsqroutes.event.ResetRequested;
import io.lsqroutes.event.Secret;
import io.lsqroutes.leadsquared.answer.Answer;
import io.lsqroutes.leadsquared.signin.SignInProgress;
import org.junit.jupiter.api.Test;

class RequestBuilderTest {
    private final RequestBuilder requests = new RequestBuilder();
    private final ObjectMapper mapper = new ObjectMapper();

    /** Asserts the body as the routes' JSON data format writes it; expected with ' for ". */
    private void assertBody(Object request, String expected) throws JsonProcessingException {
        assertThat(mapper.writeValueAsString(request)).isEqualTo(expected.replace('\'', '"'));
    }

    private Attempts begin(Event event) {
        return SampleEvents.attempts(event, Progress.NONE, false);
    }

    private ForgotPasswordRequest forgotPassword(ResetRequested event) {
        return requests.forgotPassword(new Delivery(begin(event), 0));
    }

    @Test
    void forgotPasswordNamesThePersonByEmailAddress() throws JsonProcessingException {
        assertBody(forgotPassword(SampleEvents.reset()), "{'EmailAddress':'ada@example.com'}");
    }

    @Test
    void forgotPasswordNamesThePersonByAnotherField() throws JsonProcessingException {
        assertBody(
                forgotPassword(SampleEvents.reset(PHONE, null)),
                "{'SearchKeyData':{'SchemaName':'Phone','Value':'+14-157415569'}}");
    }

    @Test
    void forgotPasswordNamesTheFieldTheLinkGoesTo() throws JsonProcessingException {
        assertBody(
                forgotPassword(SampleEvents.reset(PHONE, "Phone")),
                "{'SearchKeyData':{'SchemaName':'Phone','Value':'+14-157415569'},"
                        + "'RecipientField':{'SchemaName':'Phone'}}");
    }

    @Test
    void changePasswordHoldsTheTwoPasswordsAndNothingElse() throws JsonProcessingException {
        assertBody(
                requests.changePassword(new Delivery(begin(SampleEvents.change(ADA, "user-key")), 0)),
                "{'CurrentPassword':'OldSamplepassword@123','NewPassword':'NewSamplepassword@123'}");
    }

    @Test
    void signInNamesThePersonByEmailAddress() throws JsonProcessingException {
        assertBody(
                requests.signIn(new Delivery(begin(SampleEvents.change(ADA, null)), 0)),
                "{'EmailAddress':'ada@example.com','Password':'OldSamplepassword@123'}");
    }

    @Test
    void signInNamesThePersonByAnotherField() throws JsonProcessingException {
        assertBody(
                requests.signIn(new Delivery(begin(SampleEvents.change(PHONE, null)), 0)),
                "{'Password':'OldSamplepassword@123',"
                        + "'SearchKeyData':{'SchemaName':'Phone','Value':'+14-157415569'}}");
    }

    @Test
    void aPasswordGoesOutAsItCameIn() throws JsonProcessingException {
        ChangeRequested change = new ChangeRequested(
                SampleEvents.head(EventType.CHANGE), ADA, null, new Secret(" \"\\/<\u00e4> "), new Secret("new"));

        assertThat(mapper.readTree(mapper.writeValueAsString(requests.changePassword(new Delivery(begin(change), 0))))
                        .get("CurrentPassword")
                        .textValue())
                .isEqualTo(" \"\\/<\u00e4> ");
    }

    @Test
    void noRequestPrintsAnythingOfTheEvent() {
        Attempts attempts = begin(SampleEvents.change(PHONE, "user-key"));
        String printed =
                "" + requests.signIn(new Delivery(attempts, 0)) + requests.changePassword(new Delivery(attempts, 0))
                        + requests.signIn(new Delivery(attempts, 0)).searchKeyData()
                        + forgotPassword(SampleEvents.reset(PHONE, "Phone"));

        assertThat(printed).doesNotContain("157415569", "Samplepassword", "user-key");
    }

    @Test
    void onlyAChangeWithoutAUserKeySignsIn() {
        assertThat(requests.needSignIn(new Delivery(begin(SampleEvents.change(ADA, null)), 0)))
                .isTrue();
        assertThat(requests.needSignIn(new Delivery(begin(SampleEvents.change(ADA, "user-key")), 0)))
                .isFalse();
    }

    @Test
    void signingInBringsTheUserKey() {
        Attempts attempts = begin(SampleEvents.change(ADA, null));

        requests.signedIn(
                new Delivery(attempts, 0),
                Answer.of(200, null, "{\"LeadId\":\"1\",\"AuthKey\":\"user-key\"}".getBytes(UTF_8)));

        assertThat(SignInProgress.of(attempts).userKey()).isEqualTo(new Secret("user-key"));
        assertThat(requests.needSignIn(new Delivery(attempts, 0))).isFalse();
    }

    @Test
    void signingInToVerifyTakesTheNewPassword() throws JsonProcessingException {
        Attempts attempts = begin(SampleEvents.change(ADA, "user-key"));
        attempts.preparation().verify(true);

        assertThat(requests.needSignIn(new Delivery(attempts, 0))).isTrue();
        assertThat(requests.needChange(new Delivery(attempts, 0))).isTrue();
        assertBody(
                requests.signIn(new Delivery(attempts, 0)),
                "{'EmailAddress':'ada@example.com','Password':'NewSamplepassword@123'}");
    }

    @Test
    void aChangeThatIsVerifiedIsNotCalledAgain() {
        Attempts attempts = begin(SampleEvents.change(ADA, "user-key"));
        attempts.preparation().verify(true);

        requests.signedIn(new Delivery(attempts, 0), Answer.of(200, null, "{\"AuthKey\":\"new-key\"}".getBytes(UTF_8)));

        assertThat(requests.needChange(new Delivery(attempts, 0))).isFalse();
    }
}
