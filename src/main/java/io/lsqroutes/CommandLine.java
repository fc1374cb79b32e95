package io.lsqroutes;

import io.lsqroutes.replay.ReplayCommand;
import io.lsqroutes.settings.ExitCode;
import io.lsqroutes.settings.InvalidSettings;
import io.lsqroutes.settings.Nearest;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.camel.main.Main;

/** What stands behind the name of the jar: finds the command, runs it, and gives its exit code. */
public final class CommandLine {
    private static final String USAGE = """
            Example: LSQ_HOST=https://portalapi.leadsquared.com LSQ_PORTAL_ID=… LSQ_ACCESS_KEY=… LSQ_SECRET_KEY=… \\
                     LSQ_KAFKA_BOOTSTRAP_SERVERS=localhost:9092 java -jar leadsquared-password-routes.jar

            Usage: java -jar leadsquared-password-routes.jar [COMMAND] [OPTIONS]
              run              takes events and makes the calls; the default
              replay           puts dead events back on their topics; 'replay --help' tells how
              --help, help     tells this
              --version        tells the version

            Settings come from the environment (LSQ_HOST, LSQ_PORTAL_ID, …) and from files under /run/secrets.
            docs/settings.md lists them all, application.properties has their defaults.
            Exit codes: 0 done; 1 Kafka cannot be used, or a thread of the process has ended; 2 an argument, a setting,
            a topic or the journal is rejected; 3 another process writes to the journal; 143 stopped by SIGTERM.""";

    private static final List<String> WORDS =
            List.of("run", "replay", "help", "version", "--help", "--version", "-h", "-V");

    private final PrintStream out;
    private final PrintStream err;
    private final Map<String, String> environment;

    /**
     * @param out for results
     * @param err for what is wrong
     */
    CommandLine(PrintStream out, PrintStream err, Map<String, String> environment) {
        this.out = out;
        this.err = err;
        this.environment = environment;
    }

    int run(List<String> words) throws Exception {
        String first = words.isEmpty() ? "run" : words.get(0);
        List<String> rest = words.isEmpty() ? words : words.subList(1, words.size());
        switch (first) {
            case "--help", "-h", "help" -> {
                out.println(rest.equals(List.of("replay")) ? ReplayCommand.USAGE : USAGE);
                return ExitCode.DONE;
            }
            case "--version", "-V", "version" -> {
                out.println("leadsquared-password-routes " + version());
                return ExitCode.DONE;
            }
            case "replay" -> {
                // Its own lines are what it tells; log4j2.properties has the level.
                System.setProperty("log.level", "warn");
                return new ReplayCommand(out, err).run(rest, environment);
            }
            case "run" -> {
                return rest.isEmpty() ? runBundle() : run(rest.get(0));
            }
            default -> {
                return unknown(first, WORDS);
            }
        }
    }

    /** Runs with an option: no other than these two goes with it. */
    private int run(String option) {
        if (option.equals("--help") || option.equals("-h")) {
            out.println(USAGE);
            return ExitCode.DONE;
        }
        return unknown(option, List.of("--help"));
    }

    private int unknown(String word, List<String> known) {
        String kind = word.startsWith("-") ? "option" : "command";
        err.println("unknown " + kind + " '" + word.replaceAll("\\p{Cc}", " ") + "'" + Nearest.hint(word, known)
                + "; --help lists them all");
        return ExitCode.REJECTED;
    }

    private static String version() {
        return Objects.requireNonNullElse(Application.class.getPackage().getImplementationVersion(), "(not packaged)");
    }

    private int runBundle() throws Exception {
        try {
            Main bundle = Application.ownProcess(environment);
            bundle.run();
            return bundle.getExitCode();
        } catch (InvalidSettings e) {
            err.println("The start is rejected; these settings have to be put right:");
            e.problems().forEach(problem -> err.println("  " + problem));
            return ExitCode.REJECTED;
        }
    }
}
