package io.lsqroutes;

import io.lsqroutes.budget.CallBudget;
import io.lsqroutes.budget.DayCalls;
import io.lsqroutes.budget.DayCount;
import io.lsqroutes.intake.TrackedConsumers;
import io.lsqroutes.journal.JournalRejected;
import io.lsqroutes.settings.ExitCode;
import io.lsqroutes.settings.Settings;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a process that becomes the owner does before its first call: it goes on where the last owner left the account. */
final class NewOwner implements TrackedConsumers.Ownership {
    private final Settings settings;
    private final CallBudget callBudget;
    private final DayCalls dayCalls;
    private final StartLog startLog;
    private final ProcessEnd processEnd;
    /** After so long without a call the account's window is free. */
    private final Duration quiet;

    NewOwner(Settings settings, CallBudget callBudget, DayCalls dayCalls, StartLog startLog, ProcessEnd processEnd) {
        this.settings = settings;
        this.callBudget = callBudget;
        this.dayCalls = dayCalls;
        this.startLog = startLog;
        this.processEnd = processEnd;
        this.quiet = settings.callDeadline().plus(settings.limits().window().multipliedBy(2));
    }

    @Override
    public void begins() {
        callBudget.awaitNoneOut(settings.callDeadline().plusSeconds(5));
    }

    @Override
    public void began(Duration sinceLastCall, @Nullable DayCount count) {
        if (count != null) {
            dayCalls.restore(count);
        }
        if (sinceLastCall.compareTo(quiet) > 0) {
            callBudget.free();
            startLog.mayCallAtOnce(sinceLastCall);
        } else {
            callBudget.hold();
            startLog.waitsForAWindow(sinceLastCall, quiet);
        }
    }

    @Override
    public void journalRejected(JournalRejected why) {
        processEnd.begin(
                ExitCode.REJECTED, "the journal " + settings.topics().journal() + " is rejected: " + why.getMessage());
    }

    @Override
    public void groupRejected(String why) {
        processEnd.begin(ExitCode.REJECTED, why);
    }
}
