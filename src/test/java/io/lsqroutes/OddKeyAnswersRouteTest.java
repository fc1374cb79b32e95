package io.lsqroutes;

import static io.lsqroutes.ScriptedApi.bytes;
import static io.lsqroutes.ScriptedApi.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lsqroutes.ScriptedApi.Reply;
import io.lsqroutes.event.Status;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Only access keys are given, and what the key calls bring is no key. */
class OddKeyAnswersRouteTest extends RouteTestSupport {
    private static final Reply HTML =
            bytes(200, "<html>Please wait</html>".getBytes(StandardCharsets.UTF_8), "Content-Type: text/html");
    private static final Reply KEY = json(200, "{'PublicAuthKey':'a-key'}");
    private static final Reply TOKEN = json(200, "'a-token'");

    private final ScriptedApi api = new ScriptedApi();

    @Override
    protected String host() {
        return "http://127.0.0.1:" + api.port();
    }

    @AfterEach
    void closeApi() throws IOException {
        api.close();
    }

    private void assertNoneIsUsed(List<Reply> script) throws InterruptedException {
        api.plays(script);
        send("reset-requested", "{\"emailAddress\":\"ada@example.com\"}");

        await().atMost(Duration.ofSeconds(60)).until(this::lineStands);
        assertThat(troubles()).contains("no key that can be used");
        await().atMost(Duration.ofSeconds(90)).until(() -> !outcomes().isEmpty());

        assertThat(outcome().status()).isEqualTo(Status.SUCCEEDED);
        assertThat(api.calls()).isEqualTo(script.size() + 1);
        assertThat(lineStands()).isFalse();
    }

    @Test
    void aPublicAuthKeyThatNoHeaderCanCarryIsNone() throws Exception {
        assertNoneIsUsed(List.of(
                HTML,
                json(200, "{'PublicAuthKey':''}"),
                json(200, "{'PublicAuthKey':12345}"),
                json(200, "{'PublicAuthKey':'" + "k".repeat(20_000) + "'}"),
                json(200, "{'PublicAuthKey':'k\\r\\nx-evil: 1'}"),
                json(200, "{'PublicAuthKey':'k\\u20ac'}"),
                KEY,
                TOKEN));
    }

    /** While the line stands, each try begins with the call for the other key. */
    @Test
    void aTokenThatNoHeaderCanCarryIsNone() throws Exception {
        assertNoneIsUsed(List.of(
                KEY,
                json(200, "''"),
                json(200, "12345"),
                json(200, "'" + "t".repeat(20_000) + "'"),
                json(200, "'t\\nx-evil: 1'"),
                KEY,
                json(200, "['t']"),
                KEY,
                json(200, "{'Token':'t'}"),
                KEY,
                TOKEN));
    }
}
