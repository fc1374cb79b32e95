package io.lsqroutes.attempt;

/** What the account may suffer from, as its answers look: each is one kind of answer that can suspend calls. */
public enum Trouble {
    NO_CONNECTION("no connection to LeadSquared can be made"),
    CERTIFICATE("the certificate of LeadSquared's host is not accepted"),
    NO_FREE_CONNECTION("no connection of the bundle's own comes free"),
    UNAVAILABLE("LeadSquared answers 503"),
    REDIRECTED("LeadSquared redirects its calls"),
    NOT_THE_API("something else than the API refuses its calls (403, 404 and the like)"),
    SERVER_ERROR("LeadSquared answers 5xx without words of its own"),
    NOT_UNDERSTOOD("no answer of LeadSquared can be understood, or none comes"),
    KEYS_NOT_ACCEPTED("the account's keys are refused"),
    QUOTA_SPENT("every call is refused as one too many: the account's calls seem to be spent");

    private final String reason;

    Trouble(String reason) {
        this.reason = reason;
    }

    /** For people. */
    public String reason() {
        return reason;
    }

    /** Whether one such answer is enough: no event can bring it about, or another one shows at once that it did. */
    public boolean stopsAtOnce() {
        return this == CERTIFICATE || this == REDIRECTED || this == KEYS_NOT_ACCEPTED || this == QUOTA_SPENT;
    }

    /** Whether no request went out at all. */
    public boolean isOfConnection() {
        return this == NO_CONNECTION || this == CERTIFICATE || this == NO_FREE_CONNECTION;
    }

    /** Whether it is an answer without words of LeadSquared's own, of whichever kind. */
    public boolean isAnAnswer() {
        return mayBeTheEvents() && this != KEYS_NOT_ACCEPTED;
    }

    /** Whether it may be about the event, too. Where nothing was done, and for a reason outside, it never is. */
    public boolean mayBeTheEvents() {
        return !isOfConnection() && this != UNAVAILABLE && this != QUOTA_SPENT;
    }
}
