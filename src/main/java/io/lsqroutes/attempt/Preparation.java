package io.lsqroutes.attempt;

/**
 * What the calls that only prepare an event's own call have come to. The CRM's folder knows which calls these are; here it
 * is told what happens to them.
 */
public interface Preparation {

    /**
     * A call has failed.
     *
     * @param out whether the call went out, and did not fail before
     */
    void failed(CallKind call, Verdict failure, boolean out);

    /** Whose fault the answer of the call under way is, once it is known. */
    void blame(Fault whose);

    /** Whether no other call may prepare the event, once it is known whose fault the failures were. */
    boolean mayBeSpent();

    /** Whether the next call is a sign-in. */
    boolean signsInNext();

    /**
     * The event's own call may have taken effect, which has to be found out before it is made again.
     *
     * @param likely whether it is likelier that it has
     */
    void verify(boolean likely);

    /** Whether that is still to be found out. */
    boolean isVerifying();

    /** A call that would answer an open question is not made. */
    void ruledOut();
}
