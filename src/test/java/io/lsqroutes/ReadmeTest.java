package io.lsqroutes;

import static org.assertj.core.api.Assertions.assertThat;

import io.lsqroutes.sandbox.PortalOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the documents say about names and values, held against the code. */
class ReadmeTest {
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
