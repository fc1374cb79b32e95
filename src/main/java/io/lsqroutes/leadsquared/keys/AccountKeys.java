package io.lsqroutes.leadsquared.keys;

import io.lsqroutes.attempt.CallKind;
import io.lsqroutes.attempt.Verdict.Kind;
import io.lsqroutes.event.Secret;
import io.lsqroutes.leadsquared.answer.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.camel.Body;
import org.jspecify.annotations.Nullable;

/**
 * The account's two keys: given, or fetched with the access keys and then kept. Safe for use by several threads.
 *
 * <p>Answers arrive late: one about keys that have been replaced since says nothing about those in use.
 */
public final class AccountKeys {
    private static final long RECENTLY = Duration.ofMinutes(10).toNanos();
    private static final long FETCH_AT_MOST_EVERY = Duration.ofMinutes(1).toNanos();

    private final Supplier<Account> source;
    private final LongSupplier nanoTime;
    private Account given;
    private @Nullable Secret publicAuthKey;
    private @Nullable Secret registerToken;
    private boolean publicAuthKeyOutdated;
    private boolean registerTokenOutdated;
    private boolean notAccepted;
    private final WorkingKeys working = new WorkingKeys();
    private @Nullable Long provedAt;
    private @Nullable Long fetchedAt;

    /**
     * @param source the account as it is given now: its keys may be replaced while the process runs
     * @param nanoTime the monotonic clock
     */
    public AccountKeys(Account account, Supplier<Account> source, LongSupplier nanoTime) {
        this.given = account;
        this.source = source;
        this.publicAuthKey = account.publicAuthKey();
        this.registerToken = account.registerToken();
        this.nanoTime = nanoTime;
    }

    /** Whether there are access keys to fetch them with. */
    public synchronized boolean canBeFetched() {
        return given.accessKey() != null && given.secretKey() != null;
    }

    /** Whether nothing can be called without a key call before. */
    public synchronized boolean areNeeded() {
        return notAccepted || publicAuthKey == null || registerToken == null;
    }

    /** Whether a call that carried these keys and was answered 401 is simply made again, with others. */
    public synchronized boolean maySoonDifferFrom(PortalKeys carried) {
        reread();
        return willDifferFrom(carried) || mayBeFetchedNow();
    }

    private boolean mayBeFetchedNow() {
        return canBeFetched() && !within(fetchedAt, FETCH_AT_MOST_EVERY);
    }

    /** The next attempt begins with a key call, where there are access keys: that shows whether the account is well. */
    public synchronized void askAgain(boolean both) {
        publicAuthKeyOutdated |= canBeFetched();
        registerTokenOutdated |= both && canBeFetched();
    }

    public synchronized boolean missing() {
        return missingPublicAuthKey() || missingRegisterToken();
    }

    public synchronized boolean missingPublicAuthKey() {
        return publicAuthKey == null || publicAuthKeyOutdated;
    }

    public synchronized boolean missingRegisterToken() {
        return registerToken == null || registerTokenOutdated;
    }

    public synchronized void keepPublicAuthKey(@Body Answer answer) {
        publicAuthKey = answer.secret("PublicAuthKey");
        publicAuthKeyOutdated = false;
        fetched();
    }

    public synchronized void keepRegisterToken(@Body Answer answer) {
        registerToken = answer.bareSecret();
        registerTokenOutdated = false;
        fetched();
    }

    private void fetched() {
        fetchedAt = nanoTime.getAsLong();
        if (!missing()) {
            provedAt = fetchedAt;
            notAccepted = false;
        }
    }

    /** A call that carried these keys was answered as a good one. */
    public synchronized void accepted(CallKind call, PortalKeys carried) {
        working.succeeded(call, carried);
        if (call.carriesAccountKey() && inUse(carried)) {
            provedAt = nanoTime.getAsLong();
            notAccepted = false;
        }
    }

    /**
     * A call that carried these keys was answered 401. Where they are still the ones in use, they are fetched again, if
     * they can be and were not a moment ago; until then they stay, for the calls that are on their way out.
     */
    public synchronized void notAccepted(PortalKeys carried) {
        reread();
        if (inUse(carried)) {
            provedAt = null;
            notAccepted = true;
            fetchAgain();
        }
    }

    /**
     * A call with a user's key was answered 401: that key may be wrong, or the registration token beside it.
     *
     * @return whether there is another token now, or it is asked for
     */
    public synchronized boolean mayHaveNewToken(PortalKeys carried) {
        reread();
        return hasNewToken(carried) || fetchAgain();
    }

    /** Whether the registration token has been replaced since a call carried this one. */
    public synchronized boolean hasNewToken(PortalKeys carried) {
        return !carried.registerToken().equals(registerToken);
    }

    private boolean fetchAgain() {
        if (mayBeFetchedNow()) {
            publicAuthKeyOutdated = true;
            registerTokenOutdated = true;
        }
        return missing();
    }

    /**
     * The keys were asked for in vain. Where there are old ones they go on, and are asked about again after a minute at
     * the earliest; keys that were not accepted themselves are asked for until there is an answer.
     *
     * @param why RATE_LIMITED leaves everything as it is: that call is simply made again
     */
    public synchronized void notFetched(Kind why) {
        boolean forGood = why == Kind.UNAUTHORIZED || why == Kind.REJECTED;
        if (forGood || (!notAccepted && why != Kind.RATE_LIMITED)) {
            // For good means: until there are other access keys.
            notAccepted |= forGood;
            fetchedAt = nanoTime.getAsLong();
            publicAuthKeyOutdated = false;
            registerTokenOutdated = false;
        }
    }

    /** Keys that were not accepted may have been replaced in their files since. */
    public synchronized void rereadIfNotAccepted() {
        if (notAccepted) {
            reread();
        }
    }

    /**
     * Takes over the keys that have been replaced where they are given, which settles whether the old ones were good. A
     * file that still says what it said before does not undo a fetch.
     *
     * @return whether any has been replaced
     */
    public synchronized boolean reread() {
        Account before = given;
        given = source.get();
        boolean replaced = false;
        if (!Objects.equals(before.publicAuthKey(), given.publicAuthKey())) {
            publicAuthKey = given.publicAuthKey();
            publicAuthKeyOutdated = false;
            replaced = true;
        }
        if (!Objects.equals(before.registerToken(), given.registerToken())) {
            registerToken = given.registerToken();
            registerTokenOutdated = false;
            replaced = true;
        }
        if (replaced) {
            provedAt = null;
        }
        boolean newAccess = !Objects.equals(before.accessKey(), given.accessKey())
                || !Objects.equals(before.secretKey(), given.secretKey());
        if (newAccess) {
            fetchedAt = null;
            if (notAccepted && !replaced) {
                fetchAgain();
            }
        }
        return replaced || newAccess;
    }

    /**
     * Whether a 401 to a sign-in that carried these keys cannot be their fault. That a key call brought them says nothing
     * of the portal id beside them.
     */
    public synchronized boolean provedGood(PortalKeys carried) {
        return inUse(carried) && within(provedAt, RECENTLY) && haveWorked(CallKind.SIGN_IN, carried);
    }

    /** Whether a call has succeeded since the start with what such a call carries of these keys, and the portal id. */
    public synchronized boolean haveWorked(CallKind call, PortalKeys carried) {
        return working.include(call, carried);
    }

    /** Whether any call that carries the portal id has succeeded since the start. */
    public synchronized boolean accountHasWorked() {
        return !working.isEmpty();
    }

    /** Whether more is known of keys that were not accepted, or can be asked for. */
    public synchronized boolean mayTellMoreOf(PortalKeys carried) {
        return willDifferFrom(carried)
                || provedGood(carried)
                || (canBeFetched() && haveWorked(CallKind.SIGN_IN, carried));
    }

    /** Whether the next call carries other keys than these. */
    public synchronized boolean willDifferFrom(PortalKeys carried) {
        return missing() || !inUse(carried);
    }

    private boolean inUse(PortalKeys carried) {
        return carried.publicAuthKey().equals(publicAuthKey)
                && carried.registerToken().equals(registerToken);
    }

    private boolean within(@Nullable Long since, long nanos) {
        return since != null && nanoTime.getAsLong() - since < nanos;
    }

    public synchronized @Nullable Secret accessKey() {
        return given.accessKey();
    }

    public synchronized @Nullable Secret secretKey() {
        return given.secretKey();
    }

    /** What a call carries that goes out now. */
    public synchronized PortalKeys inUse() {
        String why = "the route fetches keys before it calls";
        return new PortalKeys(Objects.requireNonNull(publicAuthKey, why), Objects.requireNonNull(registerToken, why));
    }

    public synchronized List<Secret> all() {
        return Stream.of(given.accessKey(), given.secretKey(), publicAuthKey, registerToken)
                .flatMap(Stream::ofNullable)
                .toList();
    }
}
