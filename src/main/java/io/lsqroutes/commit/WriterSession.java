package io.lsqroutes.commit;

import io.lsqroutes.kafka.KafkaConnection;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether this process may write to the journal, and the transactional producer it writes with. Only {@link #isOpen} is
 * safe for use by several threads.
 */
final class WriterSession {
    private final KafkaConnection connection;
    private final String journalTopic;
    private volatile boolean open;
    private @Nullable LedgerTransaction transactions;

    WriterSession(KafkaConnection connection, String journalTopic) {
        this.connection = connection;
        this.journalTopic = journalTopic;
    }

    /**
     * Makes a new producer. It settles the transaction of the producer before it, and fences that one off.
     *
     * @param stillWanted asked while Kafka does not answer
     */
    LedgerTransaction fenceOff(BooleanSupplier stillWanted) {
        closeProducer();
        LedgerTransaction fencing = new LedgerTransaction(connection, journalTopic, stillWanted);
        transactions = fencing;
        return fencing;
    }

    LedgerTransaction transactions() {
        return Objects.requireNonNull(transactions);
    }

    void closeProducer() {
        if (transactions != null) {
            transactions.close();
            transactions = null;
        }
    }

    /** From now on the ledger writes. */
    void open() {
        open = true;
    }

    /** From now on the ledger writes nothing more. */
    void end() {
        open = false;
    }

    boolean isOpen() {
        return open;
    }

    boolean canWrite() {
        return open && transactions != null;
    }
}
