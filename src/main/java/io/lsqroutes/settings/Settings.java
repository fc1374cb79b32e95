package io.lsqroutes.settings;

import io.lsqroutes.budget.CallLimits;
import io.lsqroutes.event.EventRules;
import io.lsqroutes.event.InDoubtPolicy;
import io.lsqroutes.event.InDoubtRules;
import io.lsqroutes.http.HostConnection;
import io.lsqroutes.kafka.KafkaConnection;
import io.lsqroutes.leadsquared.keys.Account;
import io.lsqroutes.topics.TopicNames;
import io.lsqroutes.topics.TopicProvisioning;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.UnaryOperator;

/** The settings, read and checked once. */
public record Settings(
        Account account,
        HostConnection connection,
        CallLimits limits,
        int laneSpill,
        Duration callDeadline,
        int retryAttempts,
        List<String> permanentTypes,
        EventRules eventRules,
        InDoubtRules inDoubtRules,
        TopicNames topics,
        TopicProvisioning.Creation topicCreation,
        KafkaConnection kafka) {
    static final int MOST_CALLS = 100_000;
    /** With the longest pause of 5 minutes, these take three days. */
    private static final int MOST_ATTEMPTS = 1_000;

    static final Duration SHORTEST = Duration.ofMillis(100);
    /** A stop, and whoever takes over, wait for as long as a call may take. */
    private static final Duration LONGEST_CALL = Duration.ofMinutes(10);
    /** As long as the journal remembers an id. */
    private static final Duration LONGEST_EXPIRY = Duration.ofDays(30);

    private static final Duration LONGEST_MARK = Duration.ofSeconds(2);

    /** Names the account, which a journal belongs to. */
    public String accountName() {
        return account.name();
    }

    /**
     * Everything that is wrong with the settings is told at once.
     *
     * @throws InvalidSettings if something is
     */
    public static Settings of(SettingsSource source) throws InvalidSettings {
        SortedMap<String, String> values = source.settings();
        SortedMap<String, String> unreadable = source.unreadable();
        SettingsReader files = new SettingsReader(key -> "");
        unreadable.forEach(files::problem);
        List<String> problems = new ArrayList<>(source.unknownVariables());
        problems.addAll(files.problems());
        try {
            Settings settings = read(key -> values.getOrDefault(key, ""));
            if (problems.isEmpty()) {
                return settings;
            }
        } catch (InvalidSettings e) {
            // A key whose file cannot be read is not missing as well.
            e.problems().stream()
                    .filter(problem -> unreadable.keySet().stream().noneMatch(key -> problem.startsWith(key + " (")))
                    .forEach(problems::add);
        }
        throw new InvalidSettings(problems);
    }

    /**
     * Reads the settings and checks them.
     *
     * @param values the value of each key; empty where it is not set
     */
    public static Settings read(UnaryOperator<String> values) throws InvalidSettings {
        SettingsReader reader = new SettingsReader(values);
        Settings settings = new Settings(
                AccountSettings.read(reader),
                ConnectionSettings.read(reader),
                LimitSettings.read(reader),
                reader.count("lsq.lane.spill", 0, MOST_CALLS),
                reader.duration("lsq.call.deadline", SHORTEST, LONGEST_CALL),
                reader.count("lsq.retry.attempts", 1, MOST_ATTEMPTS),
                reader.list("lsq.permanent-types", "exception types, such as MXInvalid*"),
                new EventRules(
                        Set.copyOf(reader.list("lsq.recipient-fields", "schema names, such as EmailAddress,Phone")),
                        expiry(reader, "lsq.expiry.reset"),
                        expiry(reader, "lsq.expiry.campaign"),
                        expiry(reader, "lsq.expiry.change")),
                new InDoubtRules(
                        inDoubtPolicy(reader, "lsq.in-doubt.interactive", InDoubtPolicy.RESEND),
                        inDoubtPolicy(reader, "lsq.in-doubt.campaign", InDoubtPolicy.RESEND),
                        inDoubtPolicy(reader, "lsq.in-doubt.change", InDoubtPolicy.VERIFY)),
                TopicSettings.names(reader),
                TopicSettings.creation(reader),
                KafkaSettings.read(reader, values));
        reader.routes("lsq.routes");
        settings.checkExpiry(reader);
        if (!reader.problems().isEmpty()) {
            throw new InvalidSettings(reader.problems());
        }
        return settings;
    }

    /** Less than a session: whoever takes over does so after one. */
    public Duration markGoodFor() {
        Duration half = kafka.sessionTimeout().dividedBy(2);
        return half.compareTo(LONGEST_MARK) < 0 ? half : LONGEST_MARK;
    }

    private static Duration expiry(SettingsReader reader, String key) {
        return reader.duration(key, Duration.ofSeconds(1), LONGEST_EXPIRY);
    }

    /** An event has to be good for longer than one call: what is in doubt is looked into after a deadline. */
    private void checkExpiry(SettingsReader reader) {
        Map.of(
                        "lsq.expiry.reset", eventRules.resetExpiry(),
                        "lsq.expiry.campaign", eventRules.campaignExpiry(),
                        "lsq.expiry.change", eventRules.changeExpiry())
                .forEach((key, expiry) -> {
                    if (reader.isFine(key)
                            && reader.isFine("lsq.call.deadline")
                            && expiry.compareTo(callDeadline) <= 0) {
                        reader.problem(
                                key,
                                "is " + SettingsReader.words(expiry) + "; expected more than lsq.call.deadline ("
                                        + SettingsReader.words(callDeadline) + ")");
                    }
                });
    }

    /** What is in doubt may always be left so; otherwise resets and changes have one way each. */
    private static InDoubtPolicy inDoubtPolicy(SettingsReader reader, String key, InDoubtPolicy other) {
        String name = other.name().toLowerCase(Locale.ROOT);
        return reader.oneOf(key, List.of(name, "park")).equals(name) ? other : InDoubtPolicy.PARK;
    }
}
