package io.lsqroutes.budget;

import io.lsqroutes.event.Lane;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * The calls that wait for their permits, in the order in which each lane makes them: what has failed before lets somebody
 * who waits for the first time go first. Not synchronised.
 */
final class WaitingCalls {
    private final Map<Lane, Deque<WaitingCall>> first = new EnumMap<>(Lane.class);
    private final Map<Lane, Deque<WaitingCall>> again = new EnumMap<>(Lane.class);

    WaitingCalls() {
        for (Lane lane : Lane.values()) {
            first.put(lane, new ArrayDeque<>());
            again.put(lane, new ArrayDeque<>());
        }
    }

    private static Deque<WaitingCall> of(Map<Lane, Deque<WaitingCall>> calls, Lane lane) {
        return Objects.requireNonNull(calls.get(lane));
    }

    private List<Deque<WaitingCall>> all() {
        List<Deque<WaitingCall>> all = new ArrayList<>(first.values());
        all.addAll(again.values());
        return all;
    }

    /** A campaign is in no hurry, and never ends soon: what failed there keeps its place. */
    void add(WaitingCall call) {
        boolean letsOthersPass = call.again() && call.lane() == Lane.INTERACTIVE;
        of(letsOthersPass ? again : first, call.lane()).addLast(call);
    }

    Set<Lane> lanes() {
        Set<Lane> lanes = EnumSet.allOf(Lane.class);
        lanes.removeIf(lane -> of(first, lane).isEmpty() && of(again, lane).isEmpty());
        return lanes;
    }

    WaitingCall next(Lane lane) {
        return of(first, lane).isEmpty()
                ? of(again, lane).removeFirst()
                : of(first, lane).removeFirst();
    }

    /** Takes out what must not be made any more, each with the reason. */
    Map<WaitingCall, Exception> objected(Function<Exchange, @Nullable Exception> objection) {
        Map<WaitingCall, Exception> objected = new LinkedHashMap<>();
        for (Deque<WaitingCall> calls : all()) {
            calls.removeIf(call -> {
                Exception why = objection.apply(call.exchange());
                if (why != null) {
                    objected.put(call, why);
                }
                return why != null;
            });
        }
        return objected;
    }

    List<WaitingCall> removeAll() {
        List<WaitingCall> removed = new ArrayList<>();
        all().forEach(calls -> {
            removed.addAll(calls);
            calls.clear();
        });
        return removed;
    }
}
