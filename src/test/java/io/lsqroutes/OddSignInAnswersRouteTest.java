package io.lsqroutes;

import static io.lsqroutes.ScriptedApi.bytes;
import static io.lsqroutes.ScriptedApi.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lsqroutes.ScriptedApi.Reply;
import io.lsqroutes.event.Outcome;
import io.lsqroutes.event.Status;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Sign In is answered, and the answer brings no key that can be used. */
class OddSignInAnswersRouteTest extends RouteTestSupport {
    private final ScriptedApi api = new ScriptedApi();

    @Override
    protected String host() {
        return "http://127.0.0.1:" + api.port();
    }

    @Override
    protected Map<String, String> settings() {
        return withGivenKeys(super.settings());
    }

    @AfterEach
    void closeApi() throws IOException {
        api.close();
    }

    private static Reply reply(String file) throws IOException {
        try (InputStream in = OddSignInAnswersRouteTest.class.getResourceAsStream("/cases/" + file)) {
            byte[] whole = Objects.requireNonNull(in, file).readAllBytes();
            return (caller, out) -> out.write(whole);
        }
    }

    @Test
    void case18_anEventSignsInTwiceAndHasItsOutcome() throws Exception {
        Map<String, Reply> answers = new LinkedHashMap<>();
        answers.put("key-is-a-number", reply("18-signin-authkey-number.http"));
        answers.put("key-is-empty", json(200, "{'LeadId':'l','AuthKey':''}"));
        answers.put("no-key", json(200, "{'LeadId':'l'}"));
        answers.put("key-is-an-object", json(200, "{'AuthKey':{'Value':'k'}}"));
        answers.put("an-array", json(200, "[{'AuthKey':'k'}]"));
        answers.put("nothing-in-it", json(200, "{}"));
        answers.put("control-characters", json(200, "{'AuthKey':'k\\r\\nx-evil: 1'}"));
        answers.put("a-letter-no-header-takes", json(200, "{'AuthKey':'k\\u20ac'}"));
        answers.put("much-too-long", json(200, "{'AuthKey':'" + "k".repeat(20_000) + "'}"));

        for (Map.Entry<String, Reply> answer : answers.entrySet()) {
            api.calls();
            api.plays(Collections.nCopies(20, answer.getValue()));
            change(answer.getKey());

            Outcome outcome = outcome();

            assertThat(outcome.status()).as(answer.getKey()).isEqualTo(Status.REJECTED);
            assertThat(outcome.code()).as(answer.getKey()).isEqualTo("sign-in-not-understood");
            assertThat(outcome.calls()).as(answer.getKey()).isZero();
            assertThat(api.calls()).as(answer.getKey()).isEqualTo(2);
            assertThat(lineStands()).as(answer.getKey()).isFalse();
        }
    }

    @Test
    void aSignInThatSaysNoBesideItsKeyIsRefused() throws Exception {
        api.plays(Collections.nCopies(
                20, json(200, "{'AuthKey':'k','Status':'Error','ExceptionType':'MXInvalidCredentialsException'}")));
        change("says-no");

        assertThat(outcome())
                .extracting(Outcome::status, Outcome::code, Outcome::calls)
                .containsExactly(Status.REJECTED, "sign-in-refused", 0);
        assertThat(api.calls()).isEqualTo(1);
    }

    @Test
    void aPageInsteadOfAnAnswerIsNobodysFaultUntilAnotherPersonIsAnsweredWell() throws Exception {
        api.plays(Collections.nCopies(
                2, bytes(200, "<html>Please wait</html>".getBytes(StandardCharsets.UTF_8), "Content-Type: text/html")));
        change("waits");
        AtomicInteger signIns = new AtomicInteger();
        await().until(() -> signIns.addAndGet(api.calls()) == 2);
        assertThat(outcomes()).isEmpty();

        send("reset-requested", "{\"emailAddress\":\"other@example.com\"}");
        assertThat(outcome().status()).isEqualTo(Status.SUCCEEDED);

        assertThat(outcome())
                .extracting(Outcome::status, Outcome::code)
                .containsExactly(Status.REJECTED, "sign-in-not-understood");
        assertThat(api.calls()).as("the other person's alone").isEqualTo(1);
    }

    private void change(String person) {
        send("change-requested", """
                {"emailAddress":"%s@example.com","currentPassword":"old-password","newPassword":"new-password"}""".formatted(person));
    }
}
