package io.lsqroutes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Sums up what Camel dumped after every route test: no step of any route may be left unrun. */
@Tag("routes")
class RouteCoverageIT {

    @Test
    void everyStepIsRunBySomeTest() throws Exception {
        Map<String, Long> runs = new HashMap<>();
        for (Path dump : dumps()) {
            NodeList elements = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(dump.toFile())
                    .getElementsByTagName("*");
            for (int i = 0; i < elements.getLength(); i++) {
                Element element = (Element) elements.item(i);
                if (element.hasAttribute("id") && element.hasAttribute("exchangesTotal") && !isInOnException(element)) {
                    long total = Long.parseLong(element.getAttribute("exchangesTotal"));
                    runs.merge(element.getAttribute("id"), total, Long::sum);
                }
            }
        }
        assertThat(runs).as("Camel's dumps").hasSizeGreaterThan(50);
        assertThat(runs.entrySet().stream().filter(step -> step.getValue() == 0).map(Map.Entry::getKey))
                .as("steps that no test ran")
                .isEmpty();
    }

    /** Camel 4.18.0 counts no step of an onException; ours only lead to routes whose steps are counted. */
    private static boolean isInOnException(Element element) {
        return element.getParentNode().getNodeName().equals("onException");
    }

    private static List<Path> dumps() throws Exception {
        try (Stream<Path> files = Files.list(Path.of("target/camel-route-coverage"))) {
            return files.filter(file -> file.toString().endsWith(".xml")).toList();
        }
    }
}
