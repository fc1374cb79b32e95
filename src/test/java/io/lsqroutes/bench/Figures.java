package io.lsqroutes.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What was measured, as a table for docs/performance.md: printed, and kept in {@code target/bench/}. */
public final class Figures {
    private final String name;
    private final List<String> lines = new ArrayList<>();

    public Figures(String name, String... columns) {
        this.name = name;
        row((Object[]) columns);
        lines.add("|" + String.join("|", Collections.nCopies(columns.length, "---")) + "|");
    }

    public void row(Object... cells) {
        List<String> texts = new ArrayList<>();
        for (Object cell : cells) {
            texts.add(cell.toString());
        }
        lines.add("| " + String.join(" | ", texts) + " |");
    }

    public void publish() {
        lines.forEach(System.out::println);
        try {
            Path directory = Files.createDirectories(Path.of("target", "bench"));
            Files.write(directory.resolve(name + ".md"), lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
