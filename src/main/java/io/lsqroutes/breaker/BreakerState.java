package io.lsqroutes.breaker;

import io.lsqroutes.attempt.CallKind;
import io.lsqroutes.attempt.Fault;
import io.lsqroutes.attempt.Pauses;
import io.lsqroutes.attempt.Trouble;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells the account's trouble from that of single events: which answers suspend calls, and which let them go on. Not
 * synchronised, and it has no clock: times come in, in nanoseconds of one monotonic clock.
 */
final class BreakerState {
    /** So many persons in a row are no coincidence; so many connections or key calls neither. */
    private static final int ENOUGH = 4;

    private static final int RATE_LIMITED_WINDOWS = 3;
    private static final Duration RECENTLY = Duration.ofMinutes(1);
    private static final Duration EVENTS_OWN_FOR = Duration.ofMinutes(10);

    private final long window;
    private final Pauses pauses;
    private final boolean keyCallsTell;
    private final Successes successes = new Successes();
    private final Map<Trouble, Long> eventsOwnSince = new EnumMap<>(Trouble.class);
    private final Set<String> persons = new HashSet<>();
    private final Set<Trouble> troubles = EnumSet.noneOf(Trouble.class);
    private final Undecided undecided;
    private int connections;
    private int keyCalls;
    private int rateLimitedWindows;
    private long rateLimitedAt;
    private @Nullable Long keyCallAskedAt;
    /** That of answers while calls are suspended. */
    private Fault blameWhileOpen = Fault.ofAccount();
    /** That of keys which are refused while they work for others. */
    private Fault keysBlame = new Fault();

    private @Nullable OpenState open;

    /**
     * @param window a call too many tells nothing about the next one of the same window
     * @param pauses between two probes, and between two key calls that judge answers
     * @param keyCallsTell whether a key call can show that the account is well
     */
    BreakerState(Duration window, Pauses pauses, boolean keyCallsTell) {
        this.window = window.toNanos();
        this.pauses = pauses;
        this.keyCallsTell = keyCallsTell;
        this.undecided = new Undecided(keyCallsTell);
    }

    /** Why calls are suspended; null while they are made. */
    @Nullable
    OpenState open() {
        return open;
    }

    /** The same for whoever is next, be it nobody's event. */
    long nanosUntilProbe(long now) {
        return open == null ? 0 : open.nanosUntilProbe(now);
    }

    /**
     * How long the account must be left alone before it is tried with another event. Refused keys that few persons have met
     * may be those persons' trouble, so others need not wait for the pause that has grown.
     *
     * @param signsIn whether it would be tried with a sign-in, which a portal may count against its person
     */
    long nanosUntilAnother(boolean signsIn, long now) {
        if (open == null) {
            return 0;
        }
        boolean fewPersons = open.trouble() == Trouble.KEYS_NOT_ACCEPTED && persons.size() < (signsIn ? 2 : ENOUGH);
        return fewPersons ? open.nanosUntilAnother(now) : open.nanosUntilProbe(now);
    }

    /** Whose fault the answers are that are met while calls are suspended, once it is known. */
    Fault blameWhileOpen() {
        return blameWhileOpen;
    }

    /** Whether a key call has to show now whose fault some answers are. */
    boolean keyCallIsDue(long now) {
        boolean due =
                keyCallsTell && open == null && undecided.needJudging() && !within(keyCallAskedAt, pauses.probe(), now);
        if (due) {
            keyCallAskedAt = now;
        }
        return due;
    }

    /** A call was answered as one that is well. */
    void succeeded(CallKind call, String person, long now) {
        if (call.isKeyCall()) {
            keyCallSucceeded(now);
            return;
        }
        successes.add(call, person, now);
        if (open == null) {
            undecided.succeeded(person, now);
            forget();
            if (call.carriesAccountKey()) {
                keysBlame.events();
                keysBlame = new Fault();
            }
        } else if (open.isEndedBy(call)) {
            goOn();
        }
    }

    private void keyCallSucceeded(long now) {
        if (open == null) {
            keyCalls = 0;
            undecided.events();
        } else if (open.keyCallSucceeded()) {
            belongsToEvents(open, now);
        }
    }

    /** Nothing waited that could show anything, and a key call went well. */
    void wellWithoutEvents() {
        goOn();
    }

    /** The API itself said no, or that it failed: it is there. */
    void answered(CallKind call) {
        rateLimitedWindows = 0;
        if (open != null && open.isEndedBy(call)) {
            goOn();
        }
    }

    /** A call met what may be the account's trouble; returns whose fault that was, once it is known. */
    Fault failed(TroubleMet met, long now) {
        if (met.isOfKeyCall()) {
            eventsOwnSince.clear();
        }
        if (open != null) {
            return failedAgain(open, met, now);
        }
        Trouble trouble = met.trouble();
        boolean eventsOwn = within(eventsOwnSince.get(trouble), EVENTS_OWN_FOR, now);
        if (trouble == Trouble.KEYS_NOT_ACCEPTED && met.keysWorked()) {
            if (eventsOwn) {
                return Fault.ofEvents();
            }
            if (workForOthers(met, now)) {
                return keysBlame;
            }
        } else if (trouble != Trouble.KEYS_NOT_ACCEPTED && eventsOwn) {
            return undecided(met, now);
        }
        return failedNow(met, now);
    }

    private Fault failedNow(TroubleMet met, long now) {
        Trouble trouble = met.trouble();
        // A key call that fails is about nobody: where an event's answer is to be judged by it, it is the account's.
        boolean judged = met.isOfKeyCall() && undecided.needJudging();
        Fault blame = undecided(met, now);
        rateLimitedWindows = 0;
        troubles.add(trouble);
        connections += trouble == Trouble.NO_CONNECTION ? 1 : 0;
        if (met.isOfKeyCall()) {
            keyCalls++;
        } else {
            persons.add(met.person());
        }
        if (judged || trouble.stopsAtOnce() || persons.size() + keyCalls >= ENOUGH || connections >= ENOUGH) {
            suspend(new OpenState(met, now, pauses, keyCallsTell), now);
        }
        return blame;
    }

    private Fault undecided(TroubleMet met, long now) {
        boolean mayBeTheEvents = met.trouble().mayBeTheEvents() && !met.isOfKeyCall();
        return mayBeTheEvents ? undecided.add(met.person(), met.charges(), now) : new Fault();
    }

    private Fault failedAgain(OpenState standing, TroubleMet met, long now) {
        troubles.add(met.trouble());
        Fault theirs = blameWhileOpen;
        if (!met.isOfKeyCall()) {
            persons.add(met.person());
        }
        if (standing.metAgain(met)) {
            belongsToEvents(standing, now);
        }
        return theirs;
    }

    /** Then the answer may be the event's, or the keys have gone bad since: the next success tells, or there is none. */
    private boolean workForOthers(TroubleMet met, long now) {
        return within(successes.lastOfAnother(met.call(), met.person()), RECENTLY, now);
    }

    private static boolean within(@Nullable Long since, Duration time, long now) {
        return since != null && now - since < time.toNanos();
    }

    /** A call was one too many. That happens beside others; not for window after window. */
    void rateLimited(long now) {
        if (rateLimitedWindows > 0 && now - rateLimitedAt < window) {
            return;
        }
        rateLimitedAt = now;
        rateLimitedWindows++;
        if (rateLimitedWindows < RATE_LIMITED_WINDOWS) {
            return;
        }
        if (open == null) {
            suspend(OpenState.ofSpentQuota(now, pauses, keyCallsTell), now);
        } else {
            open.quotaSpent();
        }
    }

    private void suspend(OpenState next, long now) {
        troubles.add(next.trouble());
        blameWhileOpen = undecided.accounts(now);
        keysBlame.accounts();
        keysBlame = new Fault();
        open = next;
    }

    private void belongsToEvents(OpenState over, long now) {
        troubles.stream()
                .filter(trouble ->
                        trouble == Trouble.KEYS_NOT_ACCEPTED ? trouble == over.trouble() : trouble.mayBeTheEvents())
                .forEach(trouble -> eventsOwnSince.put(trouble, now));
        undecided.events();
        goOn();
    }

    private void goOn() {
        open = null;
        undecided.forget();
        forget();
    }

    private void forget() {
        persons.clear();
        troubles.clear();
        connections = 0;
        keyCalls = 0;
        rateLimitedWindows = 0;
    }
}
