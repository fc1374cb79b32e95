package io.lsqroutes.settings;

import io.lsqroutes.event.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.apache.camel.util.TimeUtils;
import org.jspecify.annotations.Nullable;

/** Reads single settings and collects what is wrong with them, so that one start shows every problem. */
final class SettingsReader {
    private static final Pattern TOPIC = Pattern.compile("[A-Za-z0-9._-]{1,249}");
    /** Leaves room for the longest default name. */
    private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9._-]{0,200}");

    private static final Pattern DIGITS = Pattern.compile("[0-9]+");
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|\\[::1]");

    static final String TOPIC_PREFIX = "lsq.topic.prefix";

    private final UnaryOperator<String> values;
    private final List<String> problems = new ArrayList<>();

    /**
     * @param values the value of each key; empty where it is not set
     */
    SettingsReader(UnaryOperator<String> values) {
        this.values = values;
    }

    List<String> problems() {
        return problems;
    }

    /** The name of a setting in the environment. */
    static String variable(String key) {
        return key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    void problem(String key, String what) {
        // A value that is repeated may hold line breaks, and a problem is one line.
        problems.add(key + " (" + variable(key) + "): " + what.replaceAll("\\p{Cc}", " "));
    }

    /** Whether no problem of this key was found so far. */
    boolean isFine(String key) {
        return problems.stream().noneMatch(problem -> problem.startsWith(key + " ("));
    }

    private void unexpected(String key, String value, String expected) {
        problem(key, (value.isEmpty() ? "is missing" : "is '" + value + "'") + "; expected " + expected);
    }

    private String value(String key) {
        return values.apply(key).trim();
    }

    boolean isSet(String key) {
        return !value(key).isEmpty();
    }

    /** Empty where it is not set. */
    String optional(String key) {
        return value(key);
    }

    String text(String key, String expected) {
        String value = value(key);
        if (value.isEmpty()) {
            problem(key, "is missing; expected " + expected);
        } else if (value.chars().anyMatch(Character::isISOControl)) {
            problem(key, "holds a control character; expected " + expected);
        }
        return value;
    }

    String oneOf(String key, List<String> allowed) {
        String value = value(key);
        if (!allowed.contains(value)) {
            unexpected(key, value, String.join(", ", allowed));
        }
        return value;
    }

    /** Host and port, or several with commas between. */
    String servers(String key) {
        String value = value(key);
        Optional<String> addresses = BrokerAddresses.read(value);
        if (addresses.isEmpty()) {
            unexpected(key, value, BrokerAddresses.EXPECTED);
        }
        return addresses.orElse(value);
    }

    /** Its value is never part of a problem. */
    @Nullable
    Secret secret(String key) {
        String value = value(key);
        if (value.isEmpty()) {
            return null;
        }
        if (value.chars().anyMatch(c -> c <= ' ' || c > '~')) {
            problem(key, "holds a blank or a character that cannot stand in a header");
        }
        return new Secret(value);
    }

    int count(String key, int least, int most) {
        String value = value(key);
        try {
            // Java would take the digits of every script.
            int count = DIGITS.matcher(value).matches() ? Integer.parseInt(value) : -1;
            if (count >= least && count <= most) {
                return count;
            }
        } catch (NumberFormatException e) {
            // Told below, with what is expected.
        }
        unexpected(key, value, "a whole number from " + least + " to " + most);
        return Math.max(1, least);
    }

    Duration duration(String key, Duration least, Duration most) {
        String value = value(key);
        try {
            // Camel takes a number without a unit for milliseconds; 5 for a window of 5 s would be no limit at all.
            boolean unit = !value.isEmpty() && Character.isLetter(value.charAt(value.length() - 1));
            Duration duration = Duration.ofMillis(TimeUtils.toMilliSeconds(value));
            if (unit && duration.compareTo(least) >= 0 && duration.compareTo(most) <= 0) {
                return duration;
            }
        } catch (RuntimeException e) {
            // Camel's parser also fails with index and arithmetic errors; told below, with what is expected.
        }
        unexpected(
                key, value, "a time from " + words(least) + " to " + words(most) + ", with its unit (ms, s, m, h, d)");
        return least;
    }

    /** As it is written in a setting. */
    static String words(Duration time) {
        if (time.toMillis() % 1_000 != 0) {
            return time.toMillis() + "ms";
        }
        if (time.toSeconds() % 60 != 0) {
            return time.toSeconds() + "s";
        }
        if (time.toMinutes() % 60 != 0) {
            return time.toMinutes() + "m";
        }
        return time.toHours() % 24 == 0 ? time.toDays() + "d" : time.toHours() + "h";
    }

    /** A time zone, whose midnight begins a day. */
    ZoneId zone(String key) {
        String value = value(key);
        try {
            return ZoneId.of(value);
        } catch (DateTimeException e) {
            unexpected(key, value, "a time zone such as UTC, Asia/Kolkata or +05:30");
            return ZoneOffset.UTC;
        }
    }

    boolean flag(String key) {
        String value = value(key);
        if (!value.equals("true") && !value.equals("false")) {
            unexpected(key, value, "true or false");
        }
        return value.equals("true");
    }

    List<String> list(String key, String expected) {
        List<String> values = Arrays.stream(value(key).split(","))
                .map(String::trim)
                .filter(item -> !item.isEmpty())
                .toList();
        if (values.isEmpty()) {
            problem(key, "is missing; expected " + expected);
        }
        return values;
    }

    static boolean isTopicPrefix(String value) {
        return PREFIX.matcher(value).matches();
    }

    /** What stands before the default names of topics and group, which are made of it already. */
    void topicPrefix() {
        String value = value(TOPIC_PREFIX);
        if (!isTopicPrefix(value)) {
            unexpected(TOPIC_PREFIX, value, "at most 200 letters, digits, '.', '_' and '-'");
        }
    }

    /** Where the route files are. */
    void routes(String key) {
        String value = value(key);
        List<String> missing = RouteFiles.missing(value);
        if (!missing.isEmpty()) {
            unexpected(key, value, "a directory that holds " + String.join(", ", missing));
        }
    }

    String topic(String key) {
        String value = value(key);
        if (!TOPIC.matcher(value).matches() || value.equals(".") || value.equals("..")) {
            unexpected(key, value, "a topic name of 1 to 249 letters, digits, '.', '_' and '-'");
        }
        return value;
    }

    /** A base URL without its last slash. A wrong one is not repeated: it may hold a password. */
    String baseUrl(String key) {
        String value = value(key).replaceAll("/+$", "");
        if (value.isEmpty()) {
            problem(key, "is missing; expected the portal API's base URL, such as https://portalapi.leadsquared.com");
            return value;
        }
        try {
            URI url = new URI(value);
            if (url.getHost() == null
                    || url.getPort() == 0
                    || url.getPort() > 65_535
                    || url.getUserInfo() != null
                    || url.getQuery() != null
                    || url.getFragment() != null) {
                problem(key, "is not a base URL; expected one such as https://portalapi.leadsquared.com");
            } else if (!isSafe(url)) {
                problem(key, "is not https; expected an https URL (http is for loopback addresses alone)");
            }
        } catch (URISyntaxException e) {
            problem(key, "is not a URL; expected one such as https://portalapi.leadsquared.com");
        }
        return value;
    }

    private static boolean isSafe(URI url) {
        // In lower case alone: camel-http takes HTTPS:// for a host of that name.
        return "https".equals(url.getScheme())
                || ("http".equals(url.getScheme())
                        && LOOPBACK.matcher(url.getHost()).matches());
    }
}
