package io.lsqroutes;

/** How the process ends that the bundle runs in. */
interface Ending {
    /** It stops in order, and then ends with this exit code. */
    void stopWith(int code);

    /** It ends at once, in the middle of its stop. A bundle that shares its process with others goes on stopping instead. */
    default void cutShort() {}
}
