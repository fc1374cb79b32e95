package io.lsqroutes.leadsquared;

import io.lsqroutes.event.Secret;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.apache.camel.Body;
import org.jspecify.annotations.Nullable;

/** The account's two keys: given, or fetched with the access keys and then kept. Safe for use by several threads. */
public final class AccountKeys {
    private static final long RECENTLY = Duration.ofMinutes(10).toNanos();
    private static final long FETCH_AT_MOST_EVERY = Duration.ofMinutes(1).toNanos();

    private final @Nullable Secret accessKey;
    private final @Nullable Secret secretKey;
    private final LongSupplier nanoTime;
    private @Nullable Secret publicAuthKey;
    private @Nullable Secret registerToken;
    private boolean publicAuthKeyRefused;
    private boolean registerTokenRefused;
    private @Nullable Long provedAt;
    private @Nullable Long fetchedAt;

    /**
     * @param nanoTime the monotonic clock
     */
    public AccountKeys(Account account, LongSupplier nanoTime) {
        this.accessKey = account.accessKey();
        this.secretKey = account.secretKey();
        this.publicAuthKey = account.publicAuthKey();
        this.registerToken = account.registerToken();
        this.nanoTime = nanoTime;
    }

    public synchronized boolean missing() {
        return missingPublicAuthKey() || missingRegisterToken();
    }

    public synchronized boolean missingPublicAuthKey() {
        return publicAuthKey == null || publicAuthKeyRefused;
    }

    public synchronized boolean missingRegisterToken() {
        return registerToken == null || registerTokenRefused;
    }

    public synchronized void keepPublicAuthKey(@Body Answer answer) {
        publicAuthKey = answer.secret("PublicAuthKey");
        publicAuthKeyRefused = false;
        fetched();
    }

    public synchronized void keepRegisterToken(@Body Answer answer) {
        registerToken = answer.bareSecret();
        registerTokenRefused = false;
        fetched();
    }

    private void fetched() {
        fetchedAt = nanoTime.getAsLong();
        if (!missing()) {
            provedAt = fetchedAt;
        }
    }

    /** A call that carried the keys was answered as a good one. */
    synchronized void accepted() {
        provedAt = nanoTime.getAsLong();
    }

    /**
     * The keys were not accepted: they are fetched again, if they can be and were not a moment ago. Until then the old
     * ones stay, for the calls that are on their way out.
     */
    synchronized void refused() {
        provedAt = null;
        if (accessKey != null && secretKey != null && !within(fetchedAt, FETCH_AT_MOST_EVERY)) {
            publicAuthKeyRefused = true;
            registerTokenRefused = true;
        }
    }

    /** Whether a 401 cannot be the account keys' fault. */
    synchronized boolean provedGood() {
        return within(provedAt, RECENTLY);
    }

    private boolean within(@Nullable Long since, long nanos) {
        return since != null && nanoTime.getAsLong() - since < nanos;
    }

    @Nullable
    Secret accessKey() {
        return accessKey;
    }

    @Nullable
    Secret secretKey() {
        return secretKey;
    }

    synchronized @Nullable Secret publicAuthKey() {
        return publicAuthKey;
    }

    synchronized @Nullable Secret registerToken() {
        return registerToken;
    }

    synchronized List<Secret> all() {
        return Stream.of(accessKey, secretKey, publicAuthKey, registerToken)
                .flatMap(Stream::ofNullable)
                .toList();
    }
}
