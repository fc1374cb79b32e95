package io.lsqroutes.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The fields of one object of an event, read without guessing: text is text, and a field that is nearly a known one is a mistake. */
final class Fields {
    private final ObjectNode object;
    private final String path;

    private Fields(ObjectNode object, String path) {
        this.object = object;
        this.path = path;
    }

    /** Fields that are not known are ignored, unless they differ from a known one by case alone. */
    static Fields of(ObjectNode object, Set<String> known) throws Breach {
        return checked(object, "", known);
    }

    private static Fields checked(ObjectNode object, String path, Set<String> known) throws Breach {
        for (var names = object.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            for (String meant : known) {
                if (!name.equals(meant) && name.equalsIgnoreCase(meant)) {
                    throw new Breach("misspelt-field", path + meant);
                }
            }
        }
        return new Fields(object, path);
    }

    boolean has(String name) {
        return present(name) != null;
    }

    @Nullable
    String text(String name) throws Breach {
        JsonNode node = present(name);
        if (node == null) {
            return null;
        }
        if (!node.isTextual()) {
            throw new Breach("not-text", path + name);
        }
        String text = node.textValue();
        if (text.isBlank() || !isPlain(text)) {
            throw new Breach("bad-text", path + name);
        }
        return text;
    }

    @Nullable
    Secret secret(String name) throws Breach {
        JsonNode node = present(name);
        if (node == null) {
            return null;
        }
        if (!node.isTextual()) {
            throw new Breach("not-text", path + name);
        }
        // A password may hold blanks; it may not be empty, nor what cannot be written as UTF-8.
        if (node.textValue().isEmpty() || !isPlain(node.textValue())) {
            throw new Breach("bad-text", path + name);
        }
        return new Secret(node.textValue());
    }

    @Nullable
    Instant time(String name) throws Breach {
        String text = text(name);
        if (text == null) {
            return null;
        }
        try {
            // The year in UTC, in which it is written back: one beyond a calendar's cannot be.
            OffsetDateTime time = OffsetDateTime.parse(text).withOffsetSameInstant(ZoneOffset.UTC);
            if (time.getYear() >= 1970 && time.getYear() <= 9999) {
                return time.toInstant();
            }
        } catch (DateTimeException e) {
            // The same answer as for a year that is out of the question.
        }
        throw new Breach("bad-time", path + name);
    }

    @Nullable
    Fields object(String name, Set<String> known) throws Breach {
        JsonNode node = present(name);
        if (node == null) {
            return null;
        }
        if (node instanceof ObjectNode child) {
            return checked(child, path + name + '.', known);
        }
        throw new Breach("not-an-object", path + name);
    }

    /** The text of a field that must be there. */
    String required(String name) throws Breach {
        String text = text(name);
        if (text == null) {
            throw new Breach("missing-field", path + name);
        }
        return text;
    }

    private @Nullable JsonNode present(String name) {
        JsonNode node = object.get(name);
        return node == null || node.isNull() ? null : node;
    }

    /** No control characters and no half of a surrogate pair: both reach the portal as something else than was meant. */
    private static boolean isPlain(String text) {
        return text.codePoints()
                .noneMatch(
                        c -> Character.getType(c) == Character.CONTROL || Character.getType(c) == Character.SURROGATE);
    }
}
