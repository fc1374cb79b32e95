package io.lsqroutes.leadsquared.signin;

import io.lsqroutes.attempt.ChargedAttempts;
import io.lsqroutes.attempt.Fault;
import io.lsqroutes.attempt.Verdict;

/** The sign-ins for a user's key that count against one event. Not synchronised. */
public final class SignInTries {
    /** One event is worth so many. */
    static final int MOST = 2;

    /** Answers that are no answer of the API, such as a page: they count only while the account is known to be well. */
    private final ChargedAttempts pages = new ChargedAttempts(0);

    private int answered;

    /** The API has answered one in its own words. */
    public void answered() {
        answered++;
    }

    /** One was answered, and not by words of the API. */
    public void addPage(Verdict failure) {
        pages.add(failure);
    }

    /** Whose fault the answer of the call under way is, once it is known. */
    public void blame(Fault whose) {
        pages.blame(whose);
    }

    /** The call is over. */
    public void ended() {
        pages.ended();
    }

    /** Whether no other one may follow. */
    public boolean spent() {
        return answered + pages.count() >= MOST;
    }

    /** Whether that may turn out to be so. */
    public boolean mayBeSpent() {
        return answered + pages.atMost() >= MOST;
    }
}
