package io.lsqroutes.delivery;

import io.lsqroutes.event.EventHead;
import io.lsqroutes.event.Progress;
import io.lsqroutes.outcome.Outcome;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What came of calls that were out when this process lost its ownership: should it become the owner again before anybody
 * else has handled the events, they are not in doubt. Safe for use by several threads.
 */
final class LateAnswers {
    private final Map<String, Outcome> outcomes = new HashMap<>();
    private final Map<String, Progress> progress = new HashMap<>();
    private final Map<String, EventHead> heads = new HashMap<>();

    synchronized void add(String key, Outcome outcome) {
        outcomes.put(key, outcome);
    }

    synchronized void add(String key, EventHead head, Progress answered) {
        heads.put(key, head);
        progress.put(key, answered);
    }

    /** What became of the call that the journal takes for one without an answer; null where that is not known. */
    synchronized @Nullable Outcome outcome(String key, JournalEntry calling) {
        Outcome outcome = outcomes.remove(key);
        boolean fits = outcome != null
                && outcome.event().source().equals(calling.source())
                && outcome.calls() == calling.progress().calls();
        return fits ? outcome : null;
    }

    /** The same for a call that was answered, with another one to follow. */
    synchronized @Nullable Progress progress(String key, JournalEntry calling) {
        Progress answered = progress.remove(key);
        EventHead head = heads.remove(key);
        boolean fits = answered != null
                && head != null
                && head.source().equals(calling.source())
                && answered.calls() == calling.progress().calls();
        return fits ? answered : null;
    }

    synchronized void clear() {
        outcomes.clear();
        progress.clear();
        heads.clear();
    }
}
