package io.lsqroutes.leadsquared;

import io.lsqroutes.attempt.Attempts;
import io.lsqroutes.event.ChangeRequested;
import io.lsqroutes.event.Event;
import io.lsqroutes.event.EventHead;
import io.lsqroutes.event.EventType;
import io.lsqroutes.event.Lane;
import io.lsqroutes.event.Person;
import io.lsqroutes.event.Person.EmailAddress;
import io.lsqroutes.event.Person.SearchKey;
import io.lsqroutes.event.Progress;
import io.lsqroutes.event.RecordPosition;
import io.lsqroutes.event.ResetRequested;
import io.lsqroutes.event.Secret;
import io.lsqroutes.leadsquared.keys.Account;
import io.lsqroutes.leadsquared.signin.SignInProgress;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Events and accounts for the tests of this package. */
public final class SampleEvents {
    public static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    /** With the tolerance of five minutes for clocks that differ, an hour from now. */
    static final Instant EXPIRES = NOW.plusSeconds(55 * 60);

    public static final Person ADA = new EmailAddress("ada@example.com");
    public static final Person PHONE = new SearchKey("Phone", "+14-157415569");

    private SampleEvents() {}

    public static EventHead head(EventType type) {
        return head(type, Lane.CAMPAIGN, "spring-26");
    }

    private static EventHead head(EventType type, Lane lane, @Nullable String campaignId) {
        return new EventHead(
                "e-1", type, lane, campaignId, NOW, EXPIRES, null, new RecordPosition("some-topic", 3, 42, 0));
    }

    public static ResetRequested reset() {
        return reset(ADA, null);
    }

    /** A reset that somebody waits for. */
    public static ResetRequested interactiveReset() {
        return new ResetRequested(head(EventType.RESET, Lane.INTERACTIVE, null), ADA, null);
    }

    public static ResetRequested reset(Person person, @Nullable String recipientField) {
        return new ResetRequested(head(EventType.RESET), person, recipientField);
    }

    /** A change of one who signs in, or is signed in already, or both. */
    public static ChangeRequested change(@Nullable Person person, @Nullable String authKey) {
        return new ChangeRequested(
                head(EventType.CHANGE),
                person,
                authKey == null ? null : new Secret(authKey),
                new Secret("OldSamplepassword@123"),
                new Secret("NewSamplepassword@123"));
    }

    /** Those of an event that nothing has been tried for. */
    public static Attempts attempts(Event event) {
        return attempts(event, Progress.NONE, false);
    }

    /** Those that go on where a former life of the process left them. */
    public static Attempts attempts(Event event, Progress progress, boolean inCall) {
        return new Attempts(event, new SignInProgress(event), progress, inCall);
    }

    /** Signing in has brought this key. */
    public static void signedIn(Attempts attempts, String key) {
        SignInProgress.of(attempts).signedIn(new Secret(key), attempts);
    }

    public static Account accountWithAccessKeys() {
        return new Account(
                "https://portalapi.leadsquared.com",
                "portal-1",
                null,
                null,
                new Secret("access-key"),
                new Secret("secret-key"));
    }

    public static Account accountWithAllKeys() {
        return account("public-key", "register-token", "access-key", "secret-key");
    }

    public static Account account(String publicAuthKey, String registerToken, String accessKey, String secretKey) {
        return new Account(
                "https://portalapi.leadsquared.com",
                "portal-1",
                new Secret(publicAuthKey),
                new Secret(registerToken),
                new Secret(accessKey),
                new Secret(secretKey));
    }

    public static Account accountWithGivenKeys() {
        return new Account(
                "https://portalapi.leadsquared.com",
                "portal-1",
                new Secret("public-key"),
                new Secret("register-token"),
                null,
                null);
    }
}
