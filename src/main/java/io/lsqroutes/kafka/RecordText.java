package io.lsqroutes.kafka;

import java.nio.charset.StandardCharsets;

/** How text is written in Kafka's records. */
public final class RecordText {
    private RecordText() {}

    public static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    public static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
