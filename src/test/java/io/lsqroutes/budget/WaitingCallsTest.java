package io.lsqroutes.budget;

import static org.assertj.core.api.Assertions.assertThat;

import io.lsqroutes.event.Lane;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

class WaitingCallsTest {
    private final WaitingCalls waiting = new WaitingCalls();

    private WaitingCall add(Lane lane, boolean again) {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        WaitingCall call = new WaitingCall(lane, again, exchange, doneSync -> {}, claim -> {});
        waiting.add(call);
        return call;
    }

    @Test
    void whoWaitsForTheFirstTimeGoesBeforeWhatHasFailed() {
        WaitingCall failed = add(Lane.INTERACTIVE, true);
        WaitingCall first = add(Lane.INTERACTIVE, false);
        WaitingCall second = add(Lane.INTERACTIVE, false);
        assertThat(waiting.lanes()).containsOnly(Lane.INTERACTIVE);

        assertThat(waiting.next(Lane.INTERACTIVE)).isSameAs(first);
        assertThat(waiting.next(Lane.INTERACTIVE)).isSameAs(second);
        assertThat(waiting.next(Lane.INTERACTIVE)).isSameAs(failed);
        assertThat(waiting.lanes()).isEmpty();
    }

    @Test
    void aCampaignKeepsItsOrder_orWhatFailedWouldWaitForItsEnd() {
        WaitingCall failed = add(Lane.CAMPAIGN, true);
        WaitingCall first = add(Lane.CAMPAIGN, false);

        assertThat(waiting.next(Lane.CAMPAIGN)).isSameAs(failed);
        assertThat(waiting.next(Lane.CAMPAIGN)).isSameAs(first);
    }

    @Test
    void whatIsObjectedToIsTakenOut() {
        WaitingCall stays = add(Lane.INTERACTIVE, false);
        WaitingCall goes = add(Lane.INTERACTIVE, true);
        Exception why = new IllegalStateException("expired");

        assertThat(waiting.objected(exchange -> exchange == goes.exchange() ? why : null))
                .containsOnlyKeys(goes)
                .containsValue(why);
        assertThat(waiting.removeAll()).containsExactly(stays);
        assertThat(waiting.lanes()).isEmpty();
    }
}
