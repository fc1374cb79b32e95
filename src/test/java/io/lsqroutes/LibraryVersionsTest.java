package io.lsqroutes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.lang.module.ModuleDescriptor.Version;
import java.util.Properties;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The versions below which a known advisory applies must not come back with an upgrade of something else. */
class LibraryVersionsTest {

    @ParameterizedTest
    @CsvSource({
        "org.apache.httpcomponents.client5, httpclient5, 5.6.5",
        "org.apache.httpcomponents.core5, httpcore5, 5.4.4",
        "org.apache.httpcomponents.core5, httpcore5-h2, 5.4.4",
        "com.fasterxml.jackson.core, jackson-databind, 2.21.8",
        "com.fasterxml.jackson.core, jackson-core, 2.21.8",
        "org.slf4j, slf4j-api, 2.0.20",
        "org.apache.logging.log4j, log4j-core, 2.25.5",
        "org.apache.camel, camel-core-engine, 4.18.0",
    })
    void isAtLeast(String group, String artifact, String least) throws Exception {
        assertThat(Version.parse(version("/META-INF/maven/" + group + '/' + artifact + "/pom.properties")))
                .isGreaterThanOrEqualTo(Version.parse(least));
    }

    @ParameterizedTest
    @CsvSource("4.2.2")
    void kafkaClientsAreAtLeast(String least) throws Exception {
        assertThat(Version.parse(version("/kafka/kafka-version.properties")))
                .isGreaterThanOrEqualTo(Version.parse(least));
    }

    private static String version(String resource) throws Exception {
        Properties properties = new Properties();
        try (InputStream in = LibraryVersionsTest.class.getResourceAsStream(resource)) {
            assertThat(in).as(resource).isNotNull();
            properties.load(in);
        }
        return properties.getProperty("version");
    }
}
