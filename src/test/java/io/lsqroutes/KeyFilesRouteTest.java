package io.lsqroutes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.lsqroutes.event.Outcome;
import io.lsqroutes.event.Status;
import io.lsqroutes.sandbox.Portal;
import io.lsqroutes.sandbox.PortalCall;
import io.lsqroutes.sandbox.PortalOptions;
import io.lsqroutes.settings.SettingsSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The account's keys stand in files, and an operator replaces them while the bundle runs. */
class KeyFilesRouteTest extends RouteTestSupport {
    private final Path secrets;

    KeyFilesRouteTest(@TempDir Path secrets) {
        this.secrets = secrets;
    }

    @Override
    protected SettingsSource settingsSource() {
        write(PortalOptions.PUBLIC_AUTH_KEY, PortalOptions.REGISTER_TOKEN);
        return new SettingsSource(Map.of(), secrets);
    }

    @Override
    protected Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>(super.settings());
        settings.put("lsq.access-key", "");
        settings.put("lsq.secret-key", "");
        return settings;
    }

    private void write(String publicAuthKey, String registerToken) {
        try {
            Files.writeString(secrets.resolve("lsq.public.auth-key"), publicAuthKey);
            Files.writeString(secrets.resolve("lsq.register.token"), registerToken);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void keysThatAreReplacedInTheirFilesAreUsedAfterThe401_withoutARestart() throws Exception {
        portal.rotateKeys();
        write(portal.publicAuthKey(), portal.registerToken());

        send("reset-requested", "{\"emailAddress\":\"ada@example.com\"}");
        send("reset-requested", "{\"emailAddress\":\"bob@example.com\"}");

        for (int i = 0; i < 2; i++) {
            assertThat(outcome())
                    .extracting(Outcome::status, Outcome::possibleDuplicate)
                    .containsExactly(Status.SUCCEEDED, false);
        }
        assertThat(calls(Portal.FORGOT_PASSWORD))
                .extracting(PortalCall::status)
                .hasSizeBetween(3, 4)
                .filteredOn(status -> status == 200)
                .hasSize(2);
    }

    @Test
    void aRefusedSignInWaitsUntilSomebodyElseHasProvedTheKeysGood_andIsNotMadeAgain() throws Exception {
        send(
                "change-requested",
                "{\"emailAddress\":\"ada@example.com\",\"currentPassword\":\"wrong\",\"newPassword\":\"x\"}");
        await().until(() -> calls(Portal.SIGN_IN).size() == 1);
        send("reset-requested", "{\"emailAddress\":\"bob@example.com\"}");

        // The success itself rules on the other event, which may be told of first.
        assertThat(List.of(outcome(), outcome()))
                .extracting(Outcome::status, Outcome::code, Outcome::httpStatus, Outcome::calls)
                .containsExactlyInAnyOrder(
                        tuple(Status.SUCCEEDED, null, 200, 1), tuple(Status.REJECTED, "sign-in-refused", 401, 0));
        assertThat(calls(Portal.SIGN_IN)).hasSize(1);
    }
}
