package io.lsqroutes.budget;

import static org.assertj.core.api.Assertions.assertThat;

import io.lsqroutes.event.Lane;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Set;

/** A budget in a world of its own: calls come, take their time and are refused, and every grant is noted. */
final class Calls {
    /**
     * A call that waits for its turn.
     *
     * @param comesAfter the call before it, in milliseconds
     * @param takes until its answer, in milliseconds
     * @param refused whether the answer is that it was one too many
     */
    record Call(Lane lane, int comesAfter, int takes, boolean refused) {}

    /**
     * @param number of the grants before it
     * @param both whether calls of both lanes waited
     * @param campaignCould whether the campaign had a permit left
     * @param allowed calls of a window, then
     * @param sinceLast nanoseconds since the grant before it
     */
    record Grant(int number, Call call, long at, boolean both, boolean campaignCould, int allowed, long sinceLast) {
        Lane lane() {
            return call.lane();
        }

        long answeredAt() {
            return at + millis(call.takes());
        }
    }

    /**
     * When nothing may be granted.
     *
     * @param after so many grants
     */
    record Hold(int after, long until) {}

    private final CallLimits limits;
    private final Budget budget;
    private final Map<Lane, Deque<Call>> waiting = new EnumMap<>(Lane.class);
    private final PriorityQueue<Grant> out =
            new PriorityQueue<>((one, other) -> Long.compare(one.answeredAt(), other.answeredAt()));
    private final Deque<Call> toCome;
    private long now;
    private long nextComes;

    final List<Grant> grants = new ArrayList<>();
    final List<Hold> holds = new ArrayList<>();

    private Calls(CallLimits limits, List<Call> calls) {
        this.limits = limits;
        this.toCome = new ArrayDeque<>(calls);
        this.budget = new Budget(limits, 0);
        for (Lane lane : Lane.values()) {
            waiting.put(lane, new ArrayDeque<>());
        }
        nextComes = calls.isEmpty() ? 0 : millis(calls.get(0).comesAfter());
    }

    static long millis(long millis) {
        return Duration.ofMillis(millis).toNanos();
    }

    /** All of these calls, until the last one is answered. */
    static Calls made(CallLimits limits, List<Call> calls) {
        Calls world = new Calls(limits, calls);
        while (world.goesOn()) {
            // The next thing happens.
        }
        assertThat(world.grants).as("every call is made").hasSameSizeAs(calls);
        return world;
    }

    private Deque<Call> queue(Lane lane) {
        return Objects.requireNonNull(waiting.get(lane));
    }

    private boolean goesOn() {
        Set<Lane> lanes = EnumSet.allOf(Lane.class);
        lanes.removeIf(lane -> queue(lane).isEmpty());
        NextGrant turn = budget.next(lanes, now);
        if (turn.inNanos() <= 0) {
            grant(turn.lane(), lanes);
            return true;
        }
        long granted = turn.inNanos() == Long.MAX_VALUE ? Long.MAX_VALUE : now + turn.inNanos();
        long answered = out.isEmpty() ? Long.MAX_VALUE : out.element().answeredAt();
        long comes = toCome.isEmpty() ? Long.MAX_VALUE : nextComes;
        long next = Math.min(granted, Math.min(answered, comes));
        if (next == Long.MAX_VALUE) {
            return false;
        }
        now = next;
        if (next == answered) {
            answer(out.remove());
        } else if (next == comes) {
            come();
        }
        return true;
    }

    private void grant(Lane lane, Set<Lane> lanes) {
        int campaignOut =
                (int) out.stream().filter(call -> call.lane() == Lane.CAMPAIGN).count();
        boolean could = out.size() < limits.maxInFlight() && campaignOut < Math.max(1, limits.maxInFlight() - 2);
        long last = grants.isEmpty() ? 0 : grants.get(grants.size() - 1).at();
        Grant grant = new Grant(
                grants.size(),
                queue(lane).removeFirst(),
                now,
                lanes.size() == 2,
                could,
                budget.allowed(now),
                now - last);
        budget.grant(lane, lanes, now);
        out.add(grant);
        grants.add(grant);
    }

    private void answer(Grant grant) {
        if (grant.call().refused()) {
            budget.rateLimited(0, now);
            holds.add(new Hold(grants.size(), now + limits.windowNanos()));
        }
        budget.answered(grant.lane(), now);
    }

    private void come() {
        Call call = toCome.removeFirst();
        queue(call.lane()).addLast(call);
        nextComes = toCome.isEmpty() ? 0 : now + millis(toCome.getFirst().comesAfter());
    }

    /** The calls whose slot is taken right after this grant, itself among them. */
    long takenAt(Grant grant) {
        return grants.subList(0, grant.number() + 1).stream()
                .filter(earlier -> earlier.answeredAt() + limits.windowNanos() > grant.at())
                .count();
    }

    long outAt(Grant grant, Lane... lanes) {
        Set<Lane> counted = EnumSet.copyOf(List.of(lanes));
        return grants.subList(0, grant.number() + 1).stream()
                .filter(earlier -> counted.contains(earlier.lane()) && earlier.answeredAt() > grant.at())
                .count();
    }
}
