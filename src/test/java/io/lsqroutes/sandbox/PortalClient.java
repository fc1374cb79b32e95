package io.lsqroutes.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A portal without limit and delay, called as the documentation says. */
final class PortalClient implements AutoCloseable {
    static final String ADA = "ada@example.com";
    static final String RESET_ADA = reset(ADA);
    static final String PHONE = "{\"SchemaName\":\"Phone\",\"Value\":\"+14-157\"}";
    static final String SENT = "{\"Status\":\"Success\",\"Message\":\"Reset link sent successfully\"}";
    static final String OLD_PASSWORD = "OldSamplepassword@123";
    static final String NEW_PASSWORD = "NewSamplepassword@123";
    static final String CHANGED = "{\"IsSuccessful\":true,\"ResponseText\":\"Password changed successfully\"}";

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    final Portal portal;

    PortalClient(PortalOptions options) {
        portal = Portal.start(options);
    }

    static PortalOptions options() {
        return new PortalOptions().answerTime(Duration.ZERO).limit(0, Duration.ofSeconds(5));
    }

    static String reset(String address) {
        return "{\"EmailAddress\":\"" + address + "\"}";
    }

    HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create(portal.baseUrl() + path));
    }

    HttpRequest.Builder post(String path, String body) {
        return to(path).header("Content-Type", "application/json")
                .header("Authorization", portal.publicAuthKey())
                .header("x-lsq-registertoken", portal.registerToken())
                .header("x-lsq-portalid", PortalOptions.PORTAL_ID)
                .POST(BodyPublishers.ofString(body));
    }

    CompletableFuture<HttpResponse<String>> send(HttpRequest.Builder request) {
        return CLIENT.sendAsync(request.build(), BodyHandlers.ofString());
    }

    HttpResponse<String> call(HttpRequest.Builder request) {
        return send(request).join();
    }

    HttpResponse<String> forgot(String body) {
        return call(post(Portal.FORGOT_PASSWORD, body));
    }

    HttpResponse<String> change(String key) {
        String body = "{\"CurrentPassword\":\"" + OLD_PASSWORD + "\",\"NewPassword\":\"" + NEW_PASSWORD + "\"}";
        return call(post(Portal.CHANGE_PASSWORD, body).setHeader("Authorization", key));
    }

    HttpResponse<String> signIn(String password) {
        return call(post(Portal.SIGN_IN, "{\"EmailAddress\":\"" + ADA + "\",\"Password\":\"" + password + "\"}"));
    }

    static String keyIn(HttpResponse<String> answer) {
        assertThat(answer.body()).matches("\\{\"LeadId\":\"[^\"]+\",\"AuthKey\":\"[^\"]+\"}");
        return answer.body().replaceAll(".*\"AuthKey\":\"([^\"]+)\".*", "$1");
    }

    static void assertAnswer(HttpResponse<String> answer, int status, String body) {
        assertThat(answer.body()).isEqualTo(body);
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json; charset=utf-8");
    }

    static void assertError(HttpResponse<String> answer, int status, String holds) {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body())
                .startsWith("{\"Status\":\"Error\",\"ExceptionType\":\"MX")
                .contains(holds);
    }

    @Override
    public void close() {
        portal.close();
    }
}
