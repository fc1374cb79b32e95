package io.lsqroutes;

import static io.lsqroutes.ScriptedApi.answerOfCase;
import static io.lsqroutes.ScriptedApi.bytes;
import static io.lsqroutes.event.Status.IN_DOUBT;
import static io.lsqroutes.event.Status.REJECTED;
import static io.lsqroutes.event.Status.SUCCEEDED;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.lsqroutes.ScriptedApi.Reply;
import io.lsqroutes.event.Outcome;
import io.lsqroutes.event.Status;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** However an answer is packed and written: it is read, or left in doubt, and the connection serves the next call. */
class AnswerReadingRouteTest extends RouteTestSupport {
    private static final String SENT = "{\"Status\":\"Success\",\"Message\":\"Reset link sent successfully\"}";
    private static final String FRENCH = "{\"Status\":\"Success\",\"Message\":\"Lien envoyé\"}";
    private static final String NOT_UNDERSTOOD = "answer-not-understood";

    private final ScriptedApi api = new ScriptedApi();
    private int persons;

    @Override
    protected String host() {
        return "http://127.0.0.1:" + api.port();
    }

    @Override
    protected Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>(withGivenKeys(super.settings()));
        settings.put("lsq.max-in-flight", "8");
        settings.put("lsq.call.deadline", "5s");
        return settings;
    }

    @AfterEach
    void closeApi() throws IOException {
        api.close();
    }

    private Outcome resetAnswered(Reply reply) throws InterruptedException {
        api.plays(List.of(reply));
        send("reset-requested", "{\"emailAddress\":\"person-" + ++persons + "@example.com\"}");
        return outcome();
    }

    /** Every other answer is a success, so that calls are not suspended. */
    private void row(
            SoftAssertions softly,
            String row,
            Reply reply,
            Status status,
            @Nullable String code,
            @Nullable String message)
            throws InterruptedException {
        Outcome outcome = resetAnswered(reply);
        softly.assertThat(outcome)
                .as(row)
                .extracting(Outcome::status, Outcome::code, Outcome::calls, Outcome::message)
                .containsExactly(status, code, 1, message);
        softly.assertThat(resetAnswered(bytes(200, SENT.getBytes(UTF_8))).status())
                .as("the one behind: " + row)
                .isEqualTo(SUCCEEDED);
    }

    private static Reply encoded(String encoding, byte[] body) {
        return bytes(200, body, "Content-Type: application/json", "Content-Encoding: " + encoding);
    }

    private static byte[] packed(String text, boolean gzip) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = gzip ? new GZIPOutputStream(packed) : new DeflaterOutputStream(packed)) {
            out.write(text.getBytes(UTF_8));
        }
        return packed.toByteArray();
    }

    @Test
    void case01_theTenthIsAnsweredAfterNineWhoseEncodingCannotBeRead() throws Exception {
        for (int i = 0; i < 9; i++) {
            assertThat(resetAnswered(answerOfCase("01-content-encoding-br.http")))
                    .as("answer " + i)
                    .extracting(Outcome::status, Outcome::code, Outcome::calls)
                    .containsExactly(IN_DOUBT, NOT_UNDERSTOOD, 1);
            if (i % 3 == 2) {
                assertThat(resetAnswered(bytes(200, SENT.getBytes(UTF_8))).status())
                        .isEqualTo(SUCCEEDED);
            }
        }
    }

    @Test
    void anEncodingThatIsNoneIsPassedOver_andOneThatCannotBeReadIsInDoubt() throws Exception {
        byte[] plain = SENT.getBytes(UTF_8);
        String sent = "Reset link sent successfully";
        SoftAssertions softly = new SoftAssertions();
        for (String none :
                List.of("identity", "IDENTITY", "none", "utf-8", "", "json", "identity, none", "8bit", "*")) {
            row(softly, "none: " + none, encoded(none, plain), SUCCEEDED, null, sent);
        }
        for (String gzip : List.of("gzip", "x-gzip", "GZIP", "identity, gzip", "utf-8,gzip")) {
            row(softly, gzip, encoded(gzip, packed(SENT, true)), SUCCEEDED, null, sent);
        }
        row(softly, "deflate", encoded("deflate", packed(SENT, false)), SUCCEEDED, null, sent);
        byte[] brotli = {0x1b, 0x3c, 0x00, (byte) 0xf8, 0x25, 0x20, (byte) 0xa2, 0x30, (byte) 0xd2};
        for (String unread : List.of("br", "zstd", "compress", "gzip, br", "br, gzip", "dcb")) {
            row(softly, unread, encoded(unread, brotli), IN_DOUBT, NOT_UNDERSTOOD, null);
        }
        byte[] half = Arrays.copyOf(packed(SENT, true), 30);
        row(softly, "half a gzip", encoded("gzip", half), IN_DOUBT, NOT_UNDERSTOOD, null);
        byte[] broken = packed(SENT, true);
        Arrays.fill(broken, 12, broken.length, (byte) 0x55);
        row(softly, "a broken gzip", encoded("gzip", broken), IN_DOUBT, NOT_UNDERSTOOD, null);
        row(softly, "gzip over plain JSON", encoded("gzip", plain), IN_DOUBT, NOT_UNDERSTOOD, null);
        row(softly, "gzip over nothing", encoded("gzip", new byte[0]), IN_DOUBT, NOT_UNDERSTOOD, null);
        row(
                softly,
                "ten times packed",
                encoded("gzip,gzip,gzip,gzip,gzip,gzip,gzip,gzip,gzip,gzip", packed(SENT, true)),
                IN_DOUBT,
                NOT_UNDERSTOOD,
                null);
        softly.assertAll();
    }

    private static Reply in(String contentType, byte[] body) {
        return bytes(200, body, "Content-Type: " + contentType);
    }

    @Test
    void case08_aDeclaredCharsetIsRead() throws Exception {
        SoftAssertions softly = new SoftAssertions();
        row(softly, "08 b", answerOfCase("08-windows-1252.http"), SUCCEEDED, null, "Lien envoyé");
        row(
                softly,
                "08 a",
                answerOfCase("08-latin1-permanent-500.http"),
                REJECTED,
                "MXInvalidInputException",
                "Adresse non trouvée");
        byte[] latin1 = FRENCH.getBytes(ISO_8859_1);
        for (String type : List.of(
                "application/json; charset=\"iso-8859-1\"",
                "application/json;CHARSET=ISO-8859-1",
                "text/plain; x=y; charset = latin1",
                "application/json; charset='windows-1252'; q=1")) {
            row(softly, type, in(type, latin1), SUCCEEDED, null, "Lien envoyé");
        }
        byte[] withMark = FRENCH.getBytes(UTF_16);
        row(softly, "utf-16", in("application/json; charset=utf-16", withMark), SUCCEEDED, null, "Lien envoyé");
        row(softly, "a mark alone", in("application/json", withMark), SUCCEEDED, null, "Lien envoyé");
        byte[] littleEndian = FRENCH.getBytes(UTF_16LE);
        row(
                softly,
                "utf-16, no mark",
                in("application/json; charset=utf-16", littleEndian),
                SUCCEEDED,
                null,
                "Lien envoyé");
        row(
                softly,
                "the mark wins",
                in("text/html; charset=latin1", ("\ufeff" + FRENCH).getBytes(UTF_8)),
                SUCCEEDED,
                null,
                "Lien envoyé");
        for (String unknown :
                List.of("utf8mb4", "klingon", "", "\"", "a b", "utf-8lias", "%s", "x-user-defined", "\u00e9")) {
            row(
                    softly,
                    "unknown charset " + unknown,
                    in("application/json; charset=" + unknown, FRENCH.getBytes(UTF_8)),
                    SUCCEEDED,
                    null,
                    "Lien envoyé");
        }
        row(softly, "declared wrongly", in("application/json; charset=utf-8", latin1), IN_DOUBT, NOT_UNDERSTOOD, null);
        row(
                softly,
                "a Java object",
                in("application/x-java-serialized-object", SENT.getBytes(UTF_8)),
                SUCCEEDED,
                null,
                "Reset link sent successfully");
        softly.assertAll();
    }

    @Test
    void bytesThatAreNoTextAreInDoubt() throws Exception {
        SoftAssertions softly = new SoftAssertions();
        byte[] utf32 = {0, 0, 0, '{', 0x7f, -1, -1, -1, 0, 0, 0, '}'};
        row(softly, "looks like UTF-32", in("application/json", utf32), IN_DOUBT, NOT_UNDERSTOOD, null);
        row(softly, "a mark and no more", in("application/json", new byte[] {-1, -2}), IN_DOUBT, NOT_UNDERSTOOD, null);
        row(
                softly,
                "half a character",
                in("text/plain; charset=utf-16", new byte[] {'{'}),
                IN_DOUBT,
                NOT_UNDERSTOOD,
                null);
        String deep = "[".repeat(30_000);
        row(softly, "30,000 deep", in("application/json", deep.getBytes(UTF_8)), IN_DOUBT, NOT_UNDERSTOOD, null);
        softly.assertAll();
    }

    @Test
    void case17_oddButRightAnswersAreSuccesses_andCase19_aTextInATextIsNone() throws Exception {
        SoftAssertions softly = new SoftAssertions();
        String sent = "Reset link sent successfully";
        for (String odd : List.of("bad-charset", "bom", "chunk-extension", "early-hints", "http10")) {
            row(softly, odd, answerOfCase("17-ok-answers-" + odd + ".http"), SUCCEEDED, null, sent);
        }
        row(softly, "19", answerOfCase("19-double-encoded.http"), IN_DOUBT, NOT_UNDERSTOOD, null);
        softly.assertAll();
    }
}
