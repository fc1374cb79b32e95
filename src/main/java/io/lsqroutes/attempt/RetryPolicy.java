package io.lsqroutes.attempt;

import io.lsqroutes.attempt.Verdict.Kind;
import io.lsqroutes.event.EventType;
import io.lsqroutes.event.InDoubtPolicy;
import io.lsqroutes.event.InDoubtRules;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;

/** Says whether a failed attempt of the event's own call is followed by another one, and when. */
public final class RetryPolicy {
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    /** Each try may send a mail, and only other persons' events can show whose fault it is. */
    private static final Duration LONGEST_IN_DOUBT = Duration.ofMinutes(10);

    private final RetryRules rules;
    private final InDoubtRules inDoubt;
    private final BooleanSupplier keyCallsTell;
    private final BooleanSupplier lineStands;
    private final DoubleSupplier random;

    /**
     * @param keyCallsTell whether key calls show if the account is well
     * @param random the jitter's source, from 0 to 1
     */
    public RetryPolicy(
            RetryRules rules,
            InDoubtRules inDoubt,
            BooleanSupplier keyCallsTell,
            BooleanSupplier lineStands,
            DoubleSupplier random) {
        this.rules = rules;
        this.inDoubt = inDoubt;
        this.keyCallsTell = keyCallsTell;
        this.lineStands = lineStands;
        this.random = random;
    }

    /** Whether another attempt follows. A call that only prepares the event's own is made until it goes well. */
    public boolean anotherFollows(Attempts attempts, Verdict failure) {
        boolean ownCall = attempts.call().settlesTheEvent();
        return switch (failure.kind()) {
            case RATE_LIMITED, NOT_SENT -> true;
            case NOT_EXECUTED, UNAUTHORIZED -> !ownCall || attempts.charged() < rules.attempts();
            case IN_DOUBT -> !ownCall || (failure.answerIsMissing() && resolves(attempts));
            case RETRYABLE -> !ownCall || repeats(attempts);
            case REJECTED, SUCCESS, EXPIRED -> false;
        };
    }

    private boolean resolves(Attempts attempts) {
        return switch (inDoubt.policy(attempts.event())) {
            case PARK -> false;
            case RESEND -> attempts.firstAnswerLost();
            case VERIFY -> verifies(attempts, true);
        };
    }

    private boolean repeats(Attempts attempts) {
        return attempts.event().head().type() == EventType.RESET
                ? attempts.charged() < rules.attempts()
                : verifies(attempts, false);
    }

    /** A change that may have been made would be refused the second time, and look as if it never was. */
    private boolean verifies(Attempts attempts, boolean likely) {
        boolean verifies =
                inDoubt.policy(attempts.event()) == InDoubtPolicy.VERIFY && attempts.charged() < rules.attempts();
        if (verifies) {
            attempts.preparation().verify(likely);
        }
        return verifies;
    }

    /** How long the next attempt waits. */
    public Duration pause(Attempts attempts, Verdict verdict) {
        if (verdict.kind() == Kind.RATE_LIMITED || verdict.kind() == Kind.NOT_SENT) {
            // The whole account holds; when that is over, who somebody waits for goes first.
            return Duration.ZERO;
        }
        boolean changeMayBeUnderWay = verdict.kind() == Kind.IN_DOUBT && attempts.call() == CallKind.CHANGE_PASSWORD;
        if (verdict.trouble() != null && lineStands.getAsBoolean() && !changeMayBeUnderWay) {
            // The line paces what is tried until it runs again.
            return Duration.ZERO;
        }
        Duration pause = verdict.kind() == Kind.IN_DOUBT ? doubtPause(verdict, attempts) : backoff(attempts);
        Duration asked = verdict.retryAfter();
        return asked != null && asked.compareTo(pause) > 0 ? asked : pause;
    }

    /** A lost change may still be made until its deadline; a reset that a former life lost has waited long enough. */
    private Duration doubtPause(Verdict verdict, Attempts attempts) {
        if (attempts.call() == CallKind.CHANGE_PASSWORD) {
            return rules.callDeadline();
        }
        return verdict.equals(Verdict.PROCESS_DIED) ? Duration.ZERO : backoff(attempts);
    }

    /** Where nothing more may be tried, depending on whose fault the failures were, it takes time to find that out. */
    public Duration backoff(Attempts attempts) {
        boolean mayBeSpent = attempts.mayBeSpent(rules.attempts());
        boolean soonKnown = keyCallsTell.getAsBoolean();
        Duration most = rules.pauses()
                .retryAfter(attempts.failures(), mayBeSpent && !soonKnown ? LONGEST_IN_DOUBT : LONGEST_PAUSE);
        Duration pause = Duration.ofMillis((long) (most.toMillis() * random.getAsDouble()));
        Duration probe = rules.pauses().probe();
        return mayBeSpent && soonKnown && pause.compareTo(probe) < 0 ? probe : pause;
    }
}
