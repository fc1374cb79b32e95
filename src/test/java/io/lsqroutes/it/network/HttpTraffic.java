package io.lsqroutes.it.network;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** HTTP/1.1 between the bundle and the portal: a head, and a body as long as it says. */
public final class HttpTraffic implements Framing {
    private static final String END_OF_HEAD = "\r\n\r\n";
    private static final Pattern LENGTH = Pattern.compile("\r\ncontent-length: *(\\d+)");

    @Override
    public byte @Nullable [] read(InputStream in) throws IOException {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        StringBuilder head = new StringBuilder();
        while (head.length() < END_OF_HEAD.length()
                || !head.substring(head.length() - END_OF_HEAD.length()).equals(END_OF_HEAD)) {
            int next = in.read();
            if (next < 0) {
                if (head.length() > 0) {
                    throw new EOFException("in the middle of a head");
                }
                return null;
            }
            message.write(next);
            head.append((char) next);
        }
        message.write(body(in, head.toString().toLowerCase(Locale.ROOT)));
        return message.toByteArray();
    }

    private static byte[] body(InputStream in, String head) throws IOException {
        if (head.contains("\r\ntransfer-encoding:")) {
            throw new IllegalStateException("a body in chunks is not understood here");
        }
        Matcher length = LENGTH.matcher(head);
        int size = length.find() ? Integer.parseInt(length.group(1)) : 0;
        byte[] body = in.readNBytes(size);
        if (body.length < size) {
            throw new EOFException("in the middle of a body");
        }
        return body;
    }

    /** Calls to this path of the portal. */
    public static Predicate<byte[]> calls(String path) {
        String start = "POST " + path + ' ';
        return request -> new String(request, StandardCharsets.ISO_8859_1).startsWith(start);
    }
}
