package io.lsqroutes.ops;

import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the process when one of its threads ends by an exception or an error: nobody else would do that thread's work. What
 * was under way is then found by the next owner, as after a crash. Safe for use by several threads.
 */
public final class VitalThreads implements Thread.UncaughtExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(VitalThreads.class);

    private final Runnable end;
    private final AtomicBoolean told = new AtomicBoolean();

    /**
     * @param end ends the process at once; it must not wait for a thread
     */
    public VitalThreads(Runnable end) {
        this.end = end;
    }

    /** Tells of a failure in the middle of a thread that would swallow it: a task of an executor, say. */
    public static void ended(Throwable why) {
        Thread thread = Thread.currentThread();
        thread.getUncaughtExceptionHandler().uncaughtException(thread, why);
    }

    /** Only the first is told: another thread may end while the process does. */
    @Override
    public void uncaughtException(Thread thread, Throwable why) {
        try {
            if (told.getAndSet(true)) {
                return;
            }
            StackTraceElement[] trace = why.getStackTrace();
            LOG.error(
                    "This process stops with exit code 1: its thread {} has ended ({}{}). A supervisor must start it again;"
                            + " calls that were out are in doubt, and nothing else is lost",
                    thread.getName(),
                    why,
                    trace.length == 0 ? "" : " at " + trace[0]);
        } finally {
            // Also where there is no memory left for the line.
            end.run();
        }
    }
}
