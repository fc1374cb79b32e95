package io.lsqroutes;

import io.lsqroutes.attempt.Delivery;
import io.lsqroutes.attempt.FailedAttempt;
import io.lsqroutes.attempt.Outcomes;
import io.lsqroutes.attempt.Pauses;
import io.lsqroutes.attempt.RetryPolicy;
import io.lsqroutes.attempt.RetryRules;
import io.lsqroutes.attempt.SpentAttempts;
import io.lsqroutes.breaker.AccountBreaker;
import io.lsqroutes.budget.CallBudget;
import io.lsqroutes.budget.DayCalls;
import io.lsqroutes.commit.OffsetTracker;
import io.lsqroutes.event.EventDecoder;
import io.lsqroutes.event.Lane;
import io.lsqroutes.http.BoundedCalls;
import io.lsqroutes.intake.Dispatcher;
import io.lsqroutes.intake.Forwarding;
import io.lsqroutes.intake.Intake;
import io.lsqroutes.intake.Overflow;
import io.lsqroutes.intake.PersonSequencer;
import io.lsqroutes.intake.TrackedConsumers;
import io.lsqroutes.kafka.GroupTrouble;
import io.lsqroutes.kafka.KafkaWatch;
import io.lsqroutes.leadsquared.AnswerClassifier;
import io.lsqroutes.leadsquared.AuthHeaders;
import io.lsqroutes.leadsquared.CallAddressing;
import io.lsqroutes.leadsquared.CallRetries;
import io.lsqroutes.leadsquared.KeyProbe;
import io.lsqroutes.leadsquared.RequestBuilder;
import io.lsqroutes.leadsquared.answer.PermanentTypes;
import io.lsqroutes.leadsquared.answer.UnansweredCalls;
import io.lsqroutes.leadsquared.keys.Account;
import io.lsqroutes.leadsquared.keys.AccountKeys;
import io.lsqroutes.leadsquared.keys.OneAtATime;
import io.lsqroutes.leadsquared.signin.SignInProgress;
import io.lsqroutes.leadsquared.signin.SignIns;
import io.lsqroutes.leadsquared.signin.UnauthorizedPolicy;
import io.lsqroutes.ledger.CallIntent;
import io.lsqroutes.ledger.ForwardRecords;
import io.lsqroutes.ledger.Ledger;
import io.lsqroutes.ledger.OutcomeRecords;
import io.lsqroutes.ops.LineHealth;
import io.lsqroutes.ops.StopDeadline;
import io.lsqroutes.ops.TroubleLog;
import io.lsqroutes.settings.ExitCode;
import io.lsqroutes.settings.Settings;
import io.lsqroutes.topics.TopicConditions;
import io.lsqroutes.topics.TopicProvisioning;
import io.lsqroutes.topics.TopicWatch;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.camel.CamelConfiguration;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.spi.Registry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes every bean the routes name, in the order in which they need each other. */
public class BundleConfiguration implements CamelConfiguration {
    private static final Logger TROUBLES = LoggerFactory.getLogger(TroubleLog.class);

    private final Settings settings;
    private final Supplier<Account> keyFiles;
    private final Ending ending;
    private final ProcessEnd processEnd;
    private final Pauses pauses;

    /**
     * The settings come as they are, and not through Camel's properties: those are logged, and what looks like a
     * placeholder in a secret would be taken for one.
     *
     * @param ending ends the process, where it cannot go on or does not stop in time
     */
    BundleConfiguration(Settings settings, Supplier<Account> keyFiles, Ending ending, Pauses pauses) {
        this.settings = settings;
        this.keyFiles = keyFiles;
        this.ending = ending;
        this.processEnd = new ProcessEnd(ending);
        this.pauses = pauses;
    }

    @Override
    public void configure(CamelContext context) {
        Clock clock = Clock.systemUTC();
        Registry registry = context.getRegistry();
        StartLog startLog = new StartLog(settings, clock);
        startLog.starts();

        AccountKeys accountKeys = new AccountKeys(settings.account(), keyFiles, System::nanoTime);
        registry.bind("accountKeys", accountKeys);
        registry.bind("unauthorizedPolicy", new UnauthorizedPolicy(accountKeys));
        SignIns signIns = new SignIns(System::nanoTime);
        registry.bind("signIns", signIns);
        closed(registry, "oneKeyFetch", new OneAtATime());
        OffsetTracker inFlight = new OffsetTracker();
        TopicConditions conditions =
                new TopicConditions(settings.topics(), why -> processEnd.begin(ExitCode.REJECTED, why));
        TopicWatch topicWatch = new TopicWatch(settings.kafka(), settings.topics(), conditions);
        closed(registry, "topicWatch", topicWatch);
        GroupTrouble groupTrouble = new GroupTrouble(settings.kafka().group(), System::nanoTime);
        KafkaWatch kafkaWatch = new KafkaWatch(settings.kafka());
        closed(registry, "kafkaWatch", kafkaWatch);
        Overflow flood = new Overflow(settings.laneSpill(), System::nanoTime);
        ForwardRecords forwardRecords = new ForwardRecords(settings.topics(), settings.eventRules());
        Forwarding forwarding = new Forwarding(settings.topics(), inFlight, flood, forwardRecords);
        registry.bind("forwarding", forwarding);
        Ledger ledger = new Ledger(
                settings.kafka(),
                settings.topics(),
                settings.account().name(),
                accountKeys::accountHasWorked,
                inFlight,
                topicWatch,
                new OutcomeRecords(settings.topics()),
                forwardRecords,
                settings.limits().maxInFlight(),
                settings.callDeadline().plusSeconds(5),
                () -> processEnd.begin(
                        ExitCode.SECOND_WRITER,
                        "another process writes to the journal "
                                + settings.topics().journal() + " (second-writer)"));
        closed(registry, "ledger", ledger);
        KeyProbe keyProbe = new KeyProbe(context, accountKeys, clock, ledger::epoch);
        closed(registry, "keyProbe", keyProbe);
        DayCalls dayCalls = new DayCalls(settings.limits().daily(), clock);
        AccountBreaker breaker = new AccountBreaker(
                keyProbe,
                settings.limits().window(),
                pauses,
                () -> dayCalls.isSpent(Lane.CAMPAIGN),
                clock,
                System::nanoTime);
        closed(registry, "accountBreaker", breaker);
        MeterRegistry meters = new SimpleMeterRegistry();
        registry.bind("metricsRegistry", meters);
        Gauge.builder("lsq.line.stopped", breaker, suspended -> suspended.problem() == null ? 0 : 1)
                .description("1 while the account's trouble suspends calls")
                .register(meters);
        registry.bind("requestBuilder", new RequestBuilder());
        registry.bind("callAddressing", new CallAddressing(clock));
        registry.bind("authHeaders", new AuthHeaders(settings.account(), accountKeys));
        closed(registry, "boundedCalls", new BoundedCalls(settings.callDeadline(), settings.connection()));
        registry.bind(
                "unansweredCalls",
                new UnansweredCalls(settings.connection().way(settings.account().host())));
        RetryRules retryRules = new RetryRules(settings.retryAttempts(), settings.callDeadline(), pauses);
        registry.bind("spentAttempts", new SpentAttempts(retryRules));
        RetryPolicy retryPolicy = new RetryPolicy(
                retryRules,
                settings.inDoubtRules(),
                accountKeys::canBeFetched,
                () -> breaker.problem() != null,
                () -> ThreadLocalRandom.current().nextDouble());
        CallRetries retries = new CallRetries(retryPolicy, accountKeys, signIns);
        registry.bind("callRetries", retries);
        Outcomes outcomes = new Outcomes(clock);
        registry.bind("outcomes", outcomes);

        CallBudget callBudget = new CallBudget(
                settings.limits(),
                pauses.look(),
                dayCalls,
                exchange -> Delivery.of(exchange).isOfCampaign(),
                exchange -> Delivery.of(exchange).hasFailedBefore(),
                objection(ledger, breaker),
                breaker::ended);
        registry.bind("callBudget", callBudget, null, "end");
        registry.bind(
                "answerClassifier",
                new AnswerClassifier(
                        new PermanentTypes(settings.permanentTypes()),
                        accountKeys,
                        clock,
                        notice -> callBudget.rateLimited(notice.pause(), notice.calls(), notice.window())));
        registry.bind("callIntent", new CallIntent(ledger, callBudget.threads(), settings.markGoodFor()));
        registry.bind("dispatcher", new Dispatcher(forwarding, outcomes, SignInProgress::new, clock));
        registry.bind("attemptFailed", new FailedAttempt(retries, clock, inFlight::setApart, ledger::answered));
        PersonSequencer lanes = new PersonSequencer(context, "direct:event-handling", inFlight, ledger::asksKafka);
        registry.bind("personSequencer", lanes);
        EventDecoder decoder = new EventDecoder(settings.eventRules(), clock);
        registry.bind("intake", new Intake(settings.topics(), decoder, forwarding, ledger::epoch));
        TopicProvisioning topics = new TopicProvisioning(
                settings.kafka(), settings.topics(), settings.topicCreation(), conditions, settings.eventRules());
        TrackedConsumers trackedConsumers = new TrackedConsumers(
                settings.kafka(),
                settings.topics(),
                topics,
                ledger,
                inFlight,
                kafkaWatch,
                topicWatch,
                flood,
                groupTrouble,
                new NewOwner(settings, callBudget, dayCalls, startLog, processEnd));
        registry.bind("trackedConsumers", trackedConsumers);
        TroubleLog troubles = new TroubleLog(TROUBLES::warn, TROUBLES::info, clock, System::nanoTime)
                .watch(kafkaWatch::problem, KafkaWatch.ADVICE)
                .watch(groupTrouble::problem, GroupTrouble.ADVICE)
                .watch(trackedConsumers::problem, TrackedConsumers.ADVICE)
                .watch(ledger::journalProblem, Ledger.JOURNAL_ADVICE)
                .watch(topicWatch::problem, TopicWatch.ADVICE)
                .watch(breaker::problem, AccountBreaker.ADVICE);
        closed(registry, "troubleLog", troubles);
        troubles.start();
        registry.bind("lineHealth", new LineHealth(() -> Stream.of(
                        processEnd.reason(), troubles.problem(), dayCalls.trouble())
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null)));

        StopDeadline stopDeadline =
                new StopDeadline(settings.callDeadline().plusSeconds(5), kafkaWatch::problem, ending::cutShort);
        Runnable dropWhatWaits = () -> {
            trackedConsumers.close();
            lanes.close();
            breaker.close();
        };
        context.addLifecycleStrategy(
                new StopOrder(stopDeadline, dropWhatWaits, callBudget, ledger, settings.callDeadline()));
    }

    private static Function<Exchange, @Nullable Exception> objection(Ledger ledger, AccountBreaker breaker) {
        return exchange -> {
            Exception ending = ledger.objection(exchange);
            return ending == null ? breaker.objection(exchange) : ending;
        };
    }

    private static void closed(Registry registry, String name, AutoCloseable bean) {
        registry.bind(name, bean, null, "close");
    }
}
