package io.lsqroutes.breaker;

import io.lsqroutes.attempt.CallKind;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** When each kind of call last went well, and for whom. Not synchronised. */
final class Successes {
    private final Map<CallKind, Last> last = new EnumMap<>(CallKind.class);

    /**
     * @param othersAt when a call last went well for another person; null where none has
     */
    private record Last(String person, long at, @Nullable Long othersAt) {
        Last then(String next, long now) {
            return new Last(next, now, next.equals(person) ? othersAt : Long.valueOf(at));
        }
    }

    void add(CallKind call, String person, long now) {
        Last before = last.get(call);
        last.put(call, before == null ? new Last(person, now, null) : before.then(person, now));
    }

    /** When such a call last went well for another person than this one; null where none has. */
    @Nullable
    Long lastOfAnother(CallKind call, String person) {
        Last success = last.get(call);
        if (success == null) {
            return null;
        }
        return success.person().equals(person) ? success.othersAt() : Long.valueOf(success.at());
    }
}
