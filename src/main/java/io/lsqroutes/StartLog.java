package io.lsqroutes;

import io.lsqroutes.budget.DailyQuota;
import io.lsqroutes.settings.Settings;
import io.lsqroutes.topics.TopicNames;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a start says in the log: who starts, for which account and with which topics, and when the first call may go. */
final class StartLog {
    private static final Logger LOG = LoggerFactory.getLogger(Application.class);

    private final Settings settings;
    private final Clock clock;

    public StartLog(Settings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /** The settings are right, and nothing is connected yet. */
    public void starts() {
        TopicNames topics = settings.topics();
        LOG.info("LeadSquared password routes {} start on Java {}", version(), Runtime.version());
        LOG.info("Account: {}, at most {}", settings.account().host(), limit());
        LOG.info(
                "Kafka: {}, group {}; the journal is {}",
                settings.kafka().bootstrapServers(),
                settings.kafka().group(),
                topics.journal());
        LOG.info(
                "Events come from {}, {} and {}; outcomes go to {}, dead letters to {}",
                topics.reset(),
                topics.campaign(),
                topics.change(),
                topics.results(),
                topics.deadLetters());
    }

    private String limit() {
        DailyQuota daily = settings.limits().daily();
        String calls = settings.limits().calls() == 0
                ? "any number of calls"
                : settings.limits().calls() + " calls in "
                        + text(settings.limits().window());
        return calls + (daily.calls() == 0 ? " and any number a day" : " and " + daily.calls() + " a day");
    }

    /** This process is the owner, and the budget holds its calls for a window. */
    public void waitsForAWindow(Duration sinceLastCall, Duration quiet) {
        Duration window = settings.limits().window();
        LOG.info(
                "The first call may go at {}, after one window of {}: {}",
                clock.instant().plus(window).truncatedTo(ChronoUnit.SECONDS),
                text(window),
                sinceLastCall.isZero()
                        ? "the journal does not tell when the account was called last"
                        : "the last call was " + sinceLastCall.toSeconds() + " s ago, less than " + text(quiet));
    }

    /** This process is the owner, and the account has not been called for long. */
    public void mayCallAtOnce(Duration sinceLastCall) {
        LOG.info("The first call may go at once: the last one was {} s ago", sinceLastCall.toSeconds());
    }

    private static String version() {
        @Nullable String version = Application.class.getPackage().getImplementationVersion();
        return version == null ? "(not packaged)" : version;
    }

    private static String text(Duration duration) {
        return duration.toMillis() % 1_000 == 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
    }
}
