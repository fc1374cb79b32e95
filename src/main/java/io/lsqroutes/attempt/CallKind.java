package io.lsqroutes.attempt;

/** The calls of the portal API that the bundle makes. */
public enum CallKind {
    FORGOT_PASSWORD(true),
    CHANGE_PASSWORD(true),
    SIGN_IN(false),
    PUBLIC_AUTH_KEY(false),
    REGISTER_TOKEN(false);

    private final boolean settlesTheEvent;

    CallKind(boolean settlesTheEvent) {
        this.settlesTheEvent = settlesTheEvent;
    }

    /** Whether this is the call the event asks for, and not one that only prepares it. */
    public boolean settlesTheEvent() {
        return settlesTheEvent;
    }

    /** Whether it fetches a key of the account, for all events. */
    public boolean isKeyCall() {
        return this == PUBLIC_AUTH_KEY || this == REGISTER_TOKEN;
    }

    /** Whether it is made in the signed-in user's name. */
    public boolean carriesUserKey() {
        return this == CHANGE_PASSWORD;
    }

    /** Whether it is made in the account's name. */
    public boolean carriesAccountKey() {
        return this == FORGOT_PASSWORD || this == SIGN_IN;
    }
}
