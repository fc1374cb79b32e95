package io.lsqroutes.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes outcomes in the form of the results topic: every field always there, times in UTC with milliseconds. */
public final class OutcomeJson {
    private static final ObjectMapper MAPPER = JsonMapper.builder().build();
    private static final DateTimeFormatter UTC_MILLIS = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private OutcomeJson() {}

    public static byte[] write(Outcome outcome) {
        EventHead event = outcome.event();
        ObjectNode json = MAPPER.createObjectNode()
                .put("eventId", event.eventId())
                .put("type", event.type().label())
                .put("status", outcome.status().name())
                .put("campaignId", event.campaignId())
                .put("calls", outcome.calls())
                .put("possibleDuplicate", outcome.possibleDuplicate())
                .put("httpStatus", outcome.httpStatus())
                .put("code", outcome.code())
                .put("message", outcome.message())
                .put("leadId", outcome.leadId())
                .put("requestedAt", time(event.requestedAt()))
                .put("completedAt", time(outcome.completedAt()));
        json.set("source", source(event.origin()));
        Outcome.Original original = outcome.original();
        if (original != null) {
            json.putObject("original")
                    .put(
                            "status",
                            original.status() == null ? null : original.status().name())
                    .set("source", source(original.source()));
        }
        try {
            return MAPPER.writeValueAsBytes(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an outcome is always writable", e);
        }
    }

    private static ObjectNode source(RecordPosition source) {
        return MAPPER.createObjectNode()
                .put("topic", source.topic())
                .put("partition", source.partition())
                .put("offset", source.offset());
    }

    /** A time as the results topic and its headers write it. */
    public static @Nullable String time(@Nullable Instant time) {
        return time == null ? null : UTC_MILLIS.format(time);
    }
}
