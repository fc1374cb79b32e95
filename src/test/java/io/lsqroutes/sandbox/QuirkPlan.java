package io.lsqroutes.sandbox;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Which call meets which quirk: planned for a person, typed into an address, or an outage for all. */
final class QuirkPlan {
    private static final Pattern TYPED = Pattern.compile(Arrays.stream(Quirk.values())
            .map(Quirk::tag)
            .collect(Collectors.joining("|", "\\+(", ")(?:-(always|[1-9]\\d{0,5}))?@")));

    private final Map<String, Deque<Planned>> planned = new HashMap<>();
    private final Map<String, Integer> typedCalls = new HashMap<>();
    private List<Quirk> outage = List.of();
    private int outageCalls;

    private record Planned(Quirk quirk, int times) {}

    /** Quirks planned for the same key are met one after the other. */
    synchronized void plan(String key, Quirk quirk, int times) {
        if (times < 1) {
            throw new IllegalArgumentException("a quirk is met at least once");
        }
        planned.computeIfAbsent(key, unused -> new ArrayDeque<>()).add(new Planned(quirk, times));
    }

    synchronized Optional<Quirk> next(String key) {
        Deque<Planned> waiting = planned.getOrDefault(key, new ArrayDeque<>());
        Planned first = waiting.poll();
        if (first == null) {
            return Optional.empty();
        }
        if (first.times() == Integer.MAX_VALUE) {
            waiting.addFirst(first);
        } else if (first.times() > 1) {
            waiting.addFirst(new Planned(first.quirk(), first.times() - 1));
        }
        return Optional.of(first.quirk());
    }

    synchronized Optional<Quirk> typedBy(String person) {
        Matcher typed = TYPED.matcher(person.toLowerCase(Locale.ROOT));
        if (!typed.find()) {
            return Optional.empty();
        }
        Quirk quirk = Quirk.tagged(typed.group(1));
        String suffix = typed.group(2);
        boolean always = suffix == null ? quirk.lasting() : suffix.equals("always");
        int times = suffix == null || always ? 1 : Integer.parseInt(suffix);
        int call = typedCalls.merge(person, 1, Integer::sum);
        return always || call <= times ? Optional.of(quirk) : Optional.empty();
    }

    synchronized void failAll(List<Quirk> inTurn) {
        outage = List.copyOf(inTurn);
        outageCalls = 0;
    }

    synchronized Optional<Quirk> outage() {
        return outage.isEmpty() ? Optional.empty() : Optional.of(outage.get(outageCalls++ % outage.size()));
    }
}
