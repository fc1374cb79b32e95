package io.lsqroutes;

import static io.lsqroutes.ScriptedApi.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.lsqroutes.ScriptedApi.Reply;
import io.lsqroutes.event.Outcome;
import io.lsqroutes.event.Status;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Texts of the API that quote the event, or that look like the account's limit; the cases stand in {@code cases/}. */
class TextCasesRouteTest extends RouteTestSupport {
    private static final String LIMIT = "API calls exceeded the limit of 1 in 60 second(s)";
    private static final Duration WINDOW = Duration.ofSeconds(4);

    private final ScriptedApi api = new ScriptedApi();

    @Override
    protected String host() {
        return "http://127.0.0.1:" + api.port();
    }

    @Override
    protected Map<String, String> settings() {
        return withGivenKeys(Map.of("lsq.limit.calls", "25", "lsq.limit.window", WINDOW.toSeconds() + "s"));
    }

    @AfterEach
    void closeApi() throws IOException {
        api.close();
    }

    private static String file(String name) throws IOException {
        return Files.readString(Path.of("src/test/resources/cases", name), StandardCharsets.UTF_8);
    }

    /** A whole raw answer, for which the connection is used once. */
    private static Reply answer(String name) throws IOException {
        byte[] raw =
                file(name).replaceFirst("\r\n", "\r\nConnection: close\r\n").getBytes(StandardCharsets.UTF_8);
        return (caller, out) -> out.write(raw);
    }

    private Outcome reset(String event, Reply... replies) throws InterruptedException {
        api.plays(List.of(replies));
        api.calls();
        send("reset-requested", event);
        return outcome();
    }

    private static String byValue(String value) {
        return "{\"searchKey\":{\"schemaName\":\"mx_Id\",\"value\":\"" + value + "\"}}";
    }

    private void change(String text, String current) throws InterruptedException {
        api.plays(List.of(json(200, "{'IsSuccessful':false,'ResponseText':'" + text + "'}")));
        send(
                "change-requested",
                "{\"authKey\":\"users-key-1\",\"currentPassword\":\"" + current
                        + "\",\"newPassword\":\"Brand-new&'pass\u00e9\"}");
    }

    /** Whether so many persons' calls go in less than a window: the account is not held, and its limit is as before. */
    private void assertThatTheAccountIsAsBefore(String after) throws InterruptedException {
        api.plays(List.of());
        long before = System.nanoTime();
        for (int i = 0; i < 4; i++) {
            send("reset-requested", "{\"emailAddress\":\"behind-" + i + "@example.com\"}");
        }
        for (int i = 0; i < 4; i++) {
            assertThat(outcome().status()).isEqualTo(Status.SUCCEEDED);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - before))
                .as("the next persons' wait after %s", after)
                .isLessThan(WINDOW);
    }

    @Test
    void case02_anEventThatQuotesTheLimitsWordsHoldsNobodyUp() throws Exception {
        Outcome outcome =
                reset(file("02-limit-text-in-a-value.event.json"), answer("02-limit-text-in-a-value.escaped.http"));

        assertThat(outcome)
                .extracting(Outcome::status, Outcome::code, Outcome::calls)
                .containsExactly(Status.REJECTED, "MXInvalidUserException", 1);
        assertThatTheAccountIsAsBefore("case 02");
        // The value alone, or in another form, whatever the status says; a permanent type; a place where no text
        // stands.
        for (String body : List.of(
                "{'Status':'Error','ExceptionMessage':'" + LIMIT + "'}",
                "{'Status':'Error','ExceptionMessage':'API calls exceeded the limit of 1 in 60 second&#40;s&#41;'}",
                "{'Status':'Error','Other':'" + LIMIT + "'}",
                "{'Status':'Error','ExceptionMessage':['" + LIMIT + "']}",
                "{'Status':'Error','ExceptionMessage':'No lead has " + LIMIT + "'}",
                "{'Status':'Error','ExceptionMessage':'" + LIMIT + " is no id'}",
                "{'Status':'Error','ExceptionType':'MXInvalidInputException','ExceptionMessage':'" + LIMIT + "'}",
                "{'Status':'Error','ExceptionMessage':'API calls exceeded the limit of \u0661 in \u0666\u0660 second(s)'}",
                "{'Status':'Error','ExceptionMessage':'<p>" + LIMIT + "</p>'}")) {
            assertThat(reset(byValue(LIMIT), json(400, body)))
                    .as(body)
                    .extracting(Outcome::status, Outcome::calls)
                    .containsExactly(Status.REJECTED, 1);
        }
        assertThat(reset(byValue(LIMIT), json(200, "{'Status':'Success','Message':'" + LIMIT + "'}"))
                        .status())
                .isEqualTo(Status.SUCCEEDED);
        assertThatTheAccountIsAsBefore("what only looks like the limit");
    }

    @Test
    void case03_aShortValueDoesNotHideARefusal() throws Exception {
        for (String value : List.of("25", "5", "second(s)")) {
            Outcome outcome = value.equals("25")
                    ? reset(file("03-short-value-25.event.json"), answer("03-short-value-25.http"))
                    : reset(byValue(value), answer("03-short-value-25.http"));

            assertThat(outcome)
                    .as(value)
                    .extracting(Outcome::status, Outcome::calls)
                    .containsExactly(Status.SUCCEEDED, 2);
        }
    }

    @Test
    void case05_thePersonIsCutOutInEveryForm() throws Exception {
        assertThat(reset(file("05-person-echoed-html.event.json"), answer("05-person-echoed-html.http"))
                        .message())
                .isEqualTo("User *** not found");
        assertThat(reset(file("05-person-echoed-url.event.json"), answer("05-person-echoed-url.http"))
                        .message())
                .isEqualTo("No lead for ***");
        assertThat(reset(file("05-person-echoed-normalised.event.json"), answer("05-person-echoed-normalised.http"))
                        .message())
                .isEqualTo("Phone *** not found");
        String person = "{\"emailAddress\":\"Jos\u00e9.O'Brien+x@x.test\"}";
        for (String form : List.of(
                "jos\u00e9.o'brien+x@x.test",
                "JOSE\u0301.O'BRIEN+X@X.TEST",
                "jos&eacute;.o&apos;brien&plus;x&commat;x.test",
                "jos&amp;#233;.o&amp;#x27;brien&amp;#43;x&amp;#64;x&amp;#46;test",
                "jos%C3%A9.o%27brien%2Bx%40x.test",
                "jos%25C3%25A9.o%2527brien%252Bx%2540x.test",
                "jos%E9.o%27brien+x%40x.test",
                "jos\\\\u00e9.o\\\\u0027brien\\\\u002bx\\\\u0040x.test",
                "jos\u00e9.o''brien+x@x.test",
                "\uff4a\uff4f\uff53\u00e9.o\u2019brien+x\uff20x.test",
                "jos\u00e9.o'brien\u200b+x@x.test")) {
            assertThat(reset(
                                    person,
                                    json(
                                            400,
                                            "{'ExceptionMessage':'No lead " + form.replace("'", "\\u0027") + " here'}"))
                            .message())
                    .as(form)
                    .isEqualTo("No lead *** here");
        }
        for (String form : List.of(
                "+1 (415) 741-5569",
                "1.415.741.5569",
                "0014157415569",
                "4157415569",
                "\u0661\u0664\u0661\u0665\u0667\u0664\u0661\u0665\u0665\u0666\u0669")) {
            assertThat(reset(byValue("+14-157415569"), json(400, "{'ExceptionMessage':'No " + form + " here'}"))
                            .message())
                    .as(form)
                    .matches("No [+(0]*\\*\\*\\* here");
        }
    }

    @Test
    void case05_aTextThatHoldsAPasswordIsDropped() throws Exception {
        for (String text : List.of(
                "Brand-new&\\u0027pass\u00e9 is too weak",
                "brand-new&amp;&#39;pass&eacute; is too weak",
                "Brand-new%26%27pass%C3%A9 is too weak",
                "Brand-new\\\\u0026\\\\u0027pass\\\\u00e9 is too weak",
                "Brand-new&amp;amp;&amp;#39;pass&amp;eacute; is too weak",
                "Brand-new&\\u0027pas is too weak",
                "rand-new&\\u0027pass\u00e9 is too weak",
                "Not like Hunter-2019",
                "Not like unter-2019",
                "users-key-1 is no key",
                "users%2Dkey%2D1 is no key")) {
            change(text, "Hunter-2019");
            assertThat(outcome().message()).as(text).isNull();
        }
        change("It must hold 8 letters, and no old password", "Hunter-2019");
        assertThat(outcome().message()).isEqualTo("It must hold 8 letters, and no old password");
    }
}
