package io.lsqroutes.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads one small JSON object from UTF-8 bytes and nothing else: no duplicate fields, no trailing
 * content, and no deeper than {@value #MAX_DEPTH} levels.
 *
 * <p>A parser's own messages quote the document ("Unrecognized token 'hunter2'"), so only places leave this class.
 */
final class StrictJson {
    static final int MAX_BYTES = 16 * 1024;
    static final int MAX_DEPTH = 200;

    private static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxStringLength(MAX_BYTES)
                            .maxNumberLength(MAX_BYTES)
                            .maxNameLength(MAX_BYTES)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private StrictJson() {}

    static ObjectNode read(byte @Nullable [] document) throws ContractViolation {
        if (document == null) {
            throw new ContractViolation("no-value", "record");
        }
        if (document.length > MAX_BYTES) {
            throw new ContractViolation("too-large", "byte " + MAX_BYTES);
        }
        return object(parse(text(document)));
    }

    /** Decoded here, because a JSON parser guesses at UTF-16 and Kafka's own decoder replaces what it cannot read. */
    private static String text(byte[] document) throws ContractViolation {
        ByteBuffer bytes = ByteBuffer.wrap(document);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(bytes)
                    .toString();
        } catch (CharacterCodingException e) {
            throw new ContractViolation("not-utf-8", "byte " + bytes.position());
        }
    }

    private static JsonNode parse(String text) throws ContractViolation {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            JsonLocation location = e.getLocation();
            throw new ContractViolation(
                    "not-json", location == null ? "record" : "character " + location.getCharOffset());
        }
    }

    private static ObjectNode object(JsonNode node) throws ContractViolation {
        if (node instanceof ObjectNode object) {
            return object;
        }
        throw new ContractViolation(node.isMissingNode() ? "not-json" : "not-an-object", "record");
    }
}
