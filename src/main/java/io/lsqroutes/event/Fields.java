package io.lsqroutes.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
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
    static Fields of(ObjectNode object, Set<String> known) throws ContractViolation {
        return checked(object, "", known);
    }

    private static Fields checked(ObjectNode object, String path, Set<String> known) throws ContractViolation {
        for (var names = object.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            for (String meant : known) {
                if (!name.equals(meant) && name.equalsIgnoreCase(meant)) {
                    throw new ContractViolation("misspelt-field", path + meant);
                }
            }
        }
        return new Fields(object, path);
    }

    boolean has(String name) {
        return present(name) != null;
    }

    @Nullable
    String text(String name) throws ContractViolation {
        JsonNode node = present(name);
        if (node == null) {
            return null;
        }
        if (!node.isTextual()) {
            throw new ContractViolation("not-text", path + name);
        }
        String text = node.textValue();
        if (text.isBlank() || !isPlain(text)) {
            throw new ContractViolation("bad-text", path + name);
        }
        return text;
    }

    @Nullable
    Secret secret(String name) throws ContractViolation {
        JsonNode node = present(name);
        if (node == null) {
            return null;
        }
        if (!node.isTextual()) {
            throw new ContractViolation("not-text", path + name);
        }
        // A password may hold blanks; it may not be empty, nor what cannot be written as UTF-8.
        if (node.textValue().isEmpty() || !isPlain(node.textValue())) {
            throw new ContractViolation("bad-text", path + name);
        }
        return new Secret(node.textValue());
    }

    /** An address: blanks around it are trimmed (they alone: a line separator is none), and characters that nobody sees are none of it. */
    @Nullable
    String address(String name) throws ContractViolation {
        String text = text(name);
        return text == null ? null : visible(name, text.trim());
    }

    private String visible(String name, String text) throws ContractViolation {
        if (VisibleText.holdsInvisible(text)) {
            throw new ContractViolation("bad-text", path + name);
        }
        return text;
    }

    @Nullable
    Instant time(String name) throws ContractViolation {
        String text = text(name);
        if (text == null) {
            return null;
        }
        Instant time = EventTime.read(text);
        if (time == null) {
            throw new ContractViolation("bad-time", path + name);
        }
        return time;
    }

    /** A time that nothing hangs on: null where it cannot be read, whatever stands in its place. */
    @Nullable
    Instant optionalTime(String name) {
        JsonNode node = present(name);
        return node == null || !node.isTextual() ? null : EventTime.read(node.textValue());
    }

    @Nullable
    Fields object(String name, Set<String> known) throws ContractViolation {
        JsonNode node = present(name);
        if (node == null) {
            return null;
        }
        if (node instanceof ObjectNode child) {
            return checked(child, path + name + '.', known);
        }
        throw new ContractViolation("not-an-object", path + name);
    }

    /** The text of a field that must be there. */
    String required(String name) throws ContractViolation {
        return there(name, text(name));
    }

    /** The address that must be there. */
    String requiredAddress(String name) throws ContractViolation {
        return there(name, address(name));
    }

    private String there(String name, @Nullable String text) throws ContractViolation {
        if (text == null) {
            throw new ContractViolation("missing-field", path + name);
        }
        return visible(name, text);
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
