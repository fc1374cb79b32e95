package io.lsqroutes.sandbox;

import static io.lsqroutes.sandbox.PortalClient.ADA;
import static io.lsqroutes.sandbox.PortalClient.OLD_PASSWORD;
import static io.lsqroutes.sandbox.PortalClient.RESET_ADA;
import static io.lsqroutes.sandbox.PortalClient.SENT;
import static io.lsqroutes.sandbox.PortalClient.assertAnswer;
import static io.lsqroutes.sandbox.PortalClient.options;
import static io.lsqroutes.sandbox.PortalClient.reset;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PortalQuirkTest {
    private final PortalClient client = new PortalClient(options().slowAnswer(Duration.ofHours(1)));
    private final Portal portal = client.portal;

    @AfterEach
    void close() {
        client.close();
    }

    @ParameterizedTest
    @CsvSource({
        "429, 429, MXAPIRateLimitExceededException, false",
        "500, 500, Internal, false",
        "500-envelope, 500, ExceptionType, false",
        "503, 503, Unavailable, false",
        "400, 400, ExceptionType, true",
        "401, 401, ExceptionType, true",
        "404, 404, ExceptionType, true",
        "error, 200, ExceptionType, true",
        "false, 200, '{\"IsSuccessful\":false,', true",
        "limit200, 200, API calls exceeded the limit of 25 in 5 second(s), false",
        "limit403, 403, API calls exceeded the limit of 25 in 5 second(s), false",
        "html, 200, <html>, false",
        "empty, 200, '', false"
    })
    void aTagInTheAddressAsksForAQuirk(String tag, int status, String body, boolean always) {
        String person = "Ada+" + tag + "@example.com";
        HttpResponse<String> first = client.forgot(reset(person));

        assertThat(first.statusCode()).isEqualTo(status);
        assertThat(first.body()).contains(body);
        assertThat(portal.mailsTo(person)).isZero();
        client.forgot(reset(person));
        assertThat(portal.mailsTo(person)).isEqualTo(always ? 0 : 1);
        assertThat(portal.refused()).isZero();
    }

    @Test
    void aTagSaysHowOften() {
        String twice = reset("ada+500-envelope-2@example.com");
        assertThat(client.forgot(twice).statusCode()).isEqualTo(500);
        assertThat(client.forgot(twice).statusCode()).isEqualTo(500);
        assertAnswer(client.forgot(twice), 200, SENT);

        String always = reset("ada+503-always@example.com");
        assertThat(client.forgot(always).statusCode()).isEqualTo(503);
        assertThat(client.forgot(always).statusCode()).isEqualTo(503);

        assertAnswer(client.forgot(reset("ada+5000@example.com")), 200, SENT);
    }

    @Test
    void plannedQuirksFollowOneAnotherAndLeaveSignInAlone() {
        portal.quirk(ADA, Quirk.SERVER_ERROR, 2);
        portal.quirk("EmailAddress:" + ADA, Quirk.UNAVAILABLE, 1);
        portal.quirkSignIn(ADA, Quirk.HTML, Integer.MAX_VALUE);

        assertThat(client.signIn(OLD_PASSWORD).body()).contains("<html>");
        assertThat(client.forgot(RESET_ADA).statusCode()).isEqualTo(500);
        assertThat(client.change(portal.signInKeyFor(ADA)).statusCode()).isEqualTo(500);
        assertThat(client.change(portal.signInKeyFor(ADA)).statusCode()).isEqualTo(503);
        assertThat(portal.password(ADA)).isEqualTo(PortalOptions.INITIAL_PASSWORD);
        assertAnswer(client.forgot(RESET_ADA), 200, SENT);
        assertThat(client.signIn(OLD_PASSWORD).body()).contains("<html>");
    }

    @Test
    void aCutCallTookEffect() {
        assertThatThrownBy(() -> client.forgot(reset("ada+cut@example.com"))).hasCauseInstanceOf(IOException.class);

        assertThat(portal.mailsTo("ada+cut@example.com")).isEqualTo(1);
        assertThat(portal.calls()).extracting(PortalCall::status).containsExactly(0);
    }

    @Test
    void aDroppedCallDidNot() {
        assertThatThrownBy(() -> client.forgot(reset("ada+dropped@example.com")))
                .hasCauseInstanceOf(IOException.class);

        assertThat(portal.mailsTo("ada+dropped@example.com")).isZero();
        assertThat(portal.calls()).extracting(PortalCall::status).containsExactly(0);
    }

    @Test
    void aSlowCallTookEffectLongBeforeItsAnswer() {
        CompletableFuture<HttpResponse<String>> answer =
                client.send(client.post(Portal.FORGOT_PASSWORD, reset("ada+slow@example.com")));

        await().until(() -> portal.mailsTo("ada+slow@example.com") == 1);
        assertThat(answer).isNotDone();
        portal.close();
        await().until(answer::isCompletedExceptionally);
    }

    @Test
    void anOutageIsForEveryCallUntilItEnds() {
        portal.failAll(Quirk.UNAVAILABLE, Quirk.EMPTY);
        assertThat(client.forgot(RESET_ADA).statusCode()).isEqualTo(503);
        assertThat(client.call(client.to(Portal.PUBLIC_TOKEN)).body()).isEmpty();
        assertThat(client.change("unknown").statusCode()).isEqualTo(503);

        portal.recover();
        assertAnswer(client.forgot(RESET_ADA), 200, SENT);
    }
}
