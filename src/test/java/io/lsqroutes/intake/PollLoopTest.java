package io.lsqroutes.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("it has the process's handler of exceptions that nobody caught")
class PollLoopTest {
    private final Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
    private final List<String> ended = new CopyOnWriteArrayList<>();
    private final PollLoop loop = new PollLoop(Duration.ofMillis(5));

    @BeforeEach
    void listen() {
        Thread.setDefaultUncaughtExceptionHandler(
                (thread, why) -> ended.add(thread.getName() + ": " + why.getMessage()));
    }

    @AfterEach
    void close() {
        loop.close();
        Thread.setDefaultUncaughtExceptionHandler(before);
    }

    @Test
    void aLoopThatDoesNotComeBack_hasEnded() {
        loop.watch();
        loop.step(() -> "polled");

        // Awaitility has a handler of its own.
        await().dontCatchUncaughtExceptions().untilAsserted(() -> assertThat(ended)
                .containsExactly("leadsquared-poll-loop: Camel has stopped to poll Kafka"));
    }

    @Test
    void aStepMayTakeAnyTime() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        Thread poll = new Thread(() -> loop.step(() -> {
            try {
                return over.await(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }));
        poll.start();
        await().until(() -> poll.getState() == Thread.State.TIMED_WAITING);
        loop.watch();

        await().during(Duration.ofSeconds(1)).until(ended::isEmpty);
        loop.close();
        over.countDown();
        poll.join();
    }

    @Test
    void anErrorInAStep_isHandedOver() {
        assertThatThrownBy(() -> loop.step(() -> {
                    throw new LinkageError("planted");
                }))
                .isInstanceOf(LinkageError.class);

        assertThat(ended).containsExactly(Thread.currentThread().getName() + ": planted");
    }
}
