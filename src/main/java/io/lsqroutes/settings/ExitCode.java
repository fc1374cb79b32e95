package io.lsqroutes.settings;

/** The exit codes of the process and of its commands; {@code --help} lists them. */
public final class ExitCode {
    public static final int DONE = 0;

    /** Kafka cannot be used by a command, or the process has lost a thread that has to run. */
    public static final int FAILED = 1;

    /** An argument, a setting, a topic or the journal is rejected. */
    public static final int REJECTED = 2;

    /** Another process writes to the journal. */
    public static final int SECOND_WRITER = 3;

    /** SIGTERM has ended the process, as every JVM has it. */
    public static final int TERMINATED = 143;

    private ExitCode() {}
}
