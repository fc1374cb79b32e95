package io.lsqroutes.budget;

import static org.assertj.core.api.Assertions.assertThat;

import io.lsqroutes.budget.DayCalls.QuotaClaim;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Three calls a day, one of them for somebody who waits, by a clock that is moved by hand; a body says how often its call's mark is written. */
class CallBudgetTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);
    private static final DailyQuota QUOTA = new DailyQuota(3, 1, ZoneOffset.UTC);

    private final MovedClock clock = new MovedClock("2026-11-22T23:00:00Z");
    private final DefaultCamelContext context = new DefaultCamelContext();
    private final DayCalls day = new DayCalls(QUOTA, clock);
    private final CallBudget budget = new CallBudget(
            new CallLimits(0, Duration.ofSeconds(5), 0, 8, QUOTA),
            Duration.ofMillis(50),
            day,
            exchange -> exchange.getMessage().getHeader("campaign") != null,
            exchange -> false,
            exchange -> null,
            exchange -> {});
    private ProducerTemplate calls;

    @BeforeEach
    void start() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:call").policy(budget).process(exchange -> {
                    QuotaClaim claim = exchange.getProperty(CallBudget.CLAIM, QuotaClaim.class);
                    for (int i = 0; i < exchange.getMessage().getBody(int.class); i++) {
                        claim.count();
                    }
                });
            }
        });
        context.start();
        calls = context.createProducerTemplate();
    }

    @AfterEach
    void stop() {
        context.stop();
        budget.close();
        budget.end();
    }

    private CompletableFuture<Object> call(int marks) {
        return calls.asyncRequestBody("direct:call", marks);
    }

    private void made(int marks) throws Exception {
        call(marks).get(30, TimeUnit.SECONDS);
    }

    @Test
    void aCallThatWasNotMarkedIsNoneOfTheDay_andOneThatWasMarkedAgainIsOne() throws Exception {
        for (int i = 0; i < 10; i++) {
            made(0);
        }
        made(2);
        made(1);
        assertThat(day.trouble()).isNull();

        made(1);

        assertThat(day.trouble()).isEqualTo("the day's quota is spent: 3 of 3 calls, until 2026-11-23T00:00:00Z");
    }

    @Test
    void whatWaitsGoesOnWhenTheDayBegins_andThatDayBeginsOnce() throws Exception {
        day.restore(new DayCount(TODAY, 3));
        CompletableFuture<Object> waiting = call(1);
        assertThat(day.trouble()).isNotNull();

        clock.now = Instant.parse("2026-11-23T00:00:00Z");

        waiting.get(30, TimeUnit.SECONDS);
        assertThat(day.trouble()).isNull();
        clock.now = Instant.parse("2026-11-22T12:00:00Z");
        made(1);
        made(1);
        assertThat(day.trouble()).contains("3 of 3 calls, until 2026-11-24");
    }

    @Test
    void aCampaignWhosePartIsSpentWaitsForTheNextDay_andHoldsNobodyUp() throws Exception {
        day.restore(new DayCount(TODAY, 2));
        CompletableFuture<Object> campaign = calls.asyncRequestBodyAndHeader("direct:call", 1, "campaign", true);

        made(1);

        assertThat(campaign).isNotDone();
        assertThat(day.trouble()).isNotNull();
        clock.now = Instant.parse("2026-11-23T00:00:00Z");
        campaign.get(30, TimeUnit.SECONDS);
    }
}
