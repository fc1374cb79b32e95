package io.lsqroutes.breaker;

import io.lsqroutes.attempt.Fault;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** Answers of which nobody knows yet whose fault they are. Not synchronised. */
final class Undecided {
    private static final long GOOD_FOR = Duration.ofMinutes(1).toNanos();

    private record Failure(String person, long at, Fault blame) {}

    private final Deque<Failure> failures = new ArrayDeque<>();
    private final boolean keyCallsTell;
    private boolean judged;

    /**
     * @param keyCallsTell whether a key call shows that the account is well; where none can be made, a success of another
     *     person in the same minute does
     */
    Undecided(boolean keyCallsTell) {
        this.keyCallsTell = keyCallsTell;
    }

    /** Whether anything waits for the judgement of a key call. */
    boolean needJudging() {
        return judged;
    }

    /**
     * @param charges whether the event goes on, and pays for this answer if it is its own
     */
    Fault add(String person, boolean charges, long now) {
        judged |= charges;
        while (!keyCallsTell && !failures.isEmpty() && now - failures.getFirst().at() >= GOOD_FOR) {
            failures.removeFirst().blame().accounts();
        }
        Fault blame = new Fault();
        failures.add(new Failure(person, now, blame));
        return blame;
    }

    /** What led to the suspension is the account's, until the contrary is shown; returns whose fault the answers during it are. */
    Fault accounts(long now) {
        judged = false;
        failures.forEach(failure -> failure.blame().accounts());
        Fault during = Fault.ofAccount();
        failures.add(new Failure("", now, during));
        return during;
    }

    /** The account is known to be well. */
    void events() {
        failures.forEach(failure -> failure.blame().events());
        forget();
    }

    /** A call for this person went well. */
    void succeeded(String person, long now) {
        if (keyCallsTell) {
            return;
        }
        failures.removeIf(failure -> {
            boolean another = !failure.person().equals(person);
            if (another && now - failure.at() < GOOD_FOR) {
                failure.blame().events();
            } else if (another) {
                failure.blame().accounts();
            }
            return another;
        });
    }

    /** They are the account's for good. */
    void forget() {
        judged = false;
        failures.clear();
    }
}
