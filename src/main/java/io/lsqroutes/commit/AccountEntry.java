package io.lsqroutes.commit;

import io.lsqroutes.journal.Journal;
import io.lsqroutes.journal.JournalAccount;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Says in the journal whose it is. It does so when this process becomes the owner, and when the first call has succeeded.
 * It repeats that once a day, because the journal forgets by age. Safe for use by several threads.
 */
public final class AccountEntry {
    private static final long EVERY = Duration.ofDays(1).toNanos();

    private final String account;
    private final BooleanSupplier hasWorked;
    private final Journal journal;
    private volatile long saidAt;
    private volatile boolean saidProved;

    /**
     * @param hasWorked whether a call has succeeded with this account since the start
     */
    public AccountEntry(String account, BooleanSupplier hasWorked, Journal journal) {
        this.account = account;
        this.hasWorked = hasWorked;
        this.journal = journal;
    }

    /**
     * @throws JournalRejected if the journal is another account's
     */
    void check() {
        journal.checkAccount(account);
    }

    boolean isDue() {
        return System.nanoTime() - saidAt > EVERY || (!saidProved && isProved());
    }

    LedgerEntry say() {
        saidAt = System.nanoTime();
        saidProved = isProved();
        return LedgerEntry.account(new JournalAccount(account, saidProved));
    }

    private boolean isProved() {
        return hasWorked.getAsBoolean() || journal.hasProved(account);
    }
}
