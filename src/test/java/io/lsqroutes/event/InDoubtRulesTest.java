package io.lsqroutes.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.lsqroutes.event.Person.EmailAddress;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class InDoubtRulesTest {
    private static final Person ADA = new EmailAddress("ada@example.com");

    private final InDoubtRules rules = new InDoubtRules(InDoubtPolicy.RESEND, InDoubtPolicy.PARK, InDoubtPolicy.VERIFY);

    private static EventHead head(EventType type, Lane lane) {
        return new EventHead("e-1", type, lane, null, null, Instant.EPOCH, null, new RecordPosition("t", 0, 0, 0));
    }

    private static Event reset(Lane lane) {
        return new ResetRequested(head(EventType.RESET, lane), ADA, null);
    }

    private static Event change(@Nullable Person person) {
        Secret secret = new Secret("secret");
        return new ChangeRequested(head(EventType.CHANGE, Lane.INTERACTIVE), person, secret, secret, secret);
    }

    @Test
    void aResetFollowsItsLane() {
        assertThat(rules.policy(reset(Lane.INTERACTIVE))).isEqualTo(InDoubtPolicy.RESEND);
        assertThat(rules.policy(reset(Lane.CAMPAIGN))).isEqualTo(InDoubtPolicy.PARK);
    }

    @Test
    void aChangeThatNamesNobodyCannotBeLookedInto() {
        assertThat(rules.policy(change(ADA))).isEqualTo(InDoubtPolicy.VERIFY);
        assertThat(rules.policy(change(null))).isEqualTo(InDoubtPolicy.PARK);
    }
}
