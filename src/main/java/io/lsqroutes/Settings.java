package io.lsqroutes;

import io.lsqroutes.budget.CallLimits;
import io.lsqroutes.budget.DailyQuota;
import io.lsqroutes.delivery.KafkaConnection;
import io.lsqroutes.delivery.TopicNames;
import io.lsqroutes.delivery.Topics;
import io.lsqroutes.event.EventRules;
import io.lsqroutes.event.InDoubtPolicy;
import io.lsqroutes.event.InDoubtRules;
import io.lsqroutes.leadsquared.Account;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** The settings, read and checked once. */
record Settings(
        Account account,
        CallLimits limits,
        int laneSpill,
        Duration callDeadline,
        int retryAttempts,
        List<String> permanentTypes,
        EventRules eventRules,
        InDoubtRules inDoubtRules,
        TopicNames topics,
        Topics.Creation topicCreation,
        KafkaConnection kafka) {
    private static final int LARGEST_QUOTA = 10_000_000;
    private static final Duration LONGEST_MARK = Duration.ofSeconds(2);

    /**
     * @param values the value of each key; empty where it is not set
     */
    static Settings read(UnaryOperator<String> values) throws InvalidSettings {
        SettingsReader reader = new SettingsReader(values);
        Settings settings = new Settings(
                account(reader),
                limits(reader),
                reader.count("lsq.lane.spill", 0),
                reader.duration("lsq.call.deadline"),
                reader.count("lsq.retry.attempts", 1),
                reader.list("lsq.permanent-types", "exception types, such as MXInvalid*"),
                new EventRules(
                        Set.copyOf(reader.list("lsq.recipient-fields", "schema names, such as EmailAddress,Phone")),
                        reader.duration("lsq.expiry.reset"),
                        reader.duration("lsq.expiry.campaign"),
                        reader.duration("lsq.expiry.change")),
                new InDoubtRules(
                        inDoubtPolicy(reader, "lsq.in-doubt.interactive", InDoubtPolicy.RESEND),
                        inDoubtPolicy(reader, "lsq.in-doubt.campaign", InDoubtPolicy.RESEND),
                        inDoubtPolicy(reader, "lsq.in-doubt.change", InDoubtPolicy.VERIFY)),
                topics(reader),
                new Topics.Creation(reader.flag("lsq.topics.create"), replication(reader)),
                kafka(reader, values));
        if (!reader.problems().isEmpty()) {
            throw new InvalidSettings(reader.problems());
        }
        return settings;
    }

    /** Less than a session: whoever takes over does so after one. */
    Duration markGoodFor() {
        Duration half = kafka.sessionTimeout().dividedBy(2);
        return half.compareTo(LONGEST_MARK) < 0 ? half : LONGEST_MARK;
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
                reader.count("lsq.limit.calls", 0),
                reader.duration("lsq.limit.window"),
                reader.count("lsq.limit.reserve", 0),
                reader.count("lsq.max-in-flight", 1),
                new DailyQuota(
                        reader.count("lsq.limit.daily", 0, LARGEST_QUOTA),
                        reader.count("lsq.limit.daily-reserve", 0, LARGEST_QUOTA),
                        reader.zone("lsq.limit.daily-zone")));
        if (limits.calls() > 0 && limits.reserve() >= limits.calls()) {
            reader.problem("lsq.limit.reserve", "leaves the campaign nothing; expected less than lsq.limit.calls");
        }
        DailyQuota daily = limits.daily();
        if (daily.calls() > 0 && daily.reserve() >= daily.calls()) {
            reader.problem(
                    "lsq.limit.daily-reserve", "leaves the campaign nothing; expected less than lsq.limit.daily");
        }
        return limits;
    }

    /** What is in doubt may always be left so; otherwise resets and changes have one way each. */
    private static InDoubtPolicy inDoubtPolicy(SettingsReader reader, String key, InDoubtPolicy other) {
        String name = other.name().toLowerCase(Locale.ROOT);
        return reader.oneOf(key, List.of(name, "park")).equals(name) ? other : InDoubtPolicy.PARK;
    }

    private static TopicNames topics(SettingsReader reader) {
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
        Map<String, String> security = new HashMap<>();
        for (String name : KafkaConnection.securitySettings()) {
            String value = values.apply("lsq.kafka." + name);
            if (!value.isBlank()) {
                security.put(name, value);
            }
        }
        security.put(
                "security.protocol",
                reader.oneOf("lsq.kafka.security-protocol", List.of("PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL")));
        return new KafkaConnection(
                reader.servers("lsq.kafka.bootstrap-servers"),
                reader.text("lsq.kafka.group", "the name of the consumer group"),
                reader.duration("lsq.kafka.session-timeout", Duration.ofSeconds(1), Duration.ofMinutes(30)),
                security);
    }
}
