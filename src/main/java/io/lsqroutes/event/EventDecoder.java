package io.lsqroutes.event;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lsqroutes.event.Person.EmailAddress;
import io.lsqroutes.event.Person.SearchKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads one record as an event; what breaks the contract becomes an {@link InvalidEvent} instead of an exception. */
public final class EventDecoder {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._:-]{1,64}");
    private static final Set<String> FIELDS = Set.of(
            "eventId",
            "campaignId",
            "emailAddress",
            "searchKey",
            "recipientField",
            "authKey",
            "currentPassword",
            "newPassword",
            "requestedAt",
            "expiresAt");

    /** Earlier ones are seconds taken for milliseconds, or none at all. */
    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
    /** A clock that is further ahead is wrong. */
    private static final Duration FARTHEST_AHEAD = Duration.ofDays(1);

    private final EventRules rules;
    private final Clock clock;

    /**
     * @param clock tells when a record is read: its event expires by that where the record has no usable time
     */
    public EventDecoder(EventRules rules, Clock clock) {
        this.rules = rules;
        this.clock = clock;
    }

    public Event decode(IncomingRecord incoming, byte @Nullable [] value) {
        EventHead head = head(incoming, incoming.source().eventId(), null, null, null);
        try {
            ObjectNode document = StrictJson.read(value);
            // The id first: with it, even an event that breaks the contract is answered under its own name.
            String eventId = id(Fields.of(document, Set.of()), "eventId");
            if (eventId != null) {
                head = head(incoming, eventId, null, null, null);
            }
            Fields fields = Fields.of(document, FIELDS);
            head = head(
                    incoming,
                    head.eventId(),
                    id(fields, "campaignId"),
                    fields.optionalTime("requestedAt"),
                    fields.time("expiresAt"));
            return incoming.type() == EventType.RESET ? reset(head, fields) : change(head, fields);
        } catch (ContractViolation e) {
            return new InvalidEvent(head, e.code(), e.location());
        }
    }

    private EventHead head(
            IncomingRecord incoming,
            String eventId,
            @Nullable String campaignId,
            @Nullable Instant requestedAt,
            @Nullable Instant expiresAt) {
        boolean campaign = incoming.type() == EventType.RESET && (incoming.campaign() || campaignId != null);
        Lane lane = campaign ? Lane.CAMPAIGN : Lane.INTERACTIVE;
        Instant expiry =
                expiresAt != null ? expiresAt : written(incoming.source()).plus(rules.expiry(incoming.type(), lane));
        return new EventHead(
                eventId,
                incoming.type(),
                lane,
                campaignId,
                requestedAt,
                expiry,
                incoming.traceparent(),
                incoming.source());
    }

    private Instant written(RecordPosition source) {
        Instant written = Instant.ofEpochMilli(source.timestamp());
        Instant now = clock.instant();
        boolean usable = !written.isBefore(EARLIEST) && !written.isAfter(now.plus(FARTHEST_AHEAD));
        return usable ? written : now;
    }

    private static @Nullable String id(Fields fields, String name) throws ContractViolation {
        String given = fields.text(name);
        if (given != null && !ID.matcher(given).matches()) {
            throw new ContractViolation("bad-id", name);
        }
        return given;
    }

    private ResetRequested reset(EventHead head, Fields fields) throws ContractViolation {
        for (String secret : new String[] {"authKey", "currentPassword", "newPassword"}) {
            if (fields.has(secret)) {
                throw new ContractViolation("wrong-topic", secret);
            }
        }
        Person person = person(fields);
        if (person == null) {
            throw new ContractViolation("no-person", "record");
        }
        return new ResetRequested(head, person, recipientField(fields));
    }

    private static ChangeRequested change(EventHead head, Fields fields) throws ContractViolation {
        Person person = person(fields);
        Secret authKey = fields.secret("authKey");
        if (person == null && authKey == null) {
            throw new ContractViolation("no-person", "record");
        }
        if (fields.has("recipientField")) {
            throw new ContractViolation("wrong-topic", "recipientField");
        }
        return new ChangeRequested(
                head, person, authKey, password(fields, "currentPassword"), password(fields, "newPassword"));
    }

    private static Secret password(Fields fields, String name) throws ContractViolation {
        Secret password = fields.secret(name);
        if (password == null) {
            throw new ContractViolation("no-password", name);
        }
        return password;
    }

    private static @Nullable Person person(Fields fields) throws ContractViolation {
        String emailAddress = fields.address("emailAddress");
        Fields searchKey = fields.object("searchKey", Set.of("schemaName", "value"));
        if (emailAddress != null && searchKey != null) {
            throw new ContractViolation("two-persons", "record");
        }
        if (emailAddress != null) {
            return new EmailAddress(emailAddress);
        }
        return searchKey == null
                ? null
                : new SearchKey(searchKey.required("schemaName"), searchKey.requiredAddress("value"));
    }

    private @Nullable String recipientField(Fields fields) throws ContractViolation {
        Fields field = fields.object("recipientField", Set.of("schemaName"));
        if (field == null) {
            return null;
        }
        if (!fields.has("searchKey")) {
            throw new ContractViolation("recipient-field-without-search-key", "recipientField");
        }
        String schemaName = field.required("schemaName");
        if (!rules.recipientFields().contains(schemaName)) {
            throw new ContractViolation("recipient-field-not-allowed", "recipientField.schemaName");
        }
        return schemaName;
    }
}
