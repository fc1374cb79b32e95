package io.lsqroutes.delivery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lsqroutes.delivery.JournalEntry.State;
import io.lsqroutes.event.EventHead;
import io.lsqroutes.event.Progress;
import io.lsqroutes.event.Source;
import io.lsqroutes.outcome.Status;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** How the journal's records are written; the bundle's own keys start with a slash, which no event's key does. */
final class JournalFormat {
    private static final int VERSION = 1;
    private static final ObjectMapper MAPPER = JsonMapper.builder().build();

    private JournalFormat() {}

    /** Ids are told apart by what they ask for. */
    static String key(EventHead event) {
        return event.type().label() + '/' + event.eventId();
    }

    /** The key of a record that uses up no event id. */
    static String recordKey(Source source) {
        return "/record/" + source.topic() + '-' + source.partition() + '-' + source.offset();
    }

    static boolean isEvent(String key) {
        return !key.startsWith("/");
    }

    static byte[] write(JournalEntry entry) {
        Progress progress = entry.progress();
        Source source = entry.source();
        ObjectNode json = MAPPER.createObjectNode()
                .put("version", VERSION)
                .put("state", entry.state().name())
                .put("calls", progress.calls())
                .put("charged", progress.charged())
                .put("effectPossible", progress.effectPossible())
                .put("resent", progress.resent())
                .put("fingerprint", entry.fingerprint())
                .put("status", entry.status() == null ? null : entry.status().name())
                .put("topic", source.topic())
                .put("partition", source.partition())
                .put("offset", source.offset())
                .put("timestamp", source.timestamp());
        try {
            return MAPPER.writeValueAsBytes(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a journal entry is always writable", e);
        }
    }

    /**
     * Reads an entry.
     *
     * @throws IllegalStateException if the record is not this version's: acting on half an understanding would repeat calls
     */
    static JournalEntry read(byte[] value) {
        try {
            JsonNode json = MAPPER.readTree(value);
            if (json.path("version").asInt() != VERSION) {
                throw new IllegalStateException(
                        "The journal is written in version " + json.path("version") + "; known is " + VERSION);
            }
            return new JournalEntry(
                    State.valueOf(json.path("state").textValue()),
                    new Progress(
                            json.path("calls").intValue(),
                            json.path("charged").intValue(),
                            json.path("effectPossible").booleanValue(),
                            json.path("resent").booleanValue()),
                    new Source(
                            json.path("topic").textValue(),
                            json.path("partition").intValue(),
                            json.path("offset").longValue(),
                            json.path("timestamp").longValue()),
                    json.path("fingerprint").textValue(),
                    status(json.path("status").textValue()));
        } catch (IOException e) {
            throw new IllegalStateException("The journal holds a record that is not its own", e);
        }
    }

    private static @Nullable Status status(@Nullable String name) {
        return name == null ? null : Status.valueOf(name);
    }
}
