package io.lsqroutes.it.network;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Where one request or answer ends and the next begins. */
public interface Framing {
    /** The next one, whole; null where the stream ends. */
    byte @Nullable [] read(InputStream in) throws IOException;
}
