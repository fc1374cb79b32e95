package io.lsqroutes.it;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.jspecify.annotations.Nullable;

/** Kafka's protocol, as far as a proxy needs it: a size, and in a request the number of what is asked. */
final class KafkaTraffic implements Framing {
    private static final int SIZE = 4;

    @Override
    public byte @Nullable [] read(InputStream in) throws IOException {
        DataInputStream data = new DataInputStream(in);
        int size;
        try {
            size = data.readInt();
        } catch (EOFException e) {
            return null;
        }
        byte[] frame = new byte[SIZE + size];
        ByteBuffer.wrap(frame).putInt(size);
        data.readFully(frame, SIZE, size);
        return frame;
    }

    /** Requests of these kinds. */
    static Predicate<byte[]> requests(ApiKeys... kinds) {
        return request -> {
            short kind = ByteBuffer.wrap(request).getShort(SIZE);
            return Arrays.stream(kinds).anyMatch(wanted -> wanted.id == kind);
        };
    }

    /** An answer to EndTxn with an error in it: behind size, number, tags and throttle time. */
    static UnaryOperator<byte[]> endTxnError(Errors error) {
        return answer -> ByteBuffer.wrap(answer.clone())
                .putShort(SIZE + Integer.BYTES + 1 + Integer.BYTES, error.code())
                .array();
    }
}
