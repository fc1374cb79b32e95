package io.lsqroutes.it.network;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.FetchResponseData;
import org.apache.kafka.common.message.FetchResponseData.FetchableTopicResponse;
import org.apache.kafka.common.message.FetchResponseData.PartitionData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.protocol.MessageUtil;
import org.apache.kafka.common.record.MemoryRecords;
import org.jspecify.annotations.Nullable;

/** Kafka's protocol, as far as a proxy needs it: a size, and in a request the number of what is asked. */
public final class KafkaTraffic implements Framing {
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
    public static Predicate<byte[]> requests(ApiKeys... kinds) {
        return request -> {
            short kind = ByteBuffer.wrap(request).getShort(SIZE);
            return Arrays.stream(kinds).anyMatch(wanted -> wanted.id == kind);
        };
    }

    /** Fetches of the consumer that is a member of this group; others read topics without one. */
    public static Predicate<byte[]> fetchesOf(String group) {
        Predicate<byte[]> fetches = requests(ApiKeys.FETCH);
        return request -> fetches.test(request) && clientId(request).startsWith("consumer-" + group + "-");
    }

    /** Behind size, kind, version and number. */
    private static String clientId(byte[] request) {
        ByteBuffer header = ByteBuffer.wrap(request).position(SIZE + 2 * Short.BYTES + Integer.BYTES);
        short length = header.getShort();
        return new String(request, header.position(), length, StandardCharsets.UTF_8);
    }

    /** An answer to Fetch that says this of the topic's first partition, and nothing else. */
    public static UnaryOperator<byte[]> fetchError(Uuid topic, Errors error) {
        short version = ApiKeys.FETCH.latestVersion();
        int header = SIZE + Integer.BYTES + 1;
        return answer -> {
            ByteBuffer body = ByteBuffer.wrap(answer).position(header).slice();
            FetchResponseData told = new FetchResponseData(new ByteBufferAccessor(body), version)
                    .setResponses(List.of(new FetchableTopicResponse()
                            .setTopicId(topic)
                            .setPartitions(List.of(new PartitionData()
                                    .setPartitionIndex(0)
                                    .setErrorCode(error.code())
                                    .setHighWatermark(-1)
                                    .setRecords(MemoryRecords.EMPTY)))));
            ByteBuffer changed = MessageUtil.toByteBufferAccessor(told, version).buffer();
            return ByteBuffer.allocate(header + changed.remaining())
                    .put(answer, 0, header)
                    .put(changed)
                    .putInt(0, header - SIZE + changed.limit())
                    .array();
        };
    }

    /** An answer to EndTxn with an error in it: behind size, number, tags and throttle time. */
    public static UnaryOperator<byte[]> endTxnError(Errors error) {
        return answer -> ByteBuffer.wrap(answer.clone())
                .putShort(SIZE + Integer.BYTES + 1 + Integer.BYTES, error.code())
                .array();
    }
}
