package io.lsqroutes.leadsquared;

import io.lsqroutes.attempt.Attempts;
import io.lsqroutes.attempt.CallFailed;
import io.lsqroutes.attempt.Verdict;
import io.lsqroutes.event.ChangeRequested;
import io.lsqroutes.event.Event;
import io.lsqroutes.event.Person;
import io.lsqroutes.event.Person.EmailAddress;
import io.lsqroutes.event.Person.SearchKey;
import io.lsqroutes.event.Progress;
import io.lsqroutes.event.ResetRequested;
import io.lsqroutes.event.Secret;
import io.lsqroutes.leadsquared.ForgotPasswordRequest.RecipientField;
import java.util.Objects;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import org.jspecify.annotations.Nullable;

/** Builds the body of each call from its event. */
public final class RequestBuilder {

    /** What was tried in a former life of the process counts. */
    public Attempts begin(
            @Body Event event,
            @ExchangeProperty(Attempts.PROGRESS) Progress progress,
            @ExchangeProperty(Attempts.IN_CALL) boolean inCall) {
        return new Attempts(event, new SignInProgress(event), progress, inCall);
    }

    /** What a former life of the process left in doubt fails here, as if its call had failed just now. */
    public void recall(@ExchangeProperty(Attempts.PROPERTY) Attempts attempts) throws CallFailed {
        Verdict undecided = attempts.undecided();
        if (undecided != null) {
            throw new CallFailed(undecided);
        }
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
        return new SignInRequest(
                emailAddress(person), SignInProgress.of(attempts).password(event), searchKeyData(person));
    }

    public ChangePasswordRequest changePassword(@ExchangeProperty(Attempts.PROPERTY) Attempts attempts) {
        ChangeRequested event = (ChangeRequested) attempts.event();
        return new ChangePasswordRequest(event.currentPassword(), event.newPassword());
    }

    /** Whether signing in has to bring the user's key, or to tell whether the change was made. */
    public boolean needSignIn(@ExchangeProperty(Attempts.PROPERTY) Attempts attempts) {
        return SignInProgress.of(attempts).needsSignIn();
    }

    /** Keeps the key that signing in brought. */
    public void signedIn(@ExchangeProperty(Attempts.PROPERTY) Attempts attempts, @Body Answer answer) {
        Secret key = Objects.requireNonNull(answer.secret("AuthKey"), "a sign-in without a key is no success");
        SignInProgress.of(attempts).signedIn(key, attempts);
    }

    /** Whether the call is still to be made: signing in may have shown that the change was. */
    public boolean needChange(@ExchangeProperty(Attempts.PROPERTY) Attempts attempts) {
        return !attempts.verified();
    }

    private static @Nullable String emailAddress(Person person) {
        return person instanceof EmailAddress address ? address.value() : null;
    }

    private static @Nullable SearchKeyData searchKeyData(Person person) {
        return person instanceof SearchKey key ? new SearchKeyData(key.schemaName(), key.value()) : null;
    }
}
