package io.lsqroutes.event;

/**
 * How far an event has come, over all lives of the process.
 *
 * @param calls attempts of the event's own call
 * @param charged those of them that count against it
 * @param effectPossible whether one of them may have taken effect although it was not confirmed
 * @param resent whether an answer was lost and what follows from it is under way: a reset is made once more, and only
 *     once; of a change it is found out whether it was made
 */
public record Progress(int calls, int charged, boolean effectPossible, boolean resent) {
    public static final Progress NONE = new Progress(0, 0, false, false);

    /** The same without its last call, which was not made. */
    public Progress withoutLastCall() {
        return new Progress(calls - 1, charged, effectPossible, resent);
    }
}
