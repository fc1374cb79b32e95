package io.lsqroutes.settings;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The directory of secrets: each file is named for the key whose value it holds. */
final class SecretFiles {
    /** A chain of certificates has some thousand bytes; what is larger was put there by mistake. */
    private static final int LARGEST = 1 << 20;

    private final Path directory;

    SecretFiles(Path directory) {
        this.directory = directory;
    }

    /** Says why a file cannot be read as a value, and never what is in it. */
    static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        Unreadable(Path file, String why) {
            super("its file " + file + " " + why, null, false, false);
        }
    }

    /**
     * What the file of this key says now; null where there is none, or where it is empty.
     *
     * @throws Unreadable if it cannot be read, or is no text
     */
    @Nullable
    String value(String key) throws Unreadable {
        Path file = directory.resolve(key);
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return null;
        }
        String text = text(file, bytes(file));
        return text.isBlank() ? null : text;
    }

    private static byte[] bytes(Path file) throws Unreadable {
        if (Files.isDirectory(file)) {
            throw new Unreadable(file, "is a directory; expected a file that holds the value");
        }
        if (!Files.exists(file)) {
            throw new Unreadable(file, "is a link to nothing; expected a file that holds the value");
        }
        // A pipe would be waited for without end.
        if (!Files.isRegularFile(file)) {
            throw new Unreadable(file, "is a device or a pipe; expected a file that holds the value");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(LARGEST + 1);
            if (bytes.length > LARGEST) {
                throw new Unreadable(file, "is larger than " + LARGEST + " bytes");
            }
            return bytes;
        } catch (AccessDeniedException e) {
            throw new Unreadable(file, "may not be read by this process; expected leave to read it");
        } catch (IOException e) {
            throw new Unreadable(file, "cannot be read (" + e.getClass().getSimpleName() + ")");
        }
    }

    private static String text(Path file, byte[] bytes) throws Unreadable {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            if (text.startsWith("\uFEFF")) {
                throw new Unreadable(file, "begins with a byte order mark; expected UTF-8 without one");
            }
            // An editor or "echo" ends the file with a line break that is no part of the secret.
            return text.replaceFirst("[\\r\\n]+$", "");
        } catch (CharacterCodingException e) {
            throw new Unreadable(file, "is not UTF-8; expected the value as UTF-8 text");
        }
    }

    /** Files whose names are no keys: mistyped ones, most likely. Kubernetes' own links and hidden files are none of them. */
    NavigableSet<String> unknown(Set<String> keys) {
        NavigableSet<String> unknown = new TreeSet<>();
        try (Stream<Path> files = Files.list(directory)) {
            files.filter(Files::isRegularFile)
                    .map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> !name.startsWith(".") && !keys.contains(name))
                    .forEach(unknown::add);
        } catch (IOException e) {
            // There is no such directory, or it may not be listed; files in it are found by their names all the same.
        }
        return unknown;
    }
}
