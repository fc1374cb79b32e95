package io.lsqroutes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lsqroutes.sandbox.Portal;
import io.lsqroutes.sandbox.PortalCall;
import io.lsqroutes.sandbox.PortalOptions;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The portal id is wrong and the access keys are right: key calls go well, and every other call is answered 401. */
class WrongPortalIdRouteTest extends RouteTestSupport {
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(1);

    @Override
    protected Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>(super.settings());
        settings.put("lsq.portal-id", "of-somebody-else");
        return settings;
    }

    private void assertSuspendedWithoutAnOutcome() {
        await().until(this::lineStands);
        await().during(LONG_ENOUGH)
                .atMost(LONG_ENOUGH.multipliedBy(20))
                .until(() -> lineStands() && outcomes().isEmpty());
        assertThat(troubles()).contains("the account's keys or the portal id are refused");
    }

    @Test
    void case22_noResetIsAtFault() {
        for (int i = 0; i < 16; i++) {
            send("reset-requested", "{\"emailAddress\":\"person-" + i + "@example.com\"}");
        }

        assertSuspendedWithoutAnOutcome();

        assertThat(calls(Portal.FORGOT_PASSWORD).stream()
                        .map(PortalCall::person)
                        .distinct())
                .as("different persons are tried")
                .hasSizeGreaterThanOrEqualTo(3);
    }

    @Test
    void noChangeIsAtFaultWhosePersonSignsIn_andNobodySignsInTwice() {
        for (int i = 0; i < 6; i++) {
            send("change-requested", """
                    {"emailAddress":"person-%d@example.com","currentPassword":"%s","newPassword":"NewSample@123"}""".formatted(i, PortalOptions.INITIAL_PASSWORD));
        }

        assertSuspendedWithoutAnOutcome();

        assertThat(calls(Portal.SIGN_IN).stream().map(PortalCall::person)).doesNotHaveDuplicates();
    }

    @Test
    void noChangeIsAtFaultThatBringsItsUsersKey() {
        for (int i = 0; i < 6; i++) {
            send("change-requested", """
                    {"authKey":"%s","currentPassword":"%s","newPassword":"NewSample@123"}""".formatted(
                            portal.signInKeyFor("person-" + i + "@example.com"), PortalOptions.INITIAL_PASSWORD));
        }

        assertSuspendedWithoutAnOutcome();
    }
}
