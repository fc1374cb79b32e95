package io.lsqroutes.attempt;

/** The calls of the portal API that the bundle makes. */
public enum CallKind {
    FORGOT_PASSWORD("POST", "/api/Authentication/SecureForgotPassword", Credentials.ACCOUNT, true),
    CHANGE_PASSWORD("POST", "/api/Settings/v2/ChangePassword", Credentials.USER, true),
    SIGN_IN("POST", "/api/Authentication/v2/Signin", Credentials.ACCOUNT, false),
    PUBLIC_AUTH_KEY("GET", "/api/Access/PublicToken", Credentials.ACCESS, false),
    REGISTER_TOKEN("GET", "/api/Access/GetRegisterToken", Credentials.ACCESS, false);

    /** Whose keys a call carries. */
    public enum Credentials {
        /** The account's public auth key. */
        ACCOUNT,
        /** The signed-in user's auth key. */
        USER,
        /** The account's access and secret key. */
        ACCESS
    }

    private final String method;
    private final String path;
    private final Credentials credentials;
    private final boolean settlesTheEvent;

    CallKind(String method, String path, Credentials credentials, boolean settlesTheEvent) {
        this.method = method;
        this.path = path;
        this.credentials = credentials;
        this.settlesTheEvent = settlesTheEvent;
    }

    public String method() {
        return method;
    }

    public String path() {
        return path;
    }

    public Credentials credentials() {
        return credentials;
    }

    /** Whether it fetches keys of the account, for all events. */
    public boolean isKeyCall() {
        return credentials == Credentials.ACCESS;
    }

    /** Whether it is made in the signed-in user's name. */
    public boolean carriesUserKey() {
        return credentials == Credentials.USER;
    }

    /** Whether this is the call the event asks for, and not one that only prepares it. */
    public boolean settlesTheEvent() {
        return settlesTheEvent;
    }
}
