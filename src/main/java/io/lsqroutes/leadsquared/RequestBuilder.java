package io.lsqroutes.leadsquared;

import io.lsqroutes.attempt.Attempts;
import io.lsqroutes.attempt.CallKind;
import io.lsqroutes.attempt.Delivery;
import io.lsqroutes.event.ChangeRequested;
import io.lsqroutes.event.Person;
import io.lsqroutes.event.Person.EmailAddress;
import io.lsqroutes.event.Person.SearchKey;
import io.lsqroutes.event.ResetRequested;
import io.lsqroutes.event.Secret;
import io.lsqroutes.leadsquared.ForgotPasswordRequest.RecipientField;
import io.lsqroutes.leadsquared.answer.Answer;
import io.lsqroutes.leadsquared.signin.SignInProgress;
import java.util.Objects;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import org.jspecify.annotations.Nullable;

/** Builds the body of each call from its event. */
public final class RequestBuilder {

    public ForgotPasswordRequest forgotPassword(@ExchangeProperty(Delivery.PROPERTY) Delivery delivery) {
        Attempts attempts = delivery.attempts();
        attempts.prepare(CallKind.FORGOT_PASSWORD);
        ResetRequested event = (ResetRequested) attempts.event();
        String field = event.recipientField();
        return new ForgotPasswordRequest(
                emailAddress(event.person()),
                searchKeyData(event.person()),
                field == null ? null : new RecipientField(field));
    }

    public SignInRequest signIn(@ExchangeProperty(Delivery.PROPERTY) Delivery delivery) {
        Attempts attempts = delivery.attempts();
        ChangeRequested event = (ChangeRequested) attempts.event();
        Person person = Objects.requireNonNull(event.person(), "only a change that names the person signs in");
        attempts.prepare(CallKind.SIGN_IN);
        return new SignInRequest(
                emailAddress(person), SignInProgress.of(attempts).password(event), searchKeyData(person));
    }

    public ChangePasswordRequest changePassword(@ExchangeProperty(Delivery.PROPERTY) Delivery delivery) {
        Attempts attempts = delivery.attempts();
        ChangeRequested event = (ChangeRequested) attempts.event();
        attempts.prepare(CallKind.CHANGE_PASSWORD);
        return new ChangePasswordRequest(event.currentPassword(), event.newPassword());
    }

    /** The key calls have no body. */
    public void publicAuthKey(@ExchangeProperty(Delivery.PROPERTY) Delivery delivery) {
        delivery.attempts().prepare(CallKind.PUBLIC_AUTH_KEY);
    }

    public void registerToken(@ExchangeProperty(Delivery.PROPERTY) Delivery delivery) {
        delivery.attempts().prepare(CallKind.REGISTER_TOKEN);
    }

    /** Whether signing in has to bring the user's key, or to tell whether the change was made. */
    public boolean needSignIn(@ExchangeProperty(Delivery.PROPERTY) Delivery delivery) {
        return SignInProgress.of(delivery.attempts()).needsSignIn();
    }

    /** Keeps the key that signing in brought. */
    public void signedIn(@ExchangeProperty(Delivery.PROPERTY) Delivery delivery, @Body Answer answer) {
        Attempts attempts = delivery.attempts();
        Secret key = Objects.requireNonNull(answer.secret("AuthKey"), "a sign-in without a key is no success");
        SignInProgress.of(attempts).signedIn(key, attempts);
    }

    /** Whether the call is still to be made: signing in may have shown that the change was. */
    public boolean needChange(@ExchangeProperty(Delivery.PROPERTY) Delivery delivery) {
        return !delivery.attempts().verified();
    }

    private static @Nullable String emailAddress(Person person) {
        return person instanceof EmailAddress address ? address.value() : null;
    }

    private static @Nullable SearchKeyData searchKeyData(Person person) {
        return person instanceof SearchKey key ? new SearchKeyData(key.schemaName(), key.value()) : null;
    }
}
