package io.lsqroutes.event;

/** What is done about an event whose call may or may not have taken effect, because its answer was lost. */
public enum InDoubtPolicy {
    /** Nothing: its outcome says so. */
    PARK,
    /** The call is made once more. */
    RESEND,
    /** Signing the person in tells whether the change was made. */
    VERIFY
}
