package io.lsqroutes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.lsqroutes.event.Outcome;
import io.lsqroutes.event.Status;
import io.lsqroutes.sandbox.Portal;
import io.lsqroutes.sandbox.PortalOptions;
import io.lsqroutes.sandbox.Quirk;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A key is refused: the user's or the account's. The portal counts what it takes to find out. */
class SignInRouteTest extends RouteTestSupport {
    private static final String ADA = "ada@example.com";
    private static final String WRONG = "WrongSamplepassword@123";
    private static final String RIGHT = PortalOptions.INITIAL_PASSWORD;

    /** Keys that nothing has proved yet, and the means to fetch others. */
    @Override
    protected Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>(super.settings());
        settings.put("lsq.public.auth-key", PortalOptions.PUBLIC_AUTH_KEY);
        settings.put("lsq.register.token", PortalOptions.REGISTER_TOKEN);
        return settings;
    }

    private static String byEmail(String address) {
        return "\"emailAddress\":\"" + address + "\"";
    }

    private String byKey() {
        return "\"authKey\":\"" + portal.signInKeyFor(ADA) + "\"";
    }

    private void change(String who, String current) {
        send(
                "change-requested",
                "{" + who + ",\"currentPassword\":\"" + current + "\",\"newPassword\":\"NewSamplepassword@123\"}");
    }

    private void assertOutcome(Status status, String code, int calls) throws InterruptedException {
        assertThat(outcome())
                .extracting(Outcome::status, Outcome::code, Outcome::calls, Outcome::possibleDuplicate)
                .containsExactly(status, code, calls, false);
    }

    private void assertCalls(int signIns, int changes, int fetches) {
        assertThat(calls(Portal.SIGN_IN)).as("sign-ins").hasSize(signIns);
        assertThat(calls(Portal.CHANGE_PASSWORD)).as("changes").hasSize(changes);
        assertThat(calls(Portal.PUBLIC_TOKEN)).as("public auth key").hasSize(fetches);
        assertThat(calls(Portal.REGISTER_TOKEN)).as("registration token").hasSize(fetches);
    }

    /** Only that shows that keys and portal id are right together. */
    private void proveTheAccount() throws InterruptedException {
        send("reset-requested", "{\"emailAddress\":\"somebody@example.com\"}");
        assertThat(outcome().status()).isEqualTo(Status.SUCCEEDED);
    }

    @Test
    void aWrongPasswordIsAskedOnce_whateverKeyCallsSay_andRuledOnWhenTheAccountIsProved() throws Exception {
        change(byEmail(ADA), WRONG);
        await().until(this::lineStands);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> calls(Portal.PUBLIC_TOKEN).size() >= 2);
        assertThat(outcomes()).isEmpty();

        send("reset-requested", "{\"emailAddress\":\"somebody@example.com\"}");

        assertThat(List.of(outcome(), outcome()))
                .extracting(Outcome::status, Outcome::code, Outcome::calls)
                .containsExactlyInAnyOrder(
                        tuple(Status.SUCCEEDED, null, 1), tuple(Status.REJECTED, "sign-in-refused", 0));
        assertThat(calls(Portal.SIGN_IN)).hasSize(1);
    }

    @Test
    void aSignInWithKeysThatAreReplacedIsMadeOnceMore() throws Exception {
        portal.rotateKeys();

        change(byEmail(ADA), RIGHT);
        assertThat(outcome().status()).isEqualTo(Status.SUCCEEDED);
        assertCalls(2, 1, 1);
    }

    @Test
    void afterFiveRefusedSignInsOfOnePersonNoneIsMade_howeverManyAreQueued() throws Exception {
        proveTheAccount();
        for (int i = 0; i < 8; i++) {
            change(byEmail(i % 2 == 0 ? ADA : "Ada@Example.COM"), WRONG);
        }
        for (int i = 0; i < 5; i++) {
            assertOutcome(Status.REJECTED, "sign-in-refused", 0);
        }
        for (int i = 0; i < 3; i++) {
            assertOutcome(Status.REJECTED, "too-many-sign-ins", 0);
        }
        assertCalls(5, 0, 0);

        change(byEmail("bob@example.com"), RIGHT);
        assertThat(outcome().status()).isEqualTo(Status.SUCCEEDED);
        change(byKey() + "," + byEmail(ADA), RIGHT);
        assertThat(outcome().status()).as("nobody has to sign in").isEqualTo(Status.SUCCEEDED);
    }

    @Test
    void aSignInThatTheApiAnswersWithA500InItsOwnWordsIsMadeTwice() throws Exception {
        portal.quirkSignIn(ADA, Quirk.SERVER_ERROR_ENVELOPE, Integer.MAX_VALUE);

        change(byEmail(ADA), RIGHT);

        assertOutcome(Status.REJECTED, "sign-in-refused", 0);
        assertCalls(2, 0, 0);
    }

    @Test
    void aSignInThatTellsNothingOfThePersonIsMadeAgain() throws Exception {
        portal.quirkSignIn(ADA, Quirk.HTML, 1);
        portal.quirkSignIn(ADA, Quirk.SERVER_ERROR, 2);

        change(byEmail(ADA), RIGHT);

        assertThat(outcome()).extracting(Outcome::status, Outcome::calls).containsExactly(Status.SUCCEEDED, 1);
        assertThat(calls(Portal.SIGN_IN)).hasSize(4);
        assertThat(calls(Portal.CHANGE_PASSWORD)).hasSize(1);
    }

    @Test
    void aUsersKeyIsCalledOnceMoreWhereTheTokenBesideItWasReplaced() throws Exception {
        String who = byKey();
        portal.rotateKeys();

        change(who, RIGHT);

        assertThat(outcome())
                .extracting(Outcome::status, Outcome::calls, Outcome::possibleDuplicate)
                .containsExactly(Status.SUCCEEDED, 2, false);
        assertCalls(0, 2, 1);
    }

    @Test
    void aUsersKeyIsRefusedWhereTheTokenIsTheSame_andTheNextOneWithoutAnotherFetch() throws Exception {
        proveTheAccount();
        String who = byKey();
        portal.expireSignInKeys();

        change(who, RIGHT);
        assertOutcome(Status.REJECTED, "key-refused", 1);
        assertCalls(0, 1, 1);

        change(who, RIGHT);
        assertOutcome(Status.REJECTED, "key-refused", 1);
        assertCalls(0, 2, 1);
    }

    @Test
    void aKeyThatSigningInBroughtIsNotReplacedByAnother() throws Exception {
        portal.quirk(ADA, Quirk.UNAUTHORIZED, Integer.MAX_VALUE);

        change(byKey() + "," + byEmail(ADA), RIGHT);

        assertOutcome(Status.REJECTED, "key-refused", 2);
        assertCalls(1, 2, 1);
    }
}
