package io.lsqroutes.breaker;

import io.lsqroutes.attempt.Attempts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The attempts that wait while calls are suspended, and which of them is tried next. Not synchronised. */
final class ProbeQueue {
    /** Each time another event is tried: who has met the trouble least, and of those whom somebody waits for. */
    private static final Comparator<WaitingAttempt> ORDER = Comparator.comparingInt(
                    (WaitingAttempt attempt) -> attempt.attempts().troublesMet())
            .thenComparing(attempt -> attempt.attempts().event().head().lane());

    /** A sign-in that is refused shows neither whose password nor which key is wrong, so whoever needs none goes first. */
    private static final Comparator<WaitingAttempt> ORDER_OF_UNPROVED_KEYS = Comparator.comparingInt(
                    (WaitingAttempt attempt) -> attempt.attempts().troublesMet())
            .thenComparing(attempt -> attempt.attempts().signsInNext())
            .thenComparing(attempt -> attempt.attempts().event().head().lane());

    private final List<WaitingAttempt> waiting = new ArrayList<>();

    void add(WaitingAttempt attempt) {
        waiting.add(attempt);
    }

    /** All, those first that would be tried first. */
    List<WaitingAttempt> takeAll() {
        List<WaitingAttempt> all = waiting.stream().sorted(ORDER).toList();
        waiting.clear();
        return all;
    }

    List<WaitingAttempt> take(Predicate<WaitingAttempt> which) {
        List<WaitingAttempt> taken = waiting.stream().filter(which).toList();
        waiting.removeAll(taken);
        return taken;
    }

    void remove(WaitingAttempt attempt) {
        waiting.remove(attempt);
    }

    /** What is tried next, whenever that is; empty where nothing that waits can show anything. */
    Optional<WaitingAttempt> next(OpenState open, Predicate<Attempts> mayShow) {
        return waiting.stream()
                .filter(attempt -> mayShow.test(attempt.attempts()))
                .min(open.isOfUnprovedKeys() ? ORDER_OF_UNPROVED_KEYS : ORDER);
    }
}
