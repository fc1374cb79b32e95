package io.lsqroutes;

import static org.assertj.core.api.Assertions.assertThat;

import io.lsqroutes.sandbox.PortalOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the documents say about names and values, held against the code. */
class ReadmeTest {
    private static final Path OPERATIONS = Path.of("docs", "operations.md");
    private static final Pattern QUOTED = Pattern.compile("`([^`]{12,})`");
    private static final Pattern WARNING =
            Pattern.compile("(?:LOG|log)\\.(?:warn|error)\\(\\s*(\"[^\"]*\"(?:\\s*\\+\\s*\"[^\"]*\")*)");
    private static final Pattern ADVICE = Pattern.compile("ADVICE\\s*=\\s*(\"[^\"]*\"(?:\\s*\\+\\s*\"[^\"]*\")*)");
    private static final Pattern REASON = Pattern.compile("new Breach\\(\\s*\"([a-z0-9-]+)\"");

    @Test
    void listsEverySettingWithItsDefault() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        Properties properties = new Properties();
        try (InputStream in = Files.newInputStream(Path.of("src/main/resources/application.properties"))) {
            properties.load(in);
        }
        for (String key : properties.stringPropertyNames()) {
            if (key.startsWith("lsq.")) {
                List<String> row = readme.lines()
                        .filter(line -> line.startsWith("| `lsq.") && line.contains("`" + key + "`"))
                        .toList();
                assertThat(row).as(key).hasSize(1);
                assertThat(row.get(0)).as(key).contains(properties.getProperty(key));
            }
        }
    }

    @Test
    void listsEveryReasonForAnInvalidEvent() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        try (Stream<Path> sources = Files.list(Path.of("src/main/java/io/lsqroutes/event"))) {
            for (Path source : sources.toList()) {
                assertThat(REASON.matcher(Files.readString(source)).results().map(ReadmeTest::code))
                        .allSatisfy(code -> assertThat(readme).contains(code));
            }
        }
    }

    /** A heading is the beginning of the line, with … for what is filled in. */
    @Test
    void theOperatorsGuideHasAHeadingForEveryWarningAndError() throws IOException {
        String guide = Files.readString(OPERATIONS);
        List<Pattern> headings = guide.lines()
                .filter(line -> line.startsWith("### "))
                .flatMap(line -> QUOTED.matcher(line).results())
                .map(heading -> Pattern.compile(Stream.of(heading.group(1).split("…", -1))
                        .map(Pattern::quote)
                        .collect(Collectors.joining(".*"))))
                .toList();
        List<String> messages = sources()
                .flatMap(source -> WARNING.matcher(source).results())
                .map(message -> text(message.group(1)).replace("{}", "…"))
                .toList();

        assertThat(messages).hasSizeGreaterThan(10);
        assertThat(messages).allSatisfy(message -> assertThat(headings)
                .as("a heading in docs/operations.md for: %s", message)
                .anyMatch(heading -> heading.matcher(message).lookingAt()));
    }

    @Test
    void theOperatorsGuideHasTheAdviceOfEveryTroubleThatLasts() throws IOException {
        String guide = Files.readString(OPERATIONS).replaceAll("\\s+", " ");
        List<String> advice = sources()
                .flatMap(source -> ADVICE.matcher(source).results())
                .flatMap(match -> Stream.of(text(match.group(1)).split("(?<=[.;]) ")))
                .map(sentence -> sentence.replaceAll("[.;]$", ""))
                .toList();

        assertThat(advice).hasSizeGreaterThan(8).allSatisfy(sentence -> assertThat(guide)
                .contains(sentence));
    }

    private static Stream<String> sources() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            List<String> sources = new ArrayList<>();
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                sources.add(Files.readString(file));
            }
            return sources.stream();
        }
    }

    /** What a constant of several literals says. */
    private static String text(String literals) {
        return literals.replaceAll("\"\\s*\\+\\s*\"", "").replaceAll("^\"|\"$", "");
    }

    private static String code(MatchResult match) {
        return "`" + match.group(1) + "`";
    }

    @Test
    void theComposeFileKnowsTheSandboxPortal() throws IOException {
        assertThat(Files.readString(Path.of("docker-compose.yml")))
                .contains(
                        PortalOptions.PORTAL_ID,
                        PortalOptions.PUBLIC_AUTH_KEY,
                        PortalOptions.REGISTER_TOKEN,
                        PortalOptions.ACCESS_KEY,
                        PortalOptions.SECRET_KEY);
    }
}
