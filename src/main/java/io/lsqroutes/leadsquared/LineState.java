package io.lsqroutes.leadsquared;

import io.lsqroutes.leadsquared.ApiCall.Credentials;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells the account's trouble from that of single events: which answers stop the line, and which let it run again. Not
 * synchronised, and it has no clock: times come in, in nanoseconds of one monotonic clock.
 */
final class LineState {
    /** So many persons in a row are no coincidence; so many connections neither. */
    private static final int ENOUGH = 4;

    private static final int REFUSED_WINDOWS = 3;
    private static final long RECENTLY = Duration.ofMinutes(1).toNanos();
    private static final long EVENTS_OWN_FOR = Duration.ofMinutes(10).toNanos();

    private final long window;
    private final boolean keyCallsTell;
    private final Map<ApiCall, LastSuccess> successes = new EnumMap<>(ApiCall.class);
    private final Map<Trouble, Long> eventsOwnSince = new EnumMap<>(Trouble.class);
    private final Map<Trouble, Long> overSince = new EnumMap<>(Trouble.class);
    private final Set<String> persons = new HashSet<>();
    private final Set<Trouble> troubles = EnumSet.noneOf(Trouble.class);
    private int connections;
    private int refusedWindows;
    private long refusedAt;
    private Blame blame = new Blame();
    /** That of keys which are refused while they work for others. */
    private Blame keysBlame = new Blame();

    private @Nullable Stop stop;

    /** When a call last went well, and when it last did for somebody else. */
    private record LastSuccess(
            String person, long at, @Nullable Long othersAt) {
        LastSuccess then(String next, long now) {
            return new LastSuccess(next, now, next.equals(person) ? othersAt : Long.valueOf(at));
        }

        @Nullable
        Long ofAnother(String somebody) {
            return somebody.equals(person) ? othersAt : Long.valueOf(at);
        }
    }

    /**
     * @param window a call refused as one too many tells nothing about the next one of the same window
     * @param keyCallsTell whether a key call can show that the account is well
     */
    LineState(Duration window, boolean keyCallsTell) {
        this.window = window.toNanos();
        this.keyCallsTell = keyCallsTell;
    }

    /** Why the line stands; null while it runs. */
    @Nullable
    Stop stop() {
        return stop;
    }

    /**
     * How long the line must be left alone before it is tried. Refused keys that one person alone has met may be that
     * person's trouble, so others need not wait until it is asked about again.
     *
     * @param byAnother whether it would be tried with an event that has not met the trouble
     */
    long nanosUntilProbe(boolean byAnother, long now) {
        if (stop == null) {
            return 0;
        }
        boolean onePersons = stop.trouble() == Trouble.KEYS_REFUSED && persons.size() == 1;
        return byAnother && onePersons ? stop.nanosUntilAnother(now) : stop.nanosUntilProbe(now);
    }

    /** Whose fault the answers are that are met now, once it is known. */
    Blame blame() {
        return blame;
    }

    /** A call was answered as one that is well. */
    void succeeded(ApiCall call, String person, long now) {
        if (call.credentials() == Credentials.ACCESS) {
            if (stop != null && stop.keyCallSucceeded()) {
                belongsToEvents(now);
            }
            return;
        }
        LastSuccess before = successes.get(call);
        successes.put(call, before == null ? new LastSuccess(person, now, null) : before.then(person, now));
        if (stop == null) {
            blame.events();
            forget();
            if (call.credentials() == Credentials.ACCOUNT) {
                keysBlame.events();
                keysBlame = new Blame();
            }
        } else if (tellsOf(stop.trouble(), call)) {
            over(stop, now);
        }
    }

    /** A user's own key may be good where the account's are not. */
    private static boolean tellsOf(Trouble trouble, ApiCall call) {
        return trouble != Trouble.KEYS_REFUSED || call.credentials() == Credentials.ACCOUNT;
    }

    /** The API itself said no, or that it failed: it is there. */
    void answered(ApiCall call, long now) {
        refusedWindows = 0;
        if (stop != null && tellsOf(stop.trouble(), call)) {
            over(stop, now);
        }
    }

    /** A call met what may be the account's trouble; returns whose fault that was, once it is known. */
    Blame failed(ApiCall call, String person, Trouble trouble, long now) {
        boolean keyCall = call.credentials() == Credentials.ACCESS;
        if (stop != null) {
            troubles.add(trouble);
            persons.add(person);
            Blame theirs = blame;
            if (!keyCall && stop.sameAnswerAgain()) {
                belongsToEvents(now);
            }
            return theirs;
        }
        if (!keyCall && within(eventsOwnSince.get(trouble), EVENTS_OWN_FOR, now)) {
            return Blame.ofEvents();
        }
        if (!keyCall && trouble == Trouble.KEYS_REFUSED && workForOthers(call, person, now)) {
            return keysBlame;
        }
        refusedWindows = 0;
        troubles.add(trouble);
        persons.add(person);
        connections += trouble == Trouble.NO_CONNECTION ? 1 : 0;
        if (trouble.stopsAtOnce() || persons.size() >= ENOUGH || connections >= ENOUGH) {
            stop(trouble, now);
        }
        return blame;
    }

    /** Then the answer may be the event's, or the keys have gone bad since: the next success tells, or there is none. */
    private boolean workForOthers(ApiCall call, String person, long now) {
        LastSuccess success = successes.get(call);
        return success != null && within(success.ofAnother(person), RECENTLY, now);
    }

    private static boolean within(@Nullable Long since, long nanos, long now) {
        return since != null && now - since < nanos;
    }

    /** A call was refused as one too many. That happens beside others; not for window after window. */
    void refused(long now) {
        if (refusedWindows > 0 && now - refusedAt < window) {
            return;
        }
        refusedAt = now;
        refusedWindows++;
        if (stop == null && refusedWindows >= REFUSED_WINDOWS) {
            stop(Trouble.QUOTA_SPENT, now);
        }
    }

    private void stop(Trouble trouble, long now) {
        troubles.add(trouble);
        blame.accounts();
        keysBlame.accounts();
        keysBlame = new Blame();
        stop = new Stop(trouble, now, keyCallsTell);
    }

    /** Where it comes back at once, it comes and goes with the events, if it can be theirs. */
    private void over(Stop over, long now) {
        Long before = overSince.put(over.trouble(), now);
        if (before != null && over.since() - before < RECENTLY && over.trouble().mayBeTheEvents()) {
            belongsToEvents(now);
        } else {
            run();
        }
    }

    private void belongsToEvents(long now) {
        troubles.stream().filter(Trouble::mayBeTheEvents).forEach(trouble -> eventsOwnSince.put(trouble, now));
        blame.events();
        run();
    }

    private void run() {
        stop = null;
        forget();
    }

    private void forget() {
        blame = new Blame();
        persons.clear();
        troubles.clear();
        connections = 0;
        refusedWindows = 0;
    }
}
