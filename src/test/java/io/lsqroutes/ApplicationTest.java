package io.lsqroutes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.main.Main;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How settings reach what Camel brings along. */
class ApplicationTest {

    /** Camel's own time-out of three minutes would end a call that may take longer. */
    @ParameterizedTest
    @ValueSource(strings = {"http", "https"})
    void theDeadlineIsTheClientsTimeout(String scheme) throws Exception {
        Main bundle = Application.bundle(Map.of(
                "LSQ_HOST", "https://portal.invalid",
                "LSQ_PORTAL_ID", "portal",
                "LSQ_ACCESS_KEY", "access-key",
                "LSQ_SECRET_KEY", "secret-key",
                "LSQ_CALL_DEADLINE", "5m"));
        try {
            bundle.init();

            HttpComponent client = bundle.getCamelContext().getComponent(scheme, HttpComponent.class);
            assertThat(client.getSoTimeout()).isEqualTo(300_000);
            assertThat(client.getResponseTimeout()).isEqualTo(300_000);
        } finally {
            bundle.stop();
        }
    }
}
