package io.lsqroutes.it.scene;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Looks for planted secrets in whatever a program wrote, also where it wrote them as bytes. */
public final class SecretScan {
    private final Map<String, String> forms = new LinkedHashMap<>();
    private final List<String> found = new ArrayList<>();

    public SecretScan(Collection<String> secrets) {
        for (String secret : secrets) {
            byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
            forms.put(secret, secret);
            String decimal = Arrays.toString(bytes);
            forms.put(decimal.substring(1, decimal.length() - 1), secret + " as decimal bytes");
            forms.put(HexFormat.of().formatHex(bytes), secret + " as hexadecimal bytes");
            // Three ways, by where in the text it begins; its edges depend on its neighbours.
            for (int before = 0; before < 3; before++) {
                byte[] shifted = new byte[before + bytes.length];
                System.arraycopy(bytes, 0, shifted, before, bytes.length);
                String base64 = Base64.getEncoder().withoutPadding().encodeToString(shifted);
                forms.put(base64.substring(before == 0 ? 0 : before + 1, base64.length() - 1), secret + " in Base64");
            }
        }
    }

    public void lines(String where, List<String> lines) {
        lines.forEach(line -> text(where, line));
    }

    public void record(ConsumerRecord<byte[], byte[]> record) {
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
    public List<String> found() {
        return found;
    }
}
