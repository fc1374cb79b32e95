package io.lsqroutes.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lsqroutes.attempt.Delivery;
import io.lsqroutes.commit.OffsetTracker;
import io.lsqroutes.event.Event;
import io.lsqroutes.event.EventHead;
import io.lsqroutes.event.EventType;
import io.lsqroutes.event.InvalidEvent;
import io.lsqroutes.event.Lane;
import io.lsqroutes.event.RecordPosition;
import java.time.Instant;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.AsyncProcessorSupport;
import org.apache.camel.support.DefaultExchange;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PersonSequencerTest {
    private static final Set<String> RESETS = Set.of("reset-requested");

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final OffsetTracker inFlight = new OffsetTracker();
    private final PersonSequencer lanes =
            new PersonSequencer(context, "direct:handling", inFlight, event -> event.head()
                    .eventId()
                    .startsWith("slow"));
    private final CountDownLatch kafkaAnswers = new CountDownLatch(1);

    /** Those that were handed on, and have not come to their end. */
    private final Queue<AsyncCallback> handled = new ConcurrentLinkedQueue<>();

    @BeforeEach
    void start() throws Exception {
        context.start();
        Consumer handling = context.getEndpoint("direct:handling").createConsumer(new AsyncProcessorSupport() {
            @Override
            public boolean process(Exchange exchange, AsyncCallback callback) {
                Event event = Delivery.of(exchange).event();
                if (event.head().eventId().startsWith("slow")) {
                    awaitAnswer();
                }
                return !handled.add(callback);
            }
        });
        handling.start();
    }

    private void awaitAnswer() {
        try {
            kafkaAnswers.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @AfterEach
    void stop() {
        lanes.close();
        context.stop();
    }

    private void read(int offset, String person) throws Exception {
        read("e-" + offset, offset, person);
    }

    private void read(String id, int offset, String person) throws Exception {
        RecordPosition source = new RecordPosition("reset-requested", 0, offset, 0);
        inFlight.read(new TopicPartition("reset-requested", 0), offset, 0);
        Exchange read = new DefaultExchange(context);
        EventHead head = new EventHead(id, EventType.RESET, Lane.INTERACTIVE, null, null, Instant.MAX, null, source);
        read.setProperty(
                Delivery.PROPERTY, new Delivery(new InvalidEvent(head, "no-person", ""), null, person, false, 1));
        lanes.process(read);
    }

    @Test
    void whatWaitsForItsPersonTakesItsPlaceInTheLaneWhenItIsHandedOn() throws Exception {
        read(0, "ada");
        read(1, "ada");
        read(2, "ada");
        read(3, "bob");

        await().untilAsserted(() -> assertThat(handled).hasSize(2));
        assertThat(inFlight.count(RESETS)).isEqualTo(2);
        assertThat(inFlight.queued(RESETS)).isEqualTo(2);

        handled.remove().done(false);
        handled.remove().done(false);

        await().untilAsserted(() -> assertThat(handled).hasSize(1));
        assertThat(inFlight.count(RESETS)).isEqualTo(3);
        assertThat(inFlight.queued(RESETS)).isEqualTo(1);
    }

    @Test
    void nobodyWaitsBehindEventsForWhichKafkaIsAsked() throws Exception {
        for (int i = 0; i < 10; i++) {
            read("slow-" + i, i, "person-" + i);
        }
        read(10, "ada");

        await().untilAsserted(() -> assertThat(handled).hasSize(1));
        kafkaAnswers.countDown();
        await().untilAsserted(() -> assertThat(handled).hasSize(11));
    }
}
