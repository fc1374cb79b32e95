package io.lsqroutes.settings;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the route files to Camel's schema, to the canonical form, and to what the budget rests on. */
class RouteFilesTest {
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final JsonSchema SCHEMA = JsonSchemaFactory.getInstance(VersionFlag.V4)
            .getSchema(RouteFilesTest.class.getResourceAsStream("/schema/camelYamlDsl.json"));
    private static final Set<String> LANGUAGES = Set.of("simple", "constant", "method", "header", "variable");
    /** Where Camel 4.18.0's own schema wants a language without its wrapper. */
    private static final Set<String> WITHOUT_WRAPPER = Set.of("expression", "handled", "retryWhile");

    static List<Path> routeFiles() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("routes"))) {
            return files.sorted().toList();
        }
    }

    private static JsonNode read(Path file) {
        try {
            return YAML.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("routeFiles")
    void followsCamelsSchema(Path file) {
        assertThat(SCHEMA.validate(read(file))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("routeFiles")
    void isCanonical(Path file) {
        List<String> findings = new ArrayList<>();
        walk(file.getFileName().toString(), "", read(file), findings);
        assertThat(findings).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("routeFiles")
    void hasNoCommentsThatAnEditorWouldDrop(Path file) throws IOException {
        assertThat(Files.readAllLines(file)).noneMatch(line -> line.strip().startsWith("#"));
    }

    @ParameterizedTest
    @MethodSource("routeFiles")
    void describesEveryRoute(Path file) {
        for (JsonNode entry : read(file)) {
            JsonNode route = entry.elements().next();
            assertThat(route.path("id").asText()).matches("[a-z]+(-[a-z]+)*");
            assertThat(route.path("description").asText()).isNotBlank();
        }
    }

    @Test
    void idsAreUniqueOverAllFiles() throws IOException {
        List<String> ids = routeFiles().stream()
                .flatMap(file -> read(file).findValuesAsText("id").stream())
                .toList();
        assertThat(ids).doesNotHaveDuplicates();
    }

    @Test
    void onlyOneRouteTalksHttp_insideTheBudgetAndWithoutAnErrorHandler() throws IOException {
        for (Path file : routeFiles()) {
            if (!file.endsWith("leadsquared-call.camel.yaml")) {
                assertThat(read(file).findValuesAsText("uri")).doesNotContain("http", "https");
            }
        }
        JsonNode call =
                read(Path.of("routes/leadsquared-call.camel.yaml")).path(0).path("route");
        assertThat(call.path("errorHandler").has("noErrorHandler")).isTrue();
        assertThat(call.has("routeConfigurationId")).isFalse();
        JsonNode steps = call.path("from").path("steps");
        assertThat(steps).hasSize(1);
        assertThat(steps.path(0).path("policy").path("ref").asText()).isEqualTo("callBudget");
        assertThat(steps.path(0).path("policy").findValuesAsText("uri")).containsExactly("http");
    }

    /** Nothing else shows that they are gone: events get fresh messages, and outcomes a list of headers of their own. */
    @Test
    void noHeaderComesOrGoesWithARecordOrACall() {
        List<String> intake = stepIds(Path.of("routes", "event-intake.camel.yaml"));
        List<String> call = stepIds(Path.of("routes", "leadsquared-call.camel.yaml"));

        assertThat(intake).containsSubsequence("removeHeaders *", "process hand-on");
        assertThat(call)
                .containsSubsequence(
                        "removeHeaders *",
                        "bean address-call",
                        "to send-to-leadsquared",
                        "removeHeaders *",
                        "bean decide-verdict");
    }

    /** Every step in the order of the file, by its kind and its id, or by its pattern. */
    private static List<String> stepIds(Path file) {
        List<String> ids = new ArrayList<>();
        collect(read(file), ids);
        return ids;
    }

    private static void collect(JsonNode node, List<String> ids) {
        node.properties().forEach(field -> {
            JsonNode value = field.getValue();
            if (value.has("id")) {
                ids.add(field.getKey()
                        + ' '
                        + value.path(value.has("pattern") ? "pattern" : "id").asText());
            }
            collect(value, ids);
        });
        if (node.isArray()) {
            node.forEach(element -> collect(element, ids));
        }
    }

    private static void walk(String path, String parent, JsonNode node, List<String> findings) {
        if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                walk(path + "/" + i, parent, node.get(i), findings);
            }
        } else if (node.isObject()) {
            for (Map.Entry<String, JsonNode> entry : node.properties()) {
                String at = path + "/" + entry.getKey();
                if ("steps".equals(parent) && !entry.getValue().isObject()) {
                    findings.add(at + ": a step is a mapping");
                } else if ("steps".equals(parent) && !entry.getValue().has("id")) {
                    findings.add(at + ": a step has an id");
                }
                if ("uri".equals(entry.getKey()) && entry.getValue().asText().matches(".*[?:].*")) {
                    findings.add(at + ": options belong under parameters");
                }
                if (LANGUAGES.contains(entry.getKey())
                        && entry.getValue().isObject()
                        && !WITHOUT_WRAPPER.contains(parent)) {
                    findings.add(at + ": a language belongs under expression");
                }
                walk(at, entry.getKey(), entry.getValue(), findings);
            }
        }
    }
}
