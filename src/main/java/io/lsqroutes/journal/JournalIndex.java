package io.lsqroutes.journal;

import io.lsqroutes.kafka.RecordText;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The position of each id's last entry in the journal. An id takes 32 bytes, so that the ids of 30 days fit in memory.
 *
 * <p>An id is known by a digest of 16 bytes. Producers choose the ids, and with a weaker digest two of them could collide:
 * an event would then disappear. Not synchronised.
 */
public final class JournalIndex {
    /** Says that there is no position. */
    public static final long UNKNOWN = -1;

    private static final int SEGMENTS = 256;
    private static final int SMALLEST = 16;
    private static final int FIELDS = 4;

    private final MessageDigest digest = sha256();
    /** Digest, digest, position + 1 (0: empty), identity; segments grow one by one, so growing needs no second index. */
    private final long[][] segments = new long[SEGMENTS][SMALLEST * FIELDS];

    private final int[] sizes = new int[SEGMENTS];

    /** The last key that was asked for, with its digest: most are asked for twice in a row. */
    private @Nullable String digested;

    private long first;
    private long second;

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** The offset of this key's last entry, or {@link #UNKNOWN}. */
    long position(String key) {
        long[] segment = segment(key);
        return segment[slot(segment, first, second) + 2] - 1;
    }

    /** What was kept with the position: 0 where nothing was. */
    long identity(String key) {
        long[] segment = segment(key);
        return segment[slot(segment, first, second) + 3];
    }

    /**
     * Notes the last entry of a key.
     *
     * @param identity tells one record with this id from another; 0 where that has to be read from the journal
     */
    void put(String key, long position, long identity) {
        long[] segment = segment(key);
        int slot = slot(segment, first, second);
        boolean added = segment[slot + 2] == 0;
        fill(segment, slot, first, second, position, identity);
        if (added) {
            int number = number(first);
            sizes[number]++;
            if (sizes[number] * 5L > segment.length / FIELDS * 4L) {
                segments[number] = copied(segment, segment.length / FIELDS * 3 / 2, 0);
            }
        }
    }

    /** Forgets the entries below this offset, which Kafka has deleted. */
    void forgetBefore(long position) {
        for (int i = 0; i < SEGMENTS; i++) {
            int kept = 0;
            for (int slot = 0; slot < segments[i].length; slot += FIELDS) {
                kept += segments[i][slot + 2] > position ? 1 : 0;
            }
            if (kept < sizes[i]) {
                segments[i] = copied(segments[i], Math.max(SMALLEST, kept * 3 / 2), position);
                sizes[i] = kept;
            }
        }
    }

    int size() {
        return Arrays.stream(sizes).sum();
    }

    private static long[] copied(long[] from, int capacity, long fromPosition) {
        long[] to = new long[capacity * FIELDS];
        for (int i = 0; i < from.length; i += FIELDS) {
            if (from[i + 2] > fromPosition) {
                fill(to, slot(to, from[i], from[i + 1]), from[i], from[i + 1], from[i + 2] - 1, from[i + 3]);
            }
        }
        return to;
    }

    private static void fill(long[] segment, int slot, long first, long second, long position, long identity) {
        segment[slot] = first;
        segment[slot + 1] = second;
        segment[slot + 2] = position + 1;
        segment[slot + 3] = identity;
    }

    private long[] segment(String key) {
        if (!key.equals(digested)) {
            byte[] hash = digest.digest(RecordText.bytes(key));
            first = eightBytes(hash, 0);
            second = eightBytes(hash, 8);
            digested = key;
        }
        return segments[number(first)];
    }

    private static int number(long first) {
        return (int) (first & (SEGMENTS - 1));
    }

    /** The slot of this digest, or the empty one where it belongs. */
    private static int slot(long[] segment, long first, long second) {
        int capacity = segment.length / FIELDS;
        int slot = (int) (((first >>> 32) * capacity) >>> 32) * FIELDS;
        while (segment[slot + 2] != 0 && (segment[slot] != first || segment[slot + 1] != second)) {
            slot = (slot + FIELDS) % segment.length;
        }
        return slot;
    }

    private static long eightBytes(byte[] hash, int from) {
        long bytes = 0;
        for (int i = from; i < from + 8; i++) {
            bytes = (bytes << 8) | (hash[i] & 0xff);
        }
        return bytes;
    }
}
