package io.lsqroutes.replay;

import io.lsqroutes.journal.JournalRejected;
import io.lsqroutes.kafka.KafkaNotReady;
import io.lsqroutes.settings.ExitCode;
import io.lsqroutes.settings.InvalidSettings;
import io.lsqroutes.settings.Settings;
import io.lsqroutes.settings.SettingsSource;
import java.io.PrintStream;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.KafkaException;

/** The command that puts dead events back on their topics, with the settings of the bundle. */
public final class ReplayCommand {
    public static final String USAGE = """
            Example: java -jar leadsquared-password-routes.jar replay --status FAILED,IN_DOUBT --since 24h --dry-run

            Usage: java -jar leadsquared-password-routes.jar replay --status STATUS,... [options]
              --status FAILED,IN_DOUBT    the events to put back, by what became of them; EXPIRED, INVALID and REJECTED, too
              --reason http-500,...       only those with these reason codes
              --since 24h                 only those that died since then: a time, or how long ago
              --expires-in 24h            how long they are good for; otherwise as long as new ones
              REJECTED events, and single ones that EXPIRED, are no dead letters: they are found among the outcomes, and
              can be put back for as long as their topic keeps them. --status REJECTED --reason key-refused is what a
              wrong key has cost.
              --dry-run                   tell what would be put back, and write nothing""";

    private final PrintStream out;
    private final PrintStream err;

    public ReplayCommand(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /** Gives the exit code. */
    public int run(List<String> arguments, Map<String, String> environment) {
        if (arguments.contains("--help")) {
            out.println(USAGE);
            return ExitCode.DONE;
        }
        Clock clock = Clock.systemUTC();
        ReplayArguments read = new ReplayArguments(arguments, clock);
        ReplayRequest request = read.request();
        if (!read.problems().isEmpty()) {
            read.problems().forEach(problem -> err.println("replay: " + problem));
            err.println(USAGE);
            return ExitCode.REJECTED;
        }
        try {
            return run(request, settings(environment), clock);
        } catch (InvalidSettings e) {
            err.println("replay: these settings have to be put right:");
            e.problems().forEach(problem -> err.println("  " + problem));
            return ExitCode.REJECTED;
        }
    }

    private static Settings settings(Map<String, String> environment) throws InvalidSettings {
        return Settings.of(SettingsSource.of(environment));
    }

    private int run(ReplayRequest request, Settings settings, Clock clock) {
        try {
            new Replay(settings.kafka(), settings.accountName(), settings.topics(), settings.eventRules(), clock, out)
                    .run(request);
            return ExitCode.DONE;
        } catch (JournalRejected e) {
            err.println("replay: the journal " + settings.topics().journal() + " is rejected: " + e.getMessage());
            return ExitCode.REJECTED;
        } catch (KafkaNotReady | KafkaException | IllegalStateException e) {
            err.println(
                    "replay: Kafka at " + settings.kafka().bootstrapServers() + " cannot be used: " + e.getMessage());
            err.println("replay: run it again when it can be; no event is put back twice");
            return ExitCode.FAILED;
        }
    }
}
