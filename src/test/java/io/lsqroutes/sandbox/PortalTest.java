package io.lsqroutes.sandbox;

import static io.lsqroutes.sandbox.PortalClient.ADA;
import static io.lsqroutes.sandbox.PortalClient.CHANGED;
import static io.lsqroutes.sandbox.PortalClient.NEW_PASSWORD;
import static io.lsqroutes.sandbox.PortalClient.OLD_PASSWORD;
import static io.lsqroutes.sandbox.PortalClient.PHONE;
import static io.lsqroutes.sandbox.PortalClient.RESET_ADA;
import static io.lsqroutes.sandbox.PortalClient.SENT;
import static io.lsqroutes.sandbox.PortalClient.assertAnswer;
import static io.lsqroutes.sandbox.PortalClient.assertError;
import static io.lsqroutes.sandbox.PortalClient.keyIn;
import static io.lsqroutes.sandbox.PortalClient.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PortalTest {
    private PortalClient client = new PortalClient(options());
    private Portal portal = client.portal;

    private void restart(PortalOptions options) {
        client.close();
        client = new PortalClient(options);
        portal = client.portal;
    }

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void forgotPasswordSendsAMailForEachShape() {
        assertAnswer(client.forgot(RESET_ADA), 200, SENT);
        assertAnswer(client.forgot("{\"SearchKeyData\":" + PHONE + "}"), 200, SENT);
        assertAnswer(
                client.forgot("{\"SearchKeyData\":" + PHONE + ",\"RecipientField\":{\"SchemaName\":\"Phone\"}}"),
                200,
                SENT);
        assertAnswer(
                client.forgot("{\"SearchKeyData\":{\"SchemaName\":\"EmailAddress\",\"Value\":\"ADA@example.com\"}}"),
                200,
                SENT);

        assertThat(portal.mailsTo("Ada@Example.com")).isEqualTo(2);
        assertThat(portal.mailsTo("Phone:+14-157")).isEqualTo(2);
        assertThat(portal.callsTo("Phone:+14-157")).hasSize(2);
    }

    @Test
    void theOlderAnswerCarriesATemporaryPassword() {
        restart(options().olderAnswer(true));

        assertThat(client.forgot(RESET_ADA).body())
                .startsWith(SENT.substring(0, SENT.length() - 1))
                .contains("\"LeadId\":\"", "\"TemporaryPassword\":\"" + PortalOptions.TEMPORARY_PASSWORD + "\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"EmailAddress\":\"\"}",
                "{\"EmailAddress\":7}",
                "{\"EmailAddress\":\"a@example.com\"} x",
                "{\"EmailAddress\":\"a@example.com\",\"EmailAddress\":\"b@example.com\"}",
                "{\"EmailAddress\":\"a@example.com\",\"Extra\":1}",
                "{\"EmailAddress\":\"a@example.com\",\"SearchKeyData\":" + PHONE + "}",
                "{\"EmailAddress\":\"a@example.com\",\"RecipientField\":{\"SchemaName\":\"Phone\"}}",
                "{\"RecipientField\":{\"SchemaName\":\"Phone\"}}",
                "{\"SearchKeyData\":{\"SchemaName\":\"Phone\"}}",
                "{\"SearchKeyData\":" + PHONE + ",\"RecipientField\":{}}"
            })
    void anUndocumentedBodyIsRefused(String body) {
        assertError(client.forgot(body), 400, "MXInvalidInputException");
        assertThat(portal.mailsTo("a@example.com")).isZero();
    }

    @Test
    void aBodyThatIsNotUtf8IsRefused() {
        byte[] latin = "{\"EmailAddress\":\"\u00e9@example.com\"}".getBytes(StandardCharsets.ISO_8859_1);

        assertError(
                client.call(client.post(Portal.FORGOT_PASSWORD, "").POST(BodyPublishers.ofByteArray(latin))),
                400,
                "UTF-8");
    }

    @ParameterizedTest
    @CsvSource({
        "Authorization, wrong, 401",
        "Authorization, Bearer sandbox-public-auth-key-7f3a, 401",
        "x-lsq-registertoken, wrong, 401",
        "x-lsq-portalid, wrong, 401",
        "Content-Type, text/plain, 400",
        "Content-Type, application/json; charset=utf-8, 200",
        "Content-Type, application/json; profile=x, 400"
    })
    void headersAreChecked(String name, String value, int status) {
        assertThat(client.call(client.post(Portal.FORGOT_PASSWORD, RESET_ADA).setHeader(name, value))
                        .statusCode())
                .isEqualTo(status);
        assertThat(portal.mailsTo(ADA)).isEqualTo(status == 200 ? 1 : 0);
    }

    @Test
    void missingHeadersWrongMethodsAndUnknownPathsAreRefused() {
        assertError(
                client.call(client.to(Portal.FORGOT_PASSWORD).POST(BodyPublishers.ofString(RESET_ADA))),
                400,
                "MXInvalidInput");
        assertError(
                client.call(client.to(Portal.FORGOT_PASSWORD)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(RESET_ADA))),
                401,
                "MXInvalidToken");
        assertThat(client.call(client.to(Portal.FORGOT_PASSWORD)).statusCode()).isEqualTo(405);
        assertThat(client.call(client.post(Portal.PUBLIC_TOKEN, "{}")).statusCode())
                .isEqualTo(405);
        assertThat(client.call(client.post(Portal.FORGOT_PASSWORD.toLowerCase(Locale.ROOT), RESET_ADA))
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void theKeyCallsTakeAccessKeysInHeadersOrQuery() {
        String query = "?accessKey=" + PortalOptions.ACCESS_KEY + "&secretKey=" + PortalOptions.SECRET_KEY;

        assertAnswer(
                client.call(client.to(Portal.PUBLIC_TOKEN + query)),
                200,
                "{\"PublicAuthKey\":\"" + PortalOptions.PUBLIC_AUTH_KEY + "\"}");
        assertAnswer(
                client.call(client.to(Portal.REGISTER_TOKEN + "?")
                        .header("x-LSQ-AccessKey", PortalOptions.ACCESS_KEY)
                        .header("x-LSQ-SecretKey", PortalOptions.SECRET_KEY)),
                200,
                "\"" + PortalOptions.REGISTER_TOKEN + "\"");
        assertThat(client.call(client.to(Portal.PUBLIC_TOKEN)).statusCode()).isEqualTo(401);
        assertThat(client.call(client.to(Portal.REGISTER_TOKEN + query).header("x-LSQ-SecretKey", "wrong"))
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void rotatedKeysReplaceTheOldOnes() {
        HttpRequest.Builder withOldKeys = client.post(Portal.FORGOT_PASSWORD, RESET_ADA);
        portal.rotateKeys();

        assertError(client.call(withOldKeys), 401, "MXInvalidTokenException");
        assertAnswer(client.forgot(RESET_ADA), 200, SENT);
        assertThat(portal.publicAuthKey()).startsWith(PortalOptions.PUBLIC_AUTH_KEY + "-");
        assertThat(portal.environment()).containsEntry("LSQ_REGISTER_TOKEN", portal.registerToken());
    }

    @Test
    void passwordsReallyChange() {
        String key = keyIn(client.signIn(OLD_PASSWORD));

        assertAnswer(client.change(key), 200, CHANGED);
        assertThat(portal.password(ADA)).isEqualTo(NEW_PASSWORD);
        assertAnswer(
                client.change(key), 200, "{\"IsSuccessful\":false,\"ResponseText\":\"Current password is incorrect\"}");
        assertError(client.signIn(OLD_PASSWORD), 401, "MXInvalidCredentialsException");
        assertThat(client.signIn(NEW_PASSWORD).statusCode()).isEqualTo(200);
        assertThat(portal.callsTo(ADA)).hasSize(5);
    }

    @Test
    void peopleSignInByASearchKeyToo() {
        HttpResponse<String> answer = client.call(client.post(
                Portal.SIGN_IN, "{\"Password\":\"OldSamplepassword@123\",\"SearchKeyData\":" + PHONE + "}"));

        assertAnswer(client.change(keyIn(answer)), 200, CHANGED);
        assertThat(portal.password("Phone:+14-157")).isEqualTo(NEW_PASSWORD);
    }

    @Test
    void signInKeysExpire() {
        String key = portal.signInKeyFor(ADA);
        portal.expireSignInKeys();
        assertError(client.change(key), 401, "MXInvalidTokenException");
        assertError(client.change(PortalOptions.PUBLIC_AUTH_KEY), 401, "MXInvalidTokenException");

        restart(options().signInKeyLifetime(Duration.ZERO));
        assertThat(client.change(portal.signInKeyFor(ADA)).statusCode()).isEqualTo(401);
        assertThat(portal.password(ADA)).isEqualTo(PortalOptions.INITIAL_PASSWORD);
    }

    @Test
    void callsAboveTheLimitAreRefusedWhateverTheOthersWereAnswered() {
        restart(options().limit(3, Duration.ofHours(1)));
        portal.quirk(ADA, Quirk.TOO_MANY_REQUESTS, 1);
        assertError(client.forgot(RESET_ADA), 429, "API calls exceeded the limit of 3 in 3600 second(s)");
        assertThat(client.call(client.to("/api/elsewhere")).statusCode()).isEqualTo(404);
        assertThat(client.call(client.to(Portal.FORGOT_PASSWORD)).statusCode()).isEqualTo(405);
        assertAnswer(client.forgot(RESET_ADA), 200, SENT);

        HttpResponse<String> refused = client.forgot(RESET_ADA);

        assertError(refused, 429, "MXAPIRateLimitExceededException");
        assertThat(portal.refused()).isEqualTo(1);
        assertThat(portal.calls()).extracting(PortalCall::refused).containsExactly(false, false, false, false, true);
        assertThat(portal.report()).isEqualTo("portal: 5 calls, refused 1, most calls in any 3600 s: 5");
    }

    @Test
    void callsAreRecordedWithoutShowingTheirSecrets() {
        client.call(client.post(Portal.FORGOT_PASSWORD + "?accessKey=a%2Bb", RESET_ADA)
                .header("ce_id", "e-1"));
        PortalCall call = portal.calls().get(0);

        assertThat(call.body()).isEqualTo(RESET_ADA);
        assertThat(call.header("x-lsq-portalid")).isEqualTo(PortalOptions.PORTAL_ID);
        assertThat(List.copyOf(call.headers().keySet())).isSorted();
        assertThat(call.parameter("accessKey")).isEqualTo("a+b");
        assertThat(call).hasToString("POST " + Portal.FORGOT_PASSWORD + " -> 200");
        assertThat(portal.strayHeaders()).containsExactly("ce_id");
        assertThatThrownBy(() -> portal.calls().clear()).isInstanceOf(UnsupportedOperationException.class);
    }
}
