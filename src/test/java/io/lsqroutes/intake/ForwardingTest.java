package io.lsqroutes.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.lsqroutes.attempt.Delivery;
import io.lsqroutes.attempt.Outcomes;
import io.lsqroutes.commit.OffsetTracker;
import io.lsqroutes.event.Event;
import io.lsqroutes.event.EventDecoder;
import io.lsqroutes.event.EventRules;
import io.lsqroutes.event.EventType;
import io.lsqroutes.event.IncomingRecord;
import io.lsqroutes.event.Progress;
import io.lsqroutes.event.RecordPosition;
import io.lsqroutes.event.ResetRequested;
import io.lsqroutes.journal.JournalEntry;
import io.lsqroutes.journal.JournalEntry.State;
import io.lsqroutes.leadsquared.signin.SignInProgress;
import io.lsqroutes.ledger.Admission;
import io.lsqroutes.ledger.ForwardRecords;
import io.lsqroutes.topics.TopicNames;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class ForwardingTest {
    static final TopicNames NAMES = new TopicNames(
            "reset-requested",
            "reset-campaign",
            "change-requested",
            "password-results",
            "password-dead-letters",
            "password-journal");
    private static final EventRules RULES =
            new EventRules(Set.of("Phone"), Duration.ofHours(24), Duration.ofDays(7), Duration.ofMinutes(15));
    private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    private static final String MARKED = "\"campaignId\":\"spring\",";
    /** 2026-11-22T10:00:00Z. */
    private static final long WRITTEN = 1_795_341_600_000L;

    private final OffsetTracker inFlight = new OffsetTracker();
    private final Overflow flood = new Overflow(1, () -> 0);
    private final ForwardRecords records = new ForwardRecords(NAMES, RULES);
    private final Forwarding forwarding = new Forwarding(NAMES, inFlight, flood, records);
    private final Clock clock = Clock.fixed(Instant.ofEpochMilli(WRITTEN), ZoneOffset.UTC);
    private final Dispatcher dispatcher = new Dispatcher(forwarding, new Outcomes(clock), SignInProgress::new, clock);

    private static Event event(String topic, String json, @Nullable String traceparent) {
        RecordPosition source = new RecordPosition(topic, 0, 42, WRITTEN);
        return new EventDecoder(RULES, Clock.systemUTC())
                .decode(
                        new IncomingRecord(NAMES.typeOf(topic), topic.equals(NAMES.campaign()), traceparent, source),
                        json.getBytes(UTF_8));
    }

    private static Event reset(String more) {
        return event(NAMES.reset(), "{" + more + "\"emailAddress\":\"ada@example.com\"}", TRACE);
    }

    private boolean isSetApart(Event event) {
        RecordPosition source = event.head().source();
        inFlight.read(new TopicPartition(source.topic(), source.partition()), source.offset(), source.timestamp());
        boolean apart = forwarding.forwards(event);
        assertThat(inFlight.outside(Set.of("reset-requested"))).isEqualTo(apart ? 1 : 0);
        return apart;
    }

    private static Delivery delivery(Event event, boolean forwards) {
        return new Delivery(event, null, null, forwards, 1);
    }

    private boolean isForwarded(Event event, boolean forwards, Admission admission) {
        Delivery delivery = delivery(event, forwards);
        dispatcher.dispatch(admission, delivery);
        return dispatcher.isForwarded(delivery);
    }

    @Test
    void anEventOfACampaignIsSetApart() {
        assertThat(isSetApart(reset(MARKED))).isTrue();
    }

    @Test
    void aSingleEventIsNot() {
        assertThat(isSetApart(reset(""))).isFalse();
    }

    @Test
    void butInAFlood() {
        flood.look(2, true);

        assertThat(isSetApart(reset(""))).isTrue();
    }

    @Test
    void whatStandsOnTheCampaignTopicStaysThere() {
        flood.look(2, true);

        assertThat(isSetApart(event(NAMES.campaign(), "{" + MARKED + "\"emailAddress\":\"a@example.com\"}", null)))
                .isFalse();
    }

    @Test
    void changesKnowNoCampaign() {
        flood.look(2, true);
        String change = MARKED + "\"authKey\":\"k\",\"currentPassword\":\"a\",\"newPassword\":\"b\"";

        assertThat(isSetApart(event(NAMES.change(), "{" + change + "}", null))).isFalse();
    }

    @Test
    void whatWasSetApartIsForwarded() {
        Admission goOn = Admission.of(Admission.Kind.GO_ON, null);

        assertThat(isForwarded(reset(MARKED), true, goOn)).isTrue();
        assertThat(isForwarded(reset(MARKED), false, goOn)).isFalse();
    }

    @Test
    void whatBreaksTheContractIsAnsweredWhereItIs() {
        assertThat(isForwarded(reset("\"newPassword\":\"x\","), true, Admission.of(Admission.Kind.GO_ON, null)))
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource(value = State.class, mode = Mode.EXCLUDE, names = "DONE")
    void whatHasBegunEndsWhereItIs(State state) {
        Event event = reset(MARKED);
        JournalEntry entry = JournalEntry.of(state, Progress.NONE, event.head().source(), event.fingerprint(), null);

        assertThat(isForwarded(event, true, Admission.of(Admission.Kind.GO_ON, entry)))
                .isFalse();
        assertThat(isForwarded(event, true, Admission.of(Admission.Kind.IN_DOUBT, entry)))
                .isFalse();
    }

    @Test
    void whatWouldBeTooLargeToBeReadAgainStays() {
        Event large = event(NAMES.reset(), "{\"emailAddress\":\"" + "a".repeat(16_340) + "\"}", null);

        assertThat(large).isInstanceOf(ResetRequested.class);
        assertThat(isForwarded(large, true, Admission.of(Admission.Kind.GO_ON, null)))
                .isFalse();
    }

    @Test
    void whatWouldLoseItsIdStays() {
        RecordPosition source = new RecordPosition("r".repeat(50), 0, 42, WRITTEN);
        String json = "{" + MARKED + "\"emailAddress\":\"ada@example.com\"}";
        Event unnamed = new EventDecoder(RULES, Clock.systemUTC())
                .decode(new IncomingRecord(EventType.RESET, false, null, source), json.getBytes(UTF_8));

        assertThat(unnamed).isInstanceOf(ResetRequested.class);
        assertThat(isForwarded(unnamed, true, Admission.of(Admission.Kind.GO_ON, null)))
                .isFalse();
    }

    @Test
    void countsSingleEventsAlone() {
        forwarding.count(delivery(reset(MARKED), true));
        forwarding.count(delivery(reset(""), true));

        assertThat(flood.spilled()).isEqualTo(1);
    }

    private ProducerRecord<byte[], byte[]> forwarded(String more) {
        return records.of((ResetRequested) reset(more), new byte[] {1, 2});
    }

    private String value(String more) {
        return new String(forwarded(more).value(), UTF_8);
    }

    @Test
    void itsRecordIsTheEventUnderItsKeyWithItsTrace() {
        ProducerRecord<byte[], byte[]> record = forwarded("\"unknown\":1," + MARKED);

        assertThat(record.topic()).isEqualTo("reset-campaign");
        assertThat(record.key()).containsExactly(1, 2);
        assertThat(record.headers()).singleElement().satisfies(header -> assertThat(
                        Map.of(header.key(), new String(header.value(), UTF_8)))
                .isEqualTo(Map.of("traceparent", TRACE)));
        assertThat(new String(record.value(), UTF_8))
                .isEqualTo("{\"eventId\":\"reset-requested-0-42-" + WRITTEN + "\",\"campaignId\":\"spring\","
                        + "\"expiresAt\":\"2026-11-29T10:00:00Z\",\"emailAddress\":\"ada@example.com\"}");
        assertThat(records.of((ResetRequested) event(NAMES.reset(), "{\"emailAddress\":\"a@b.c\"}", null), null))
                .satisfies(bare -> {
                    assertThat(bare.key()).isNull();
                    assertThat(bare.headers()).isEmpty();
                });
    }

    @Test
    void ofAFloodItHasTheSmallerOfItsOwnTimeAndACampaigns() {
        assertThat(value("")).contains("\"expiresAt\":\"2026-11-23T10:00:00Z\"").doesNotContain("campaignId");
        EventRules shortCampaigns =
                new EventRules(Set.of("Phone"), Duration.ofHours(24), Duration.ofHours(1), Duration.ofMinutes(15));
        assertThat(new ForwardRecords(NAMES, shortCampaigns)
                        .of((ResetRequested) reset(""), null)
                        .value())
                .asString()
                .contains("\"expiresAt\":\"2026-11-22T11:00:00Z\"");
    }

    @Test
    void butTheTimeThatItsProducerGaveIt() {
        assertThat(value("\"expiresAt\":\"2026-11-22T11:00:00+01:00\","))
                .contains("\"expiresAt\":\"2026-11-22T10:00:00Z\"");
        assertThat(value(MARKED + "\"expiresAt\":\"2026-11-23T10:00:00Z\","))
                .contains("\"expiresAt\":\"2026-11-23T10:00:00Z\"");
    }
}
