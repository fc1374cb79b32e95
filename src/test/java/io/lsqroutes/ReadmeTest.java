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
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the documents say about names and values, held against the code. */
class ReadmeTest {
    private static final Path README = Path.of("README.md");
    private static final Path ARCHITECTURE = Path.of("ARCHITECTURE.md");
    private static final Path SETTINGS = Path.of("docs", "settings.md");
    private static final Pattern SETTING = Pattern.compile("`(lsq\\.[^`]+)`");
    private static final Pattern CLASS = Pattern.compile("`([A-Z][a-z]+[A-Za-z]*)`");
    private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:|#)([^)#]+)");
    private static final Path OPERATIONS = Path.of("docs", "operations.md");
    private static final Pattern WARNING =
            Pattern.compile("(?:LOG|log)\\.(?:warn|error)\\(\\s*(\"[^\"]*\"(?:\\s*\\+\\s*\"[^\"]*\")*)");
    private static final Pattern NORMAL =
            Pattern.compile("(?:LOG|log)\\.info\\(\\s*(\"[^\"]*\"(?:\\s*\\+\\s*\"[^\"]*\")*)");
    private static final Pattern ADVICE = Pattern.compile("ADVICE\\s*=\\s*(\"[^\"]*\"(?:\\s*\\+\\s*\"[^\"]*\")*)");
    private static final Pattern REASON = Pattern.compile("new ContractViolation\\(\\s*\"([a-z0-9-]+)\"");

    @Test
    void listsEverySettingWithItsDefault() throws IOException {
        String readme = Files.readString(SETTINGS);
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
    void listsNoSettingThatIsNone() throws IOException {
        String properties = Files.readString(Path.of("src/main/resources/application.properties"));
        List<String> named = Files.readString(SETTINGS)
                .lines()
                .filter(line -> line.startsWith("| `lsq."))
                .flatMap(line -> SETTING.matcher(line.split("\\|", -1)[1]).results())
                .map(match -> match.group(1))
                .filter(key -> !key.endsWith("*") && !key.equals("lsq.secrets-dir"))
                .toList();

        assertThat(named).hasSizeGreaterThan(30).allSatisfy(key -> assertThat(properties)
                .containsPattern("(?m)^#?\\s*" + Pattern.quote(key) + "\\s*="));
    }

    @Test
    void theReadmeFitsOnAFewScreens() throws IOException {
        List<String> lines = Files.readAllLines(README);

        assertThat(lines).hasSizeLessThanOrEqualTo(130).allSatisfy(line -> assertThat(line)
                .hasSizeLessThanOrEqualTo(120));
        assertThat(String.join(" ", lines).split("\\s+", -1)).hasSizeLessThanOrEqualTo(900);
    }

    @Test
    void theArchitectureFitsOnAPageAndNamesClassesThatExist() throws IOException {
        List<String> lines = Files.readAllLines(ARCHITECTURE);
        assertThat(lines).hasSizeLessThanOrEqualTo(100);

        List<String> classes = CLASS.matcher(String.join("\n", lines))
                .results()
                .map(match -> match.group(1))
                .filter(name -> !name.equals("ArchitectureTest"))
                .toList();
        assertThat(classes).hasSizeGreaterThan(10).allSatisfy(name -> assertThat(sourceNames())
                .contains(name + ".java"));
    }

    @Test
    void everyLinkBetweenTheDocumentsLeadsSomewhere() throws IOException {
        for (String folder : List.of(".", "docs")) {
            try (Stream<Path> files = Files.list(Path.of(folder))) {
                for (Path document :
                        files.filter(path -> path.toString().endsWith(".md")).toList()) {
                    assertThat(LINK.matcher(Files.readString(document))
                                    .results()
                                    .map(match -> match.group(1)))
                            .as("links of %s", document)
                            .allSatisfy(link -> assertThat(Path.of(folder, link).normalize())
                                    .exists());
                }
            }
        }
    }

    @Test
    void listsEveryReasonForAnInvalidEvent() throws IOException {
        String readme = Files.readString(Path.of("docs", "outcomes.md"));
        List<String> codes = new ArrayList<>();
        try (Stream<Path> sources = Files.list(Path.of("src/main/java/io/lsqroutes/event"))) {
            for (Path source : sources.toList()) {
                codes.addAll(REASON.matcher(Files.readString(source))
                        .results()
                        .map(ReadmeTest::code)
                        .toList());
            }
        }
        assertThat(codes).hasSizeGreaterThan(8).allSatisfy(code -> assertThat(readme)
                .contains(code));
    }

    /** A heading is the beginning of the line, with … for what is filled in. */
    @Test
    void theOperatorsGuideHasAHeadingForEveryWarningAndError() throws IOException {
        String guide = Files.readString(OPERATIONS);
        List<Pattern> headings = guide.lines()
                .filter(line -> line.startsWith("### "))
                .flatMap(ReadmeTest::quotes)
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
    void theOperatorsGuideHasNoHeadingForALineThatNobodyWrites() throws IOException {
        String code = sources().map(ReadmeTest::text).collect(Collectors.joining());
        List<String> words = Files.readString(OPERATIONS)
                .lines()
                .filter(line -> line.startsWith("### "))
                .flatMap(line -> Stream.of(line.split("[`…(),:;]")))
                .map(String::strip)
                .filter(part -> part.length() > 8)
                .toList();

        assertThat(words).hasSizeGreaterThan(30).allSatisfy(part -> assertThat(code)
                .contains(part));
    }

    /** A quoted text in the guide is the beginning of the line; the outcomes' own line has no words to compare. */
    @Test
    void theOperatorsGuideNamesEveryLineOfNormalWork() throws IOException {
        List<Pattern> quoted =
                Files.readString(OPERATIONS).lines().flatMap(ReadmeTest::quotes).toList();
        List<String> messages = sources()
                .flatMap(source -> NORMAL.matcher(source).results())
                .map(message -> text(message.group(1)).replace("{}", "…"))
                .filter(message -> message.matches(".*[a-z]{4}.*") && !message.startsWith("… … …"))
                .toList();

        assertThat(messages).hasSizeGreaterThan(10).allSatisfy(message -> assertThat(quoted)
                .as("docs/operations.md for: %s", message)
                .anyMatch(quote -> quote.matcher(message).lookingAt()));
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

    private static List<String> sourceNames() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src"))) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    /** What stands between two backticks is the beginning of a line of the log, with … for what is filled in. */
    private static Stream<Pattern> quotes(String line) {
        String[] parts = line.split("`", -1);
        return IntStream.range(0, parts.length)
                .filter(part -> part % 2 == 1 && parts[part].length() >= 12)
                .mapToObj(part -> Pattern.compile(Stream.of(parts[part].split("…", -1))
                        .map(Pattern::quote)
                        .collect(Collectors.joining(".*"))));
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
