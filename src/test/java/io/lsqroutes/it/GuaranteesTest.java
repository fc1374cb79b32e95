package io.lsqroutes.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of promises and their tests in docs/guarantees.md is whole, and each test runs where the table says. */
class GuaranteesTest {
    private static final Path DOCUMENT = Path.of("docs", "guarantees.md");
    private static final Path TESTS = Path.of("src", "test", "java");
    private static final Pattern PROMISE =
            Pattern.compile("^- \\*\\*(.+?)[.,]?\\*\\*", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern CLASS = Pattern.compile("`([A-Za-z]+IT)`");
    private static final Pattern TEST = Pattern.compile("(?:^    @.*\\n(?: {5,}.*\\n)*)+", Pattern.MULTILINE);
    private static final int COLUMNS = 6;

    private static List<String[]> rows() throws IOException {
        return Files.readString(DOCUMENT)
                .lines()
                .filter(line -> CLASS.matcher(line).find() && line.startsWith("| "))
                .map(line -> line.split("\\|", -1))
                .toList();
    }

    @Test
    void eachPromiseHasItsRow() throws IOException {
        String document = Files.readString(DOCUMENT);
        String promises = document.substring(document.indexOf("## Promises"), document.indexOf("What it does *not*"));
        List<String> promised = PROMISE.matcher(promises)
                .results()
                .map(match -> match.group(1).replaceAll("\\s+", " "))
                .toList();

        assertThat(promised).hasSizeGreaterThan(5);
        assertThat(rows()).extracting(row -> row[1].strip()).containsExactlyElementsOf(promised);
    }

    @Test
    void eachTestRunsWhereTheTableSays() throws IOException {
        for (String[] row : rows()) {
            assertThat(row).as(row[1]).hasSize(COLUMNS);
            assertThat(CLASS.matcher(row[2]).find())
                    .as("a test in verify of: %s", row[1])
                    .isTrue();
            assertRun(row[2], "");
            assertRun(row[3], "chaos");
            assertRun(row[4], "bench");
        }
    }

    /** Each class that the cell names has a test with this tag, or one with neither. */
    private static void assertRun(String cell, String tag) throws IOException {
        Matcher names = CLASS.matcher(cell);
        while (names.find()) {
            String text = source(names.group(1));
            String header = text.substring(0, text.indexOf("class " + names.group(1)));
            assertThat(TEST.matcher(text).results().map(match -> header + match.group()))
                    .as("%s has a test that runs %s", names.group(1), tag.isEmpty() ? "in verify" : "with -P" + tag)
                    .anyMatch(annotations -> annotations.contains("Test\n") && isTagged(annotations, tag));
        }
    }

    private static boolean isTagged(String annotations, String tag) {
        return tag.isEmpty()
                ? !annotations.contains("@Tag(\"chaos\")") && !annotations.contains("@Tag(\"bench\")")
                : annotations.contains("@Tag(\"" + tag + "\")");
    }

    private static String source(String name) throws IOException {
        try (Stream<Path> files = Files.walk(TESTS)) {
            List<Path> found =
                    files.filter(file -> file.endsWith(name + ".java")).toList();
            assertThat(found).as("the class %s", name).hasSize(1);
            return Files.readString(found.get(0));
        }
    }
}
