package io.lsqroutes;

import static io.lsqroutes.ScriptedApi.bytes;
import static io.lsqroutes.ScriptedApi.closed;
import static io.lsqroutes.ScriptedApi.dribble;
import static io.lsqroutes.ScriptedApi.json;
import static io.lsqroutes.ScriptedApi.packed;
import static io.lsqroutes.ScriptedApi.silence;
import static io.lsqroutes.ScriptedApi.times;
import static io.lsqroutes.ScriptedApi.truncated;
import static io.lsqroutes.event.Status.FAILED;
import static io.lsqroutes.event.Status.IN_DOUBT;
import static io.lsqroutes.event.Status.REJECTED;
import static io.lsqroutes.event.Status.SUCCEEDED;
import static org.assertj.core.api.Assertions.assertThat;

import io.lsqroutes.ScriptedApi.Reply;
import io.lsqroutes.event.Outcome;
import io.lsqroutes.event.Status;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every row of the table of verdicts, and every way in which the API is known to answer: what it costs in calls, and what is told of it. */
class AnswerRowsTest extends RouteTestSupport {
    private static final String LIMIT = "API calls exceeded the limit of 25 in 5 second(s)";
    private static final String LIMIT_TYPE = "MXAPIRateLimitExceededException";
    private static final String OTHER = "{'Status':'Error','ExceptionType':'MXOtherException'}";
    private static final String PERMANENT = "{'Status':'Error','ExceptionType':'MXInvalidInputException'}";
    private static final Reply SENT = json(200, "{'Status':'Success'}");
    private static final Reply CHANGED = json(200, "{'IsSuccessful':true}");
    private static final Reply LIMITED = json(429, "");
    private static final Reply PLAIN_500 = json(500, "Internal Server Error");

    private final ScriptedApi api = new ScriptedApi();
    private int rows;

    @Override
    protected String host() {
        return "http://127.0.0.1:" + api.port();
    }

    @Override
    protected Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>(super.settings());
        settings.put("lsq.public.auth-key", "key-of-account");
        settings.put("lsq.register.token", "token-of-account");
        settings.put("lsq.access-key", "");
        settings.put("lsq.secret-key", "");
        settings.put("lsq.retry.attempts", "2");
        settings.put("lsq.call.deadline", "3s");
        return settings;
    }

    @AfterEach
    void closeApi() throws IOException {
        api.close();
    }

    /** One event of a campaign, for a lost answer of which nothing is repeated; one more follows, and the line goes on. */
    private void reset(String row, List<Reply> replies, Status status, @Nullable String code, int calls, boolean repeat)
            throws InterruptedException {
        row(
                "reset-campaign",
                "{\"emailAddress\":\"ada-" + ++rows + "@example.com\"}",
                row,
                replies,
                status,
                code,
                calls,
                repeat);
    }

    private void change(
            String row, List<Reply> replies, Status status, @Nullable String code, int calls, boolean repeat)
            throws InterruptedException {
        String event =
                "{\"authKey\":\"users-key-" + ++rows + "\",\"currentPassword\":\"old\",\"newPassword\":\"brand-new\"}";
        row("change-requested", event, row, replies, status, code, calls, repeat);
    }

    private void row(
            String topic,
            String event,
            String row,
            List<Reply> replies,
            Status status,
            @Nullable String code,
            int calls,
            boolean repeat)
            throws InterruptedException {
        api.plays(replies);
        send(topic, event);
        assertThat(outcome())
                .as(row)
                .extracting(Outcome::status, Outcome::code, Outcome::calls, Outcome::possibleDuplicate)
                .containsExactly(status, code, calls, repeat);
        assertThat(api.calls()).as("calls that arrived: " + row).isEqualTo(calls);

        api.plays(List.of());
        send("reset-requested", "{\"emailAddress\":\"behind-" + rows + "@example.com\"}");
        assertThat(outcome().status()).as("the one behind: " + row).isEqualTo(SUCCEEDED);
        assertThat(api.calls()).isEqualTo(1);
    }

    @Test
    void success() throws Exception {
        for (String body : List.of(
                "{'Status':'Success','Message':'Reset link sent successfully'}",
                "{'Status':'success'}",
                "{'Status':'SUCCESS','Unknown':[1]}",
                "{'LeadId':'1-a','TemporaryPassword':'t'}",
                "{'Status':'Success','LeadId':'1-a'}")) {
            reset(body, List.of(json(200, body)), SUCCEEDED, null, 1, false);
        }
        change("IsSuccessful", List.of(CHANGED), SUCCEEDED, null, 1, false);
    }

    @Test
    void refusedForGood() throws Exception {
        for (int status : new int[] {200, 400, 403, 404, 405, 409, 410, 422}) {
            reset(status + " with words", List.of(json(status, OTHER)), REJECTED, "MXOtherException", 1, false);
        }
        for (int status : new int[] {200, 400, 403, 404, 408, 500, 502, 503}) {
            reset(
                    status + " permanent",
                    List.of(json(status, PERMANENT)),
                    REJECTED,
                    "MXInvalidInputException",
                    1,
                    false);
        }
        for (String body : List.of("{'Status':'ERROR'}", "{'IsSuccessful':false,'ResponseText':'no'}")) {
            reset(body, List.of(json(200, body)), REJECTED, "refused", 1, false);
            change(body, List.of(json(200, body)), REJECTED, "refused", 1, false);
        }
        reset("400 without words", List.of(json(400, "<html/>")), REJECTED, "refused", 1, false);
        reset(
                "LeadId and an error",
                List.of(json(200, "{'LeadId':'1','Status':'Error'}")),
                REJECTED,
                "refused",
                1,
                false);
    }

    @Test
    void aUsersKeyThatIsRefused() throws Exception {
        reset("the account's keys and the portal id work", List.of(SENT), SUCCEEDED, null, 1, false);
        change("401", List.of(json(401, OTHER)), REJECTED, "key-refused", 1, false);
    }

    @Test
    void rateLimited_costsNoAttempt() throws Exception {
        for (String body : List.of(
                "{'Status':'Error','ExceptionType':'" + LIMIT_TYPE + "'}",
                "{'Status':'Error','ExceptionMessage':'" + LIMIT + "'}",
                "{'IsSuccessful':false,'ResponseText':'" + LIMIT + "'}",
                LIMIT)) {
            for (int status : new int[] {200, 403, 429, 500}) {
                reset(status + " " + body, times(1, json(status, body)), SUCCEEDED, null, 2, false);
            }
        }
        reset("429 without words", times(2, LIMITED, PLAIN_500, SENT), SUCCEEDED, null, 4, true);
    }

    @Test
    void rateLimited_withRetryAfter() throws Exception {
        for (String nonsense : List.of("soon", "-5", "0", "1.5", "Sun, 06 Nov 1994 08:49:37 GMT", "")) {
            reset(nonsense, List.of(json(429, "", "Retry-After: " + nonsense)), SUCCEEDED, null, 2, false);
        }
        long before = System.nanoTime();
        reset("a second", List.of(json(429, "", "Retry-After: 1")), SUCCEEDED, null, 2, false);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void tryAgain() throws Exception {
        for (Reply failure : List.of(PLAIN_500, json(500, OTHER), json(500, ""), json(501, ""), json(507, OTHER))) {
            reset("5xx once", times(1, failure), SUCCEEDED, null, 2, true);
        }
        reset("500 with words", times(9, json(500, OTHER)), FAILED, "MXOtherException", 2, true);
        change("500 to a change that nobody can look into", times(9, PLAIN_500), FAILED, "http-500", 1, false);
    }

    @Test
    void tryAgain_free() throws Exception {
        reset("503", times(3, json(503, "Service Unavailable")), SUCCEEDED, null, 4, false);
        reset("503 with words", times(2, json(503, OTHER)), SUCCEEDED, null, 3, false);
        reset("503 that asks for a second", List.of(json(503, "", "Retry-After: 1")), SUCCEEDED, null, 2, false);
        change("503", times(1, json(503, "")), SUCCEEDED, null, 2, false);
        for (int status : new int[] {301, 302, 307, 403, 404, 405, 409}) {
            Reply gateway = json(status, "<html/>", "Location: http://127.0.0.1:" + api.port() + "/elsewhere");
            reset(status + " without words", List.of(gateway), SUCCEEDED, null, 2, false);
        }
    }

    @Test
    void inDoubt_noAnswer() throws Exception {
        reset("cut off", List.of(truncated()), IN_DOUBT, "answer-lost", 1, false);
        reset("closed", List.of(closed()), IN_DOUBT, "answer-lost", 1, false);
        reset("connection reset", List.of(ScriptedApi.reset()), IN_DOUBT, "answer-lost", 1, false);
        reset("silence until the deadline", List.of(silence()), IN_DOUBT, "no-answer", 1, false);
        reset("dribble until the deadline", List.of(dribble()), IN_DOUBT, "no-answer", 1, false);
        reset("no HTTP", List.of((caller, out) -> out.write(new byte[] {1, 2, 3})), IN_DOUBT, "answer-lost", 1, false);
        for (int status : new int[] {408, 502, 504}) {
            reset(status + " HTML", List.of(json(status, "<html/>")), IN_DOUBT, "gateway-error", 1, false);
            reset(status + " with words", List.of(json(status, OTHER)), IN_DOUBT, "gateway-error", 1, false);
        }
        change("closed", List.of(closed()), IN_DOUBT, "answer-lost", 1, false);
    }

    @Test
    void inDoubt_answerNotUnderstood() throws Exception {
        for (String body : List.of(
                "",
                "<html>Please wait</html>",
                "{'Status':'Success'",
                "{'Status':'Success'}}",
                "{}",
                "[]",
                "null",
                "{'Status':'Queued'}",
                "{'LeadId':' '}",
                "{'IsSuccessful':true}",
                "{'Status':'Success','IsSuccessful':false}",
                "{'Status':'Error','IsSuccessful':true}")) {
            reset(body, List.of(json(200, body)), IN_DOUBT, "answer-not-understood", 1, false);
        }
        change(
                "yes and no",
                List.of(json(200, "{'IsSuccessful':true,'Status':'Error'}")),
                IN_DOUBT,
                "answer-not-understood",
                1,
                false);
        for (int status : new int[] {201, 202, 204, 206}) {
            String body = status == 204 ? "" : "{'Status':'Success'}";
            reset(status + "", List.of(json(status, body)), IN_DOUBT, "answer-not-understood", 1, false);
        }
        byte[] notUtf8 = "{\"Status\":\"Success\",\"Message\":\"\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1);
        reset("no UTF-8", List.of(bytes(200, notUtf8)), IN_DOUBT, "answer-not-understood", 1, false);
    }

    @Test
    void anAnswerIsReadToItsBoundAndNotBeyond() throws Exception {
        String longest = "{'Status':'Success','Message':'%s'}";
        int room = 64 * 1024 - longest.length() + 2;
        reset("64 KiB", List.of(json(200, longest.formatted("a".repeat(room)))), SUCCEEDED, null, 1, false);
        reset(
                "a byte more",
                List.of(json(200, longest.formatted("a".repeat(room + 1)))),
                IN_DOUBT,
                "answer-not-understood",
                1,
                false);
        reset("packed", List.of(packed(1_000)), SUCCEEDED, null, 1, false);
        reset("100 MB, packed", List.of(packed(100_000_000)), IN_DOUBT, "answer-not-understood", 1, false);
    }

    @Test
    void whatAnAnswerRepeatsIsCutOut() throws Exception {
        api.plays(List.of(json(
                400,
                "{'ExceptionMessage':'ADA@example.com with KEY-of-account, token-of-account\\u0007 is unknown'}")));
        send("reset-requested", "{\"emailAddress\":\"ada@example.com\"}");
        assertThat(outcome().message()).isEqualTo("*** with ***, ***  is unknown");

        api.plays(List.of(json(200, "{'Status':'Success','Message':'Use tmp-1','TemporaryPassword':'tmp-1'}")));
        send("reset-requested", "{\"emailAddress\":\"ada@example.com\"}");
        assertThat(outcome().message()).isEqualTo("Use ***");

        api.plays(
                List.of(json(200, "{'IsSuccessful':false,'ResponseText':'brand-new is too like old for users-key'}")));
        send(
                "change-requested",
                "{\"authKey\":\"users-key\",\"currentPassword\":\"old\",\"newPassword\":\"brand-new\"}");
        assertThat(outcome().message()).isNull();
    }
}
