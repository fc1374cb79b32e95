package io.lsqroutes.topics;

import io.lsqroutes.event.EventType;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The topics of the contract under the names of this installation. */
public record TopicNames(
        String reset, String campaign, String change, String results, String deadLetters, String journal) {

    /** Fewer than six where two have the same name. */
    public Set<String> all() {
        return new HashSet<>(List.of(reset, campaign, change, results, deadLetters, journal));
    }

    /** Where events come from. */
    List<String> events() {
        return List.of(reset, campaign, change);
    }

    /** Where the ledger writes. */
    List<String> outputs() {
        return List.of(results, deadLetters, journal, campaign);
    }

    public EventType typeOf(String topic) {
        return topic.equals(change) ? EventType.CHANGE : EventType.RESET;
    }
}
