package io.lsqroutes;

import static org.assertj.core.api.Assertions.assertThat;

import io.lsqroutes.event.Status;
import io.lsqroutes.sandbox.Portal;
import io.lsqroutes.sandbox.PortalCall;
import io.lsqroutes.sandbox.PortalOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What really goes to the API, compared as a whole: method, path, every header, body. */
class GoldenRequestsTest extends RouteTestSupport {
    private static final String ADA = "ada@example.com";

    @Test
    void resetByEmail() throws Exception {
        sendHostile("reset-requested", "{\"emailAddress\":\"johnwick@example.com\"}");

        assertThat(request(Portal.FORGOT_PASSWORD)).isEqualTo(golden("reset-by-email"));
    }

    @Test
    void resetBySearchKey() throws Exception {
        sendHostile("reset-requested", "{\"searchKey\":{\"schemaName\":\"Phone\",\"value\":\"+14-157415569\"}}");

        assertThat(request(Portal.FORGOT_PASSWORD)).isEqualTo(golden("reset-by-search-key"));
    }

    @Test
    void resetToARecipientField() throws Exception {
        sendHostile(
                "reset-campaign",
                "{\"searchKey\":{\"schemaName\":\"Phone\",\"value\":\"+14-157415569\"},\"recipientField\":{\"schemaName\":\"Phone\"}}");

        assertThat(request(Portal.FORGOT_PASSWORD)).isEqualTo(golden("reset-to-recipient-field"));
    }

    @Test
    void changeWithTheUsersKey() throws Exception {
        String key = portal.signInKeyFor(ADA);
        sendHostile(
                "change-requested",
                "{\"authKey\":\"" + key
                        + "\",\"currentPassword\":\"OldSamplepassword@123\",\"newPassword\":\"NewSamplepassword@123\"}");

        assertThat(request(Portal.CHANGE_PASSWORD).replace(key, "USER-KEY")).isEqualTo(golden("change"));
    }

    @Test
    void signIn() throws Exception {
        sendHostile(
                "change-requested",
                "{\"emailAddress\":\"johnwick@example.com\",\"currentPassword\":\"OldSamplepassword@123\",\"newPassword\":\"NewSamplepassword@123\"}");

        assertThat(request(Portal.SIGN_IN)).isEqualTo(golden("sign-in"));
    }

    @Test
    void keyFetches() throws Exception {
        sendHostile("reset-requested", "{\"emailAddress\":\"johnwick@example.com\"}");

        assertThat(request(Portal.PUBLIC_TOKEN)).isEqualTo(golden("public-auth-key"));
        assertThat(request(Portal.REGISTER_TOKEN)).isEqualTo(golden("register-token"));
    }

    /** With record headers that would change the request if any of them got through. */
    private void sendHostile(String topic, String event) throws InterruptedException {
        send(
                topic,
                event,
                Map.of(
                        "Authorization", "planted".getBytes(StandardCharsets.UTF_8),
                        "x-lsq-portalid", "planted",
                        "Content-Type", "text/planted",
                        "Content-Encoding", "gzip",
                        "Expect", "100-continue",
                        "CamelHttpQuery", "planted=1",
                        "Host", "planted.example"));
        assertThat(outcome().status()).isEqualTo(Status.SUCCEEDED);
        assertThat(portal.strayHeaders()).isEmpty();
    }

    private String request(String path) {
        assertThat(calls(path)).hasSize(1);
        PortalCall call = calls(path).get(0);
        String headers = call.headers().entrySet().stream()
                .map(header -> header.getKey() + ": " + String.join(", ", header.getValue()))
                .collect(Collectors.joining("\n"));
        return (call.method() + ' ' + call.path() + '\n' + headers + "\n\n" + call.body())
                .replace("127.0.0.1:" + portal.port(), "HOST")
                .replace(PortalOptions.PORTAL_ID, "PORTAL-ID")
                .strip();
    }

    private static String golden(String name) throws IOException {
        return Files.readString(Path.of("src/test/resources/golden", name + ".http"))
                .strip();
    }
}
