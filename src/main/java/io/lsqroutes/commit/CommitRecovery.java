package io.lsqroutes.commit;

import io.lsqroutes.journal.Journal;
import io.lsqroutes.kafka.GroupMembership;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out what a commit of unknown result has written, and who writes to the journal now. Nothing is written a second
 * time before that is known: it would make two outcomes of one. For the ledger's thread.
 */
final class CommitRecovery {
    private static final Logger LOG = LoggerFactory.getLogger(CommitRecovery.class);

    private final WriterSession session;
    private final Journal journal;
    private final GroupCommit groups;
    private final GroupMembership membership;
    private final BooleanSupplier patient;
    private final Runnable fenced;

    /**
     * @param patient whether Kafka is still waited for
     * @param fenced what happens when another process writes to this journal while this one is the owner
     */
    CommitRecovery(
            WriterSession session,
            Journal journal,
            GroupCommit groups,
            GroupMembership membership,
            BooleanSupplier patient,
            Runnable fenced) {
        this.session = session;
        this.journal = journal;
        this.groups = groups;
        this.membership = membership;
        this.patient = patient;
        this.fenced = fenced;
    }

    /**
     * Takes out of the entries what is committed. Every writer names itself in the journal, so the journal tells whether
     * another process writes now. If none does, an older Kafka gave up a transaction, or a commit's result is unknown.
     */
    void recover(List<LedgerEntry> entries) throws InterruptedException {
        while (patient.getAsBoolean()) {
            boolean anotherWriter;
            try {
                anotherWriter = journal.awaitEnd(patient) && journal.accountPosition() != groups.accountPosition();
            } catch (RuntimeException e) {
                LOG.warn("The journal does not say who writes to it ({}); asked again", e.toString());
                TimeUnit.SECONDS.sleep(1);
                continue;
            }
            if (anotherWriter) {
                standBack();
            } else {
                lookUp(entries);
            }
            return;
        }
        // The next owner finds out what is committed.
        session.closeProducer();
    }

    /** The other writer is the new owner, of whom this process hears soon, or a process that should not write. */
    private void standBack() throws InterruptedException {
        if (membership.confirmed(session::isOpen)) {
            fenced.run();
        }
        session.end();
    }

    /** A new producer settles the old one's transaction, one way or the other; then the journal tells what is committed. */
    private void lookUp(List<LedgerEntry> entries) throws InterruptedException {
        session.closeProducer();
        // A new producer fences off others: only the owner may have one, and only the group knows who that is.
        while (membership.confirmed(patient)) {
            try {
                session.fenceOff(patient);
                if (journal.awaitEnd(session::isOpen)) {
                    groups.takeCommitted(entries);
                    return;
                }
            } catch (RuntimeException e) {
                LOG.warn("Kafka does not answer the ledger ({}); tried again", e.toString());
                session.closeProducer();
                TimeUnit.SECONDS.sleep(1);
            }
        }
    }
}
