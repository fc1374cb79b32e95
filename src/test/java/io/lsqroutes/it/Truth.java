package io.lsqroutes.it;

import com.fasterxml.jackson.databind.JsonNode;
import io.lsqroutes.sandbox.Portal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Holds what the outcomes claim against what the portal saw. Each event is a reset for a person of its own, {@code ID@example.com}. */
final class Truth {
    final int events;
    int withoutOneOutcome;
    int lost;
    int falseClaims;
    int repeatedCalls;
    int inDoubt;
    int windowsOverTheLimit;
    private final List<String> findings = new ArrayList<>();

    Truth(List<String> eventIds, List<ConsumerRecord<byte[], byte[]>> outcomes, Portal portal, int limit) {
        events = eventIds.size();
        Map<String, List<JsonNode>> byEvent = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> outcome : outcomes) {
            byEvent.computeIfAbsent(new String(outcome.key(), StandardCharsets.UTF_8), id -> new ArrayList<>())
                    .add(Topics.json(outcome));
        }
        Map<String, Integer> calls = new HashMap<>();
        portal.calls().forEach(call -> calls.merge(call.person(), 1, Integer::sum));
        for (String id : eventIds) {
            check(id, byEvent.getOrDefault(id, List.of()), calls.getOrDefault(id + "@example.com", 0));
        }
        windowsOverTheLimit = portal.refused() + (portal.mostCallsInAnyWindow() > limit ? 1 : 0);
    }

    private void check(String id, List<JsonNode> outcomes, int calls) {
        if (outcomes.size() != 1) {
            withoutOneOutcome++;
            lost += outcomes.isEmpty() ? 1 : 0;
            findings.add(id + " has " + outcomes.size() + " outcomes");
            return;
        }
        JsonNode outcome = outcomes.get(0);
        String status = outcome.path("status").asText();
        int claimed = outcome.path("calls").asInt();
        repeatedCalls += Math.max(0, calls - 1);
        boolean doubtful = status.equals("IN_DOUBT");
        inDoubt += doubtful ? 1 : 0;
        // The last call of an event in doubt may have arrived or not, and so may the one that was resent; no other is
        // unknown.
        int unknown = (doubtful ? 1 : 0) + (outcome.path("possibleDuplicate").asBoolean() ? 1 : 0);
        boolean known = doubtful || status.equals("SUCCEEDED");
        if (!known || calls > claimed || calls < claimed - unknown) {
            falseClaim(id, outcome, calls);
        }
    }

    private void falseClaim(String id, JsonNode outcome, int calls) {
        falseClaims++;
        findings.add(id + ": " + outcome.path("status").asText() + " with " + outcome.path("calls")
                + " calls, the portal saw " + calls);
    }

    List<String> findings() {
        return findings;
    }

    @Override
    public String toString() {
        return "%d events: lost %d, without exactly one outcome %d, false claims %d, repeated calls %d, in doubt %d, windows over the limit %d"
                .formatted(events, lost, withoutOneOutcome, falseClaims, repeatedCalls, inDoubt, windowsOverTheLimit);
    }
}
