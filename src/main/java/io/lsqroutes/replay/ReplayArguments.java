package io.lsqroutes.replay;

import io.lsqroutes.event.Status;
import io.lsqroutes.settings.Nearest;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the arguments of the replay command and collects what is wrong with them. */
final class ReplayArguments {
    private static final String DRY_RUN = "--dry-run";
    private static final List<String> KNOWN =
            List.of("--status", "--reason", "--since", "--expires-in", DRY_RUN, "--help");
    private static final Set<String> WITH_VALUE = Set.copyOf(KNOWN.subList(0, 4));
    private static final Pattern DURATION = Pattern.compile("([1-9][0-9]{0,5})([smhd])");

    private final Clock clock;
    private final Map<String, String> values = new HashMap<>();
    private final List<String> problems = new ArrayList<>();

    ReplayArguments(List<String> arguments, Clock clock) {
        this.clock = clock;
        for (Iterator<String> rest = arguments.iterator(); rest.hasNext(); ) {
            take(rest.next(), rest);
        }
    }

    private void take(String argument, Iterator<String> rest) {
        int equals = argument.startsWith("--") ? argument.indexOf('=') : -1;
        String option = equals < 0 ? argument : argument.substring(0, equals);
        String value = equals < 0 ? null : argument.substring(equals + 1);
        if (WITH_VALUE.contains(option)) {
            if (value == null) {
                value = rest.hasNext() ? rest.next() : "";
            }
        } else if (!argument.equals(DRY_RUN)) {
            problems.add("unknown argument '" + argument + "'" + Nearest.hint(option, KNOWN));
            return;
        }
        if (values.put(option, value == null ? "" : value) != null) {
            problems.add(option + " is given twice");
        }
    }

    List<String> problems() {
        return problems;
    }

    /** Holds only as long as there are no problems. */
    ReplayRequest request() {
        return new ReplayRequest(
                statuses(),
                new HashSet<>(list("--reason", "reason codes, such as http-500,answer-lost")),
                since(),
                values.containsKey("--expires-in") ? duration("--expires-in", "a time such as 15m, 24h or 7d") : null,
                values.containsKey(DRY_RUN));
    }

    private Set<Status> statuses() {
        String allowed = "one or more of "
                + String.join(
                        ",",
                        ReplayRequest.STATUSES.stream()
                                .map(Status::name)
                                .sorted()
                                .toList());
        Set<Status> statuses = EnumSet.noneOf(Status.class);
        if (!values.containsKey("--status")) {
            problems.add("--status is missing; expected " + allowed);
        }
        for (String name : list("--status", allowed)) {
            ReplayRequest.STATUSES.stream()
                    .filter(status -> status.name().equals(name))
                    .findFirst()
                    .ifPresentOrElse(statuses::add, () -> unexpected("--status", name, allowed));
        }
        return statuses;
    }

    private List<String> list(String option, String expected) {
        String value = values.get(option);
        if (value == null) {
            return List.of();
        }
        List<String> items =
                Arrays.stream(value.split(",", -1)).map(String::trim).toList();
        if (items.contains("")) {
            unexpected(option, value, expected);
            return List.of();
        }
        return items;
    }

    private @Nullable Instant since() {
        String value = values.get("--since");
        if (value == null) {
            return null;
        }
        if (DURATION.matcher(value).matches()) {
            return clock.instant().minus(duration("--since", ""));
        }
        try {
            return OffsetDateTime.parse(value).toInstant();
        } catch (DateTimeException e) {
            unexpected("--since", value, "a time such as 2026-11-22T10:00:00Z, or how long ago, such as 24h");
            return null;
        }
    }

    private Duration duration(String option, String expected) {
        String value = values.getOrDefault(option, "");
        Matcher matcher = DURATION.matcher(value);
        if (!matcher.matches()) {
            unexpected(option, value, expected);
            return Duration.ZERO;
        }
        long count = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
        };
    }

    private void unexpected(String option, String value, String expected) {
        problems.add(option + " is '" + value + "'; expected " + expected);
    }
}
