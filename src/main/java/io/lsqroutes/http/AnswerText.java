package io.lsqroutes.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads an answer's bytes in the character set that it declares, and writes them in UTF-8. */
final class AnswerText {
    private static final Pattern CHARSET =
            Pattern.compile(";\\s*charset\\s*=\\s*[\"']?([^\"';\\s]+)", Pattern.CASE_INSENSITIVE);
    private static final char MARK = '\ufeff';

    private AnswerText() {}

    /**
     * A byte order mark says more than a header; a name that is unknown here says nothing, and means UTF-8.
     *
     * @return the bytes as they came where they are no text in that character set
     */
    static byte[] inUtf8(byte[] body, @Nullable String contentType) {
        try {
            String text = charset(body, contentType)
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
            boolean marked = !text.isEmpty() && text.charAt(0) == MARK;
            return (marked ? text.substring(1) : text).getBytes(StandardCharsets.UTF_8);
        } catch (CharacterCodingException e) {
            return body;
        }
    }

    private static Charset charset(byte[] body, @Nullable String contentType) {
        if (startsWith(body, 0xef, 0xbb, 0xbf)) {
            return StandardCharsets.UTF_8;
        }
        if (startsWith(body, 0xff, 0xfe)) {
            return StandardCharsets.UTF_16LE;
        }
        if (startsWith(body, 0xfe, 0xff)) {
            return StandardCharsets.UTF_16BE;
        }
        Charset declared = declared(contentType);
        // JSON begins with a character below 128, so a zero behind it tells the order of the bytes.
        boolean littleEndian = declared.equals(StandardCharsets.UTF_16) && body.length > 1 && body[1] == 0;
        return littleEndian ? StandardCharsets.UTF_16LE : declared;
    }

    private static boolean startsWith(byte[] body, int... mark) {
        for (int i = 0; i < mark.length; i++) {
            if (body.length <= i || (body[i] & 0xff) != mark[i]) {
                return false;
            }
        }
        return true;
    }

    private static Charset declared(@Nullable String contentType) {
        Matcher charset = CHARSET.matcher(contentType == null ? "" : contentType);
        try {
            return charset.find() ? Charset.forName(charset.group(1)) : StandardCharsets.UTF_8;
        } catch (IllegalArgumentException e) {
            return StandardCharsets.UTF_8;
        }
    }
}
