package io.lsqroutes.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.InconsistentGroupProtocolException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;

class GroupTroubleTest {
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1);
    private final GroupTrouble trouble = new GroupTrouble("the-group", now::get);

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    @Test
    void thePauseGrowsToTenSeconds_andBeginsAnewOnceAllIsWell() {
        assertThat(trouble.pause()).isZero();
        List<Long> seconds = new ArrayList<>();
        for (int i = 0; i < 70; i++) {
            trouble.failed(new KafkaException("no"));
            seconds.add(trouble.pause().toSeconds());
        }
        assertThat(seconds).startsWith(1L, 2L, 4L, 8L, 10L, 10L).endsWith(10L);

        pass(Duration.ofSeconds(4));
        trouble.isWell();

        assertThat(trouble.pause()).isZero();
        assertThat(trouble.problem()).isNull();
    }

    /** Kafka takes a member whom it lets read nothing. */
    @Test
    void aPollThatGoesWellBetweenTwoThatFail_isNoEndOfIt() {
        for (int i = 0; i < 4; i++) {
            trouble.failed(new TopicAuthorizationException(Set.of("a-topic")));
            pass(Duration.ofMillis(500));
            trouble.isWell();
        }

        assertThat(trouble.pause()).hasSeconds(8);
        assertThat(trouble.problem()).isEqualTo("The topics [a-topic] may not be read");
    }

    @Test
    void theReasonNamesTheGroup() {
        trouble.failed(new InconsistentGroupProtocolException("Kafka's words"));
        String shared = "Another kind of consumer is in the consumer group the-group: stop it";
        assertThat(trouble.problem()).isEqualTo(shared);

        trouble.failed(GroupAuthorizationException.forGroupId("the-group"));
        assertThat(trouble.problem())
                .isEqualTo("The consumer group the-group may not be used: Kafka does not allow this user to READ it");

        trouble.isShared();
        assertThat(trouble.problem()).isEqualTo(shared);
    }

    @Test
    void aBundleThatStopsWaitsForNothing() {
        for (int i = 0; i < 10; i++) {
            trouble.failed(new KafkaException("no"));
        }
        trouble.close();
        long began = System.nanoTime();

        trouble.awaitNextTry();

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(9));
    }
}
