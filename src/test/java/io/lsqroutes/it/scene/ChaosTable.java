package io.lsqroutes.it.scene;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What came of each scenario, in one table. */
public final class ChaosTable {
    private static final String ROW = "%-40s %7s %6s %5s %16s %12s %8s %8s %12s %7s";
    private static final Path FILE = Path.of("target", "chaos.txt");

    private final List<String> rows = new ArrayList<>();

    public ChaosTable() {
        rows.add(ROW.formatted(
                "scenario",
                "events",
                "faults",
                "lost",
                "not exactly one",
                "false claims",
                "repeated",
                "in doubt",
                "windows over",
                "seconds"));
    }

    public void add(String scenario, int faults, Truth truth, Duration time) {
        rows.add(ROW.formatted(
                scenario,
                truth.events,
                faults,
                truth.lost,
                truth.withoutOneOutcome,
                truth.falseClaims,
                truth.repeatedCalls,
                truth.inDoubt,
                truth.windowsOverTheLimit,
                time.toSeconds()));
    }

    public void publish() throws IOException {
        rows.forEach(System.out::println);
        Files.write(FILE, rows);
    }
}
