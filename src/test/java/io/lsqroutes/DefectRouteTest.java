package io.lsqroutes;

import static org.assertj.core.api.Assertions.assertThat;

import io.lsqroutes.event.Outcome;
import io.lsqroutes.event.Status;
import io.lsqroutes.sandbox.PortalOptions;
import java.util.Map;
import org.apache.camel.CamelConfiguration;
import org.apache.camel.CamelContext;
import org.apache.camel.main.MainConfigurationProperties;
import org.junit.jupiter.api.Test;

/** A defect of the bundle itself must not swallow an event. */
class DefectRouteTest extends RouteTestSupport {

    /** Stands in for a bean with a bug. */
    public static final class BrokenVerdicts {
        @SuppressWarnings("DoNotCallSuggester")
        public Object decide() {
            throw new IllegalStateException("hunter2");
        }
    }

    @Override
    protected Map<String, String> settings() {
        return Map.of(
                "lsq.limit.calls", "0",
                "lsq.public.auth-key", PortalOptions.PUBLIC_AUTH_KEY,
                "lsq.register.token", PortalOptions.REGISTER_TOKEN);
    }

    @Override
    protected void configure(MainConfigurationProperties configuration) {
        super.configure(configuration);
        configuration.addConfiguration(new CamelConfiguration() {
            @Override
            public void configure(CamelContext context) {
                context.getRegistry().unbind("answerClassifier");
                context.getRegistry().bind("answerClassifier", new BrokenVerdicts());
            }
        });
    }

    @Test
    void theEventIsInDoubt_becauseItsCallWasMade() throws Exception {
        send("reset-requested", "{\"emailAddress\":\"ada@example.com\"}");

        assertThat(outcome())
                .extracting(Outcome::status, Outcome::code, Outcome::calls, Outcome::message)
                .containsExactly(Status.IN_DOUBT, "internal-error", 1, null);
    }
}
