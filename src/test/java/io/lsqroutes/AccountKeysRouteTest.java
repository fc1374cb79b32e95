package io.lsqroutes;

import static org.assertj.core.api.Assertions.assertThat;

import io.lsqroutes.event.Outcome;
import io.lsqroutes.event.Status;
import io.lsqroutes.sandbox.Portal;
import io.lsqroutes.sandbox.PortalOptions;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AccountKeysRouteTest extends RouteTestSupport {

    @Override
    protected Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>(super.settings());
        settings.put("lsq.public.auth-key", PortalOptions.PUBLIC_AUTH_KEY);
        settings.put("lsq.register.token", PortalOptions.REGISTER_TOKEN);
        return settings;
    }

    @Test
    void givenKeysAreUsedAsTheyAre() throws Exception {
        send("reset-requested", "{\"emailAddress\":\"ada@example.com\"}");

        assertThat(outcome().status()).isEqualTo(Status.SUCCEEDED);
        assertThat(calls(Portal.PUBLIC_TOKEN)).isEmpty();
        assertThat(calls(Portal.REGISTER_TOKEN)).isEmpty();
    }

    @Test
    void keysThatAreNoLongerAcceptedAreFetchedOnce_andNoEventFailsForThem() throws Exception {
        portal.rotateKeys();
        for (int i = 0; i < 10; i++) {
            send("reset-requested", "{\"emailAddress\":\"person-" + i + "@example.com\"}");
        }
        for (int i = 0; i < 10; i++) {
            Outcome outcome = outcome();
            assertThat(outcome.status()).isEqualTo(Status.SUCCEEDED);
            assertThat(outcome.possibleDuplicate()).isFalse();
        }
        assertThat(calls(Portal.PUBLIC_TOKEN)).hasSize(1);
        assertThat(calls(Portal.REGISTER_TOKEN)).hasSize(1);
    }
}
