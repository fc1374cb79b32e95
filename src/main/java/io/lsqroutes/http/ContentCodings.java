package io.lsqroutes.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Unpacks an answer's body as its {@code Content-Encoding} says.
 *
 * <p>A name that is no registered coding packs nothing: gateways write "none" or "utf-8" there. Immutable.
 */
final class ContentCodings {
    /** The registered codings that are not read here. */
    private static final Set<String> UNREADABLE =
            Set.of("br", "zstd", "compress", "x-compress", "aes128gcm", "dcb", "dcz", "exi", "pack200-gzip");

    /** Nobody packs an answer more often. */
    private static final int MOST = 3;

    private final List<String> lastFirst;

    /**
     * @param encodings the values of all {@code Content-Encoding} headers, in their order
     */
    ContentCodings(List<String> encodings) {
        List<String> names = new ArrayList<>();
        for (String encoding : encodings) {
            for (String name : encoding.split(",", -1)) {
                names.add(name.trim().toLowerCase(Locale.ROOT));
            }
        }
        names.removeIf(name -> !UNREADABLE.contains(name) && !isReadable(name));
        Collections.reverse(names);
        lastFirst = names;
    }

    private static boolean isReadable(String name) {
        return name.equals("gzip") || name.equals("x-gzip") || name.equals("deflate");
    }

    /**
     * The body as it was before it was packed; null where it cannot be unpacked, or is longer.
     *
     * @param most so many bytes at most may come out of it
     */
    byte @Nullable [] unpack(byte[] body, int most) {
        if (lastFirst.size() > MOST || !Collections.disjoint(lastFirst, UNREADABLE)) {
            return null;
        }
        byte[] unpacked = body;
        try {
            for (String name : lastFirst) {
                InputStream packed = new ByteArrayInputStream(unpacked);
                try (InputStream in =
                        name.equals("deflate") ? new InflaterInputStream(packed) : new GZIPInputStream(packed)) {
                    unpacked = in.readNBytes(most + 1);
                }
                if (unpacked.length > most) {
                    return null;
                }
            }
        } catch (IOException e) {
            return null;
        }
        return unpacked;
    }
}
