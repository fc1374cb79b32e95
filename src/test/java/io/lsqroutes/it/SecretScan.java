package io.lsqroutes.it;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Looks for planted secrets in whatever a program wrote, also where it wrote them as bytes. */
final class SecretScan {
    private final Map<String, String> forms = new LinkedHashMap<>();
    private final List<String> found = new ArrayList<>();

    SecretScan(Collection<String> secrets) {
        for (String secret : secrets) {
            byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
            forms.put(secret, secret);
            String decimal = Arrays.toString(bytes);
            forms.put(decimal.substring(1, decimal.length() - 1), secret + " as decimal bytes");
            forms.put(HexFormat.of().formatHex(bytes), secret + " as hexadecimal bytes");
            forms.put(HexFormat.of().withUpperCase().formatHex(bytes), secret + " as hexadecimal bytes");
            addEscapes(secret);
            // Three ways, by where in the text it begins; its edges depend on its neighbours.
            for (int before = 0; before < 3; before++) {
                byte[] shifted = new byte[before + bytes.length];
                System.arraycopy(bytes, 0, shifted, before, bytes.length);
                String base64 = Base64.getEncoder().withoutPadding().encodeToString(shifted);
                forms.put(base64.substring(before == 0 ? 0 : before + 1, base64.length() - 1), secret + " in Base64");
            }
        }
    }

    /** As HTML, URLs and JSON write it: only what they have to escape, or all of it. */
    private void addEscapes(String secret) {
        for (IntPredicate kept : List.<IntPredicate>of(SecretScan::isUnreserved, c -> c < 128, c -> false)) {
            for (String each : List.of("&#%d;", "&#x%x;", "&#x%X;", "\\u%04x", "\\u%04X")) {
                put(escaped(secret, kept, each), secret + " in escapes of HTML or JSON");
            }
            put(percent(secret, kept, "%%%02x"), secret + " in escapes of a URL");
            put(percent(secret, kept, "%%%02X"), secret + " in escapes of a URL");
        }
        for (String apostrophe : List.of("'", "&apos;", "&#39;", "&#x27;")) {
            put(named(secret).replace("'", apostrophe), secret + " in HTML");
        }
        put(secret.replace("\\", "\\\\").replace("\"", "\\\"").replace("/", "\\/"), secret + " in JSON");
    }

    private void put(String form, String what) {
        forms.putIfAbsent(form, what);
        // Escaped once more, as a URL in a page is, or a page in JSON.
        forms.putIfAbsent(form.replace("%", "%25"), what + ", twice");
        forms.putIfAbsent(form.replace("&", "&amp;"), what + ", twice");
        forms.putIfAbsent(form.replace("\\", "\\\\"), what + ", twice");
    }

    private static String named(String secret) {
        return secret.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private static boolean isUnreserved(int c) {
        return c < 128 && (Character.isLetterOrDigit(c) || "-._~".indexOf(c) >= 0);
    }

    private static String escaped(String secret, IntPredicate kept, String each) {
        return secret.chars()
                .mapToObj(c -> kept.test(c) ? Character.toString(c) : each.formatted(c))
                .collect(Collectors.joining());
    }

    private static String percent(String secret, IntPredicate kept, String each) {
        StringBuilder escaped = new StringBuilder();
        for (byte b : secret.getBytes(StandardCharsets.UTF_8)) {
            escaped.append(kept.test(b & 0xff) ? Character.toString(b) : each.formatted(b & 0xff));
        }
        return escaped.toString();
    }

    void lines(String where, List<String> lines) {
        lines.forEach(line -> text(where, line));
    }

    void record(ConsumerRecord<byte[], byte[]> record) {
        String where = "topic " + record.topic() + " offset " + record.offset();
        bytes(where + " key", record.key());
        bytes(where + " value", record.value());
        for (Header header : record.headers()) {
            text(where + " header", header.key());
            bytes(where + " header " + header.key(), header.value());
        }
    }

    private void bytes(String where, byte @Nullable [] bytes) {
        if (bytes != null) {
            text(where, new String(bytes, StandardCharsets.UTF_8));
        }
    }

    private void text(String where, String text) {
        forms.forEach((form, what) -> {
            if (text.contains(form)) {
                found.add(where + " holds " + what + ": " + text.substring(0, Math.min(300, text.length())));
            }
        });
    }

    /** Where, and what. */
    List<String> found() {
        return found;
    }
}
