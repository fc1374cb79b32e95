package io.lsqroutes.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Writes an event anew in the contract's form, with its id, and the time it is good until, spelt out. */
public final class EventJson {
    private static final ObjectMapper MAPPER = JsonMapper.builder().build();

    private EventJson() {}

    /** A reset; it names the person, and holds no secret. */
    public static byte[] write(ResetRequested event, Instant expiresAt) {
        ObjectNode json = head(event.head(), expiresAt);
        person(json, event.person());
        if (event.recipientField() != null) {
            json.putObject("recipientField").put("schemaName", event.recipientField());
        }
        return bytes(json);
    }

    /**
     * A change <strong>with the passwords and the key it carries</strong>: for the change topic, whose short retention is made
     * for them, and for no other place.
     */
    public static byte[] writeWithSecrets(ChangeRequested event, Instant expiresAt) {
        ObjectNode json = head(event.head(), expiresAt);
        if (event.person() != null) {
            person(json, event.person());
        }
        if (event.authKey() != null) {
            json.put("authKey", event.authKey().reveal());
        }
        return bytes(json.put("currentPassword", event.currentPassword().reveal())
                .put("newPassword", event.newPassword().reveal()));
    }

    private static ObjectNode head(EventHead head, Instant expiresAt) {
        ObjectNode json = MAPPER.createObjectNode().put("eventId", head.eventId());
        putIfKnown(json, "campaignId", head.campaignId());
        putIfKnown(json, "requestedAt", head.requestedAt());
        return json.put("expiresAt", expiresAt.toString());
    }

    private static void putIfKnown(ObjectNode json, String field, @Nullable Object value) {
        if (value != null) {
            json.put(field, value.toString());
        }
    }

    private static void person(ObjectNode json, Person person) {
        if (person instanceof Person.EmailAddress) {
            json.put("emailAddress", person.value());
        } else {
            json.putObject("searchKey").put("schemaName", person.schemaName()).put("value", person.value());
        }
    }

    private static byte[] bytes(ObjectNode json) {
        try {
            return MAPPER.writeValueAsBytes(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an event is always writable", e);
        }
    }
}
