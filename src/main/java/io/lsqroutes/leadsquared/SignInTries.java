package io.lsqroutes.leadsquared;

/** The sign-ins for a user's key that count against one event. Not synchronised. */
final class SignInTries {
    /** One event is worth so many. */
    static final int MOST = 2;

    /** Answers that are no answer of the API, such as a page: they count only while the account is known to be well. */
    private final Charges pages = new Charges(0);

    private int answered;

    /** The API has answered one in its own words. */
    void answered() {
        answered++;
    }

    /** One was answered, and not by words of the API. */
    void addPage(Verdict failure) {
        pages.add(failure);
    }

    /** Whose fault the answer of the call under way is, once it is known. */
    void blame(Blame whose) {
        pages.blame(whose);
    }

    /** The call is over. */
    void ended() {
        pages.ended();
    }

    /** Whether no other one may follow. */
    boolean spent() {
        return answered + pages.count() >= MOST;
    }

    /** Whether that may turn out to be so. */
    boolean mayBeSpent() {
        return answered + pages.atMost() >= MOST;
    }
}
