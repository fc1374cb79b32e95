package io.lsqroutes.leadsquared;

import io.lsqroutes.event.ChangeRequested;
import io.lsqroutes.event.Event;
import io.lsqroutes.event.Person;
import io.lsqroutes.event.Person.EmailAddress;
import io.lsqroutes.event.Person.SearchKey;
import io.lsqroutes.event.Progress;
import io.lsqroutes.event.ResetRequested;
import io.lsqroutes.leadsquared.ForgotPasswordRequest.RecipientField;
import java.util.Objects;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import org.jspecify.annotations.Nullable;

/** Builds the body of each call from its event. */
public final class Requests {

    /** What was tried in a former life of the process counts. */
    public Attempts begin(@Body Event event, @ExchangeProperty(Attempts.PROGRESS) Progress progress) {
        return new Attempts(event, progress);
    }

    public ForgotPasswordRequest forgotPassword(@ExchangeProperty(Attempts.PROPERTY) Attempts attempts) {
        ResetRequested event = (ResetRequested) attempts.event();
        String field = event.recipientField();
        return new ForgotPasswordRequest(
                emailAddress(event.person()),
                searchKeyData(event.person()),
                field == null ? null : new RecipientField(field));
    }

    public SignInRequest signIn(@ExchangeProperty(Attempts.PROPERTY) Attempts attempts) {
        ChangeRequested event = (ChangeRequested) attempts.event();
        Person person = Objects.requireNonNull(event.person(), "only a change that names the person signs in");
        return new SignInRequest(emailAddress(person), event.currentPassword(), searchKeyData(person));
    }

    public ChangePasswordRequest changePassword(@ExchangeProperty(Attempts.PROPERTY) Attempts attempts) {
        ChangeRequested event = (ChangeRequested) attempts.event();
        return new ChangePasswordRequest(event.currentPassword(), event.newPassword());
    }

    /** Whether the user's key has to be had by signing in. */
    public boolean needSignIn(@ExchangeProperty(Attempts.PROPERTY) Attempts attempts) {
        return attempts.needsSignIn();
    }

    /** Keeps the key that signing in brought. */
    public void signedIn(@ExchangeProperty(Attempts.PROPERTY) Attempts attempts, @Body Answer answer) {
        attempts.signedIn(Objects.requireNonNull(answer.secret("AuthKey"), "a sign-in without a key is no success"));
    }

    private static @Nullable String emailAddress(Person person) {
        return person instanceof EmailAddress address ? address.value() : null;
    }

    private static @Nullable SearchKeyData searchKeyData(Person person) {
        return person instanceof SearchKey key ? new SearchKeyData(key.schemaName(), key.value()) : null;
    }
}
