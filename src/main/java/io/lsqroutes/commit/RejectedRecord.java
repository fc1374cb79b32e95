package io.lsqroutes.commit;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.UnknownServerException;
import org.apache.kafka.common.errors.UnsupportedCompressionTypeException;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * A record that Kafka rejects for good: sent again as it is, it is rejected again.
 *
 * @param entry what the record belongs to
 * @param why what Kafka says
 */
public record RejectedRecord(LedgerEntry entry, ProducerRecord<byte[], byte[]> record, Throwable why) {

    /** Whether Kafka rejects the record itself. It may reject its writer instead, or take the record later. */
    public static boolean isForGood(Throwable why) {
        if (why instanceof RetriableException
                || why instanceof AuthorizationException
                || why instanceof AuthenticationException) {
            return false;
        }
        // InvalidConfigurationException is the parent of what a topic's settings forbid. UnknownServerException is what
        // a broker says whose own check of a record fails.
        return why instanceof RecordTooLargeException
                || why instanceof InvalidConfigurationException
                || why instanceof InvalidTimestampException
                || why instanceof UnsupportedCompressionTypeException
                || why instanceof PolicyViolationException
                || why instanceof SerializationException
                || why instanceof UnknownServerException;
    }

    /** Whether it is the record that its event should have gone on with. */
    boolean isForward() {
        return record.equals(entry.forward());
    }

    /** Whether it can be written without its value: a dead letter's headers say which record its event came with. */
    boolean canBeEmptied(String deadLetters) {
        return record.topic().equals(deadLetters) && record.value() != null && !isForward();
    }

    /** Its entry, with this record emptied of its value. */
    LedgerEntry emptied() {
        ProducerRecord<byte[], byte[]> empty =
                new ProducerRecord<>(record.topic(), null, null, record.key(), null, record.headers());
        return entry.with(entry.records().stream()
                .map(each -> each.equals(record) ? empty : each)
                .toList());
    }

    /** What is wrong with the record, and what to do. */
    String problem() {
        return record.topic() + " cannot take a record of " + bytes() + " bytes ("
                + why.getClass().getSimpleName() + "): " + remedy();
    }

    private int bytes() {
        int bytes = length(record.key()) + length(record.value());
        for (Header header : record.headers()) {
            bytes += header.key().length() + length(header.value());
        }
        return bytes;
    }

    private static int length(byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }

    private String remedy() {
        if (why instanceof RecordTooLargeException || why instanceof RecordBatchTooLargeException) {
            return "raise the topic's max.message.bytes";
        }
        if (why instanceof InvalidTimestampException) {
            return "compare the clocks of this machine and the broker, or set the topic's message.timestamp.type to LogAppendTime";
        }
        if (why instanceof InvalidRecordException) {
            return "look at the topic's cleanup.policy and message.timestamp settings, and at the broker's own checks of records";
        }
        return "look at the topic's settings and at the broker's log";
    }
}
