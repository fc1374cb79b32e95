package io.lsqroutes.leadsquared.signin;

import io.lsqroutes.attempt.Attempts;
import io.lsqroutes.attempt.CallFailed;
import io.lsqroutes.attempt.CallKind;
import io.lsqroutes.attempt.Delivery;
import io.lsqroutes.attempt.Verdict;
import io.lsqroutes.attempt.Verdict.Kind;
import io.lsqroutes.event.Fingerprint;
import io.lsqroutes.event.Person;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.apache.camel.ExchangeProperty;

/**
 * Keeps sign-ins in bounds, because a portal that counts wrong passwords may lock the person out.
 *
 * <p>One event makes at most {@value SignInTries#MOST} sign-ins for a user's key that the API answers in its own words,
 * be it with a key or with an error. Not among these are sign-ins that tell nothing of the person (no connection, 503,
 * another 5xx without the API's words, a call too many, an answer that is lost or not understood, account keys that are
 * not accepted) and those that {@link Verification} makes. After {@value #REFUSED} refused ones of one person within 15
 * minutes, those of a verification among them, no event of that person signs in for a key.
 */
public final class SignIns {
    private static final int REFUSED = 5;
    private static final long WITHIN = Duration.ofMinutes(15).toNanos();
    /** More than 25 calls in 5 s can refuse in 15 minutes; with no limit, those refused longest ago are forgotten. */
    static final int MOST_PERSONS = 10_000;

    private final LongSupplier nanoTime;
    private final Map<String, Deque<Long>> refused = new LinkedHashMap<>();

    /**
     * @param nanoTime the monotonic clock
     */
    public SignIns(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Ends a change without a call where its person has been refused too often. */
    public void admit(@ExchangeProperty(Delivery.PROPERTY) Delivery delivery) throws CallFailed {
        Attempts attempts = delivery.attempts();
        Person person = attempts.event().person();
        if (person != null && SignInProgress.of(attempts).needsSignIn() && !attempts.isVerifying() && tooMany(person)) {
            throw attempts.ruledOut(CallKind.SIGN_IN, Verdict.of(Kind.REJECTED, "too-many-sign-ins"));
        }
    }

    /** Ends a change, or holds it up, where its sign-ins are spent, or may turn out to be. */
    public void admitAnother(@ExchangeProperty(Delivery.PROPERTY) Delivery delivery) throws CallFailed {
        Attempts attempts = delivery.attempts();
        SignInTries tries = SignInProgress.of(attempts).tries();
        if (attempts.isVerifying()) {
            // What became of the last call is found out first.
            return;
        }
        if (tries.spent()) {
            throw attempts.ruledOut(CallKind.SIGN_IN, Verdict.of(Kind.REJECTED, Verdict.SIGN_IN_NOT_UNDERSTOOD));
        }
        if (tries.mayBeSpent()) {
            throw attempts.heldUp(CallKind.SIGN_IN, "sign-in-undecided");
        }
    }

    private synchronized boolean tooMany(Person person) {
        Deque<Long> times = refused.get(name(person));
        return times != null && times.size() == REFUSED && nanoTime.getAsLong() - times.getFirst() < WITHIN;
    }

    /** The API has refused to sign the person in. */
    public synchronized void refused(Person person) {
        // Taken out and put back: the map is in the order in which persons were last refused.
        Deque<Long> last = refused.remove(name(person));
        Deque<Long> times = last == null ? new ArrayDeque<>(REFUSED) : last;
        if (times.size() == REFUSED) {
            times.removeFirst();
        }
        times.addLast(nanoTime.getAsLong());
        refused.put(name(person), times);
        if (refused.size() > MOST_PERSONS) {
            refused.remove(refused.keySet().iterator().next());
        }
    }

    /** Short, and no personal data. */
    private static String name(Person person) {
        return Fingerprint.of(person.identity());
    }
}
