package io.lsqroutes.sandbox;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Lines as they come. On a terminal a status stands below them, and below it the line that is being typed: neither moves
 * nor erases what was typed so far.
 */
final class Screen {
    private static final String ESC = "\033[";
    private static final String SAVE = "\0337" + ESC + "?7l";
    private static final String RESTORE = "\0338" + ESC + "?7h";

    private final PrintStream out;
    private final boolean terminal;
    private String status = "";
    private boolean open;

    Screen(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** From JDK 22 on there may be a console without a terminal; the property keeps to the older meaning. */
    @SuppressWarnings("SystemConsoleNull")
    static boolean isTerminal() {
        System.setProperty("jdk.console", "java.base");
        String kind = System.getenv().getOrDefault("TERM", "dumb");
        return System.console() != null && !kind.equals("dumb");
    }

    boolean onTerminal() {
        return terminal;
    }

    /** From now on a status and a typed line stand at the bottom. */
    synchronized void openInput() {
        open = terminal;
        bottom();
    }

    /** They go away. */
    synchronized void closeInput() {
        if (open) {
            out.print("\r" + ESC + "1A" + ESC + "J");
            out.flush();
        }
        open = false;
    }

    /** A line was typed and ended: the cursor is below it. */
    synchronized void typed() {
        if (open) {
            out.print(ESC + "2A\r" + ESC + "J");
            bottom();
        }
    }

    synchronized void line(String text) {
        if (open) {
            // Makes room at the bottom, then puts the line in above the status.
            out.print(SAVE + "\n" + ESC + "2A\r" + ESC + "L" + text + RESTORE + ESC + "1B");
            out.flush();
        } else {
            out.println(text);
        }
    }

    synchronized void status(String text) {
        boolean changed = !text.equals(status);
        status = text;
        if (open && changed) {
            out.print(SAVE + ESC + "1A\r" + ESC + "K" + text + RESTORE);
            out.flush();
        }
    }

    private void bottom() {
        if (open) {
            out.print(status + "\n> ");
            out.flush();
        }
    }

    void line(String format, Object... values) {
        line(String.format(Locale.ROOT, format, values));
    }

    /** A stream whose lines are lines here. */
    PrintStream asStream() {
        return new PrintStream(new Lines(), true, StandardCharsets.UTF_8);
    }

    private final class Lines extends OutputStream {
        private final ByteArrayOutputStream begun = new ByteArrayOutputStream();

        @Override
        public synchronized void write(int character) {
            if (character == '\n') {
                line(begun.toString(StandardCharsets.UTF_8).stripTrailing());
                begun.reset();
            } else {
                begun.write(character);
            }
        }
    }
}
