package io.lsqroutes.settings;

import io.lsqroutes.budget.CallLimits;
import io.lsqroutes.budget.DailyQuota;
import io.lsqroutes.event.EventRules;
import io.lsqroutes.event.InDoubtPolicy;
import io.lsqroutes.event.InDoubtRules;
import io.lsqroutes.http.HostConnection;
import io.lsqroutes.kafka.KafkaConnection;
import io.lsqroutes.kafka.KafkaNames;
import io.lsqroutes.leadsquared.Account;
import io.lsqroutes.topics.TopicNames;
import io.lsqroutes.topics.TopicProvisioning;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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
    private static final int LARGEST_QUOTA = 10_000_000;
    private static final int MOST_CALLS = 100_000;
    /** Each holds a connection and a thread. */
    private static final int MOST_IN_FLIGHT = 1_000;
    /** With the longest pause of 5 minutes, these take three days. */
    private static final int MOST_ATTEMPTS = 1_000;

    private static final Duration SHORTEST = Duration.ofMillis(100);
    /** A stop, and whoever takes over, wait for as long as a call may take. */
    private static final Duration LONGEST_CALL = Duration.ofMinutes(10);
    /** What is counted over a longer time is a quota. */
    private static final Duration LONGEST_WINDOW = Duration.ofHours(1);
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
                account(reader),
                ConnectionSettings.read(reader),
                limits(reader),
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
                topics(reader),
                new TopicProvisioning.Creation(reader.flag("lsq.topics.create"), replication(reader)),
                kafka(reader, values));
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

    private static Account account(SettingsReader reader) {
        Account account = new Account(
                reader.baseUrl("lsq.host"),
                reader.text("lsq.portal-id", "the portal's id"),
                reader.secret("lsq.public.auth-key"),
                reader.secret("lsq.register.token"),
                reader.secret("lsq.access-key"),
                reader.secret("lsq.secret-key"));
        boolean given = account.publicAuthKey() != null && account.registerToken() != null;
        if (!given) {
            String expected = "is missing; expected the key, or lsq.access-key and lsq.secret-key to fetch it with";
            if (account.accessKey() == null && account.secretKey() == null) {
                if (account.publicAuthKey() == null) {
                    reader.problem("lsq.public.auth-key", expected);
                }
                if (account.registerToken() == null) {
                    reader.problem("lsq.register.token", expected);
                }
            }
        }
        if ((account.accessKey() == null) != (account.secretKey() == null)) {
            String missing = account.accessKey() == null ? "lsq.access-key" : "lsq.secret-key";
            reader.problem(missing, "is missing; lsq.access-key and lsq.secret-key go together");
        }
        return account;
    }

    private static CallLimits limits(SettingsReader reader) {
        CallLimits limits = new CallLimits(
                reader.count("lsq.limit.calls", 0, MOST_CALLS),
                reader.duration("lsq.limit.window", SHORTEST, LONGEST_WINDOW),
                reader.count("lsq.limit.reserve", 0, MOST_CALLS),
                reader.count("lsq.max-in-flight", 1, MOST_IN_FLIGHT),
                new DailyQuota(
                        reader.count("lsq.limit.daily", 0, LARGEST_QUOTA),
                        reader.count("lsq.limit.daily-reserve", 0, LARGEST_QUOTA),
                        reader.zone("lsq.limit.daily-zone")));
        if (limits.calls() > 0 && reader.isFine("lsq.limit.calls") && limits.reserve() >= limits.calls()) {
            reader.problem(
                    "lsq.limit.reserve",
                    "is " + limits.reserve()
                            + ", which leaves the campaign nothing; expected less than lsq.limit.calls ("
                            + limits.calls() + ")");
        }
        DailyQuota daily = limits.daily();
        if (daily.calls() > 0 && reader.isFine("lsq.limit.daily") && daily.reserve() >= daily.calls()) {
            reader.problem(
                    "lsq.limit.daily-reserve",
                    "is " + daily.reserve()
                            + ", which leaves the campaign nothing; expected less than lsq.limit.daily ("
                            + daily.calls() + ")");
        }
        return limits;
    }

    /** What is in doubt may always be left so; otherwise resets and changes have one way each. */
    private static InDoubtPolicy inDoubtPolicy(SettingsReader reader, String key, InDoubtPolicy other) {
        String name = other.name().toLowerCase(Locale.ROOT);
        return reader.oneOf(key, List.of(name, "park")).equals(name) ? other : InDoubtPolicy.PARK;
    }

    private static TopicNames topics(SettingsReader reader) {
        reader.topicPrefix();
        TopicNames topics = new TopicNames(
                reader.topic("lsq.topic.reset"),
                reader.topic("lsq.topic.campaign"),
                reader.topic("lsq.topic.change"),
                reader.topic("lsq.topic.results"),
                reader.topic("lsq.topic.dead-letters"),
                reader.topic("lsq.topic.journal"));
        if (topics.all().size() < 6) {
            reader.problem("lsq.topic.*", "two topics have the same name; expected six different ones");
        }
        return topics;
    }

    /** Empty where it is not set: then the broker's own default holds. */
    private static Optional<Short> replication(SettingsReader reader) {
        String key = "lsq.topics.replication";
        return reader.isSet(key) ? Optional.of((short) reader.count(key, 1, Short.MAX_VALUE)) : Optional.empty();
    }

    private static KafkaConnection kafka(SettingsReader reader, UnaryOperator<String> values) {
        int before = reader.problems().size();
        Map<String, String> own = new HashMap<>();
        for (String name : KafkaConnection.securitySettings()) {
            String value = values.apply("lsq.kafka." + name);
            if (!value.isBlank()) {
                own.put(name, value);
            }
        }
        for (String name : KafkaNames.all()) {
            String key = SettingsSource.CLIENT + name;
            String value = values.apply(key).trim();
            String keptFor = KafkaNames.keptFor(name);
            if (!value.isEmpty() && keptFor != null) {
                reader.problem(key, "may not be set: " + keptFor);
            } else if (!value.isEmpty()) {
                own.put(name, value);
            }
        }
        own.put(
                "security.protocol",
                reader.oneOf("lsq.kafka.security-protocol", List.of("PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL")));
        KafkaConnection kafka = new KafkaConnection(
                reader.servers("lsq.kafka.bootstrap-servers"),
                reader.text("lsq.kafka.group", "the name of the consumer group"),
                reader.duration("lsq.kafka.session-timeout", Duration.ofSeconds(1), Duration.ofMinutes(30)),
                own);
        if (reader.problems().size() == before) {
            Set<String> security = KafkaConnection.securitySettings();
            KafkaTrial.problems(kafka).forEach((name, what) -> {
                String key = (security.contains(name) ? "lsq.kafka." : SettingsSource.CLIENT) + name;
                reader.problem(key, what);
            });
        }
        return kafka;
    }
}
