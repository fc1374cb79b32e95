package io.lsqroutes.sandbox;

import java.time.Duration;

/** What a sandbox portal is like; read once, when it starts. */
public final class PortalOptions {
    public static final String PUBLIC_AUTH_KEY = "sandbox-public-auth-key-7f3a";
    public static final String REGISTER_TOKEN = "sandbox-register-token-2c91";
    public static final String PORTAL_ID = "sandbox-portal-id-51d8";
    public static final String ACCESS_KEY = "sandbox-access-key-b06e";
    public static final String SECRET_KEY = "sandbox-secret-key-e4f7";
    public static final String TEMPORARY_PASSWORD = "sandbox-temporary-password-9a35";
    public static final String INITIAL_PASSWORD = "OldSamplepassword@123";

    String host = "127.0.0.1";
    int port = 0;
    int limitCalls = 25;
    Duration limitWindow = Duration.ofSeconds(5);
    boolean fixedWindows = false;
    Duration answerTime = Duration.ofMillis(60);
    Duration way = Duration.ZERO;
    Duration slowAnswer = Duration.ofSeconds(30);
    Duration signInKeyLifetime = Duration.ofHours(4);
    boolean olderAnswer = false;
    String publicAuthKey = PUBLIC_AUTH_KEY;
    String registerToken = REGISTER_TOKEN;
    String portalId = PORTAL_ID;
    String accessKey = ACCESS_KEY;
    String secretKey = SECRET_KEY;

    /** The address to listen on; loopback alone unless told otherwise. */
    public PortalOptions host(String address) {
        host = address;
        return this;
    }

    /** 0 takes any free port. */
    public PortalOptions port(int number) {
        port = number;
        return this;
    }

    /** At most so many calls in any window of that length; 0 calls: no limit. */
    public PortalOptions limit(int calls, Duration window) {
        if (calls < 0 || window.isNegative() || window.isZero()) {
            throw new IllegalArgumentException("a limit is 0 or more calls in a window longer than nothing");
        }
        limitCalls = calls;
        limitWindow = window;
        return this;
    }

    /** Counts in windows that follow one another, instead of in a sliding one. */
    public PortalOptions fixedWindows(boolean fixed) {
        fixedWindows = fixed;
        return this;
    }

    /** The time before every answer. */
    public PortalOptions answerTime(Duration time) {
        answerTime = time;
        return this;
    }

    /** A call is under way for up to this time before it arrives and is counted, and so is its answer: each as it happens. */
    public PortalOptions way(Duration longest) {
        way = longest;
        return this;
    }

    /** The time before an answer that {@link Quirk#SLOW} holds back. */
    public PortalOptions slowAnswer(Duration time) {
        slowAnswer = time;
        return this;
    }

    public PortalOptions signInKeyLifetime(Duration lifetime) {
        signInKeyLifetime = lifetime;
        return this;
    }

    /** Forgot Password answers with {@code LeadId} and {@code TemporaryPassword}, as on the older page. */
    public PortalOptions olderAnswer(boolean older) {
        olderAnswer = older;
        return this;
    }

    public PortalOptions publicAuthKey(String key) {
        publicAuthKey = key;
        return this;
    }

    public PortalOptions registerToken(String token) {
        registerToken = token;
        return this;
    }

    public PortalOptions portalId(String id) {
        portalId = id;
        return this;
    }

    public PortalOptions accessKey(String key) {
        accessKey = key;
        return this;
    }

    public PortalOptions secretKey(String key) {
        secretKey = key;
        return this;
    }
}
