package io.lsqroutes.settings;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/** Looks at the TLS settings that Kafka's clients do not look at before they connect, where TLS is used. */
final class KafkaTls {
    private KafkaTls() {}

    /** What is wrong with each setting, by Kafka's name for it. */
    static SortedMap<String, String> problems(Map<String, String> own) {
        SortedMap<String, String> problems = new TreeMap<>();
        if (!own.getOrDefault("security.protocol", "").endsWith("SSL")) {
            return problems;
        }
        for (String name : List.of("ssl.truststore.location", "ssl.keystore.location")) {
            String file = own.get(name);
            String problem = file == null ? null : problem(file);
            if (problem != null) {
                problems.put(name, "is '" + file + "', which " + problem + "; expected a file that can be read");
            }
        }
        if (!own.containsKey("ssl.engine.factory.class")) {
            SSLParameters supported = supported();
            known(problems, own, "ssl.enabled.protocols", supported.getProtocols());
            known(problems, own, "ssl.cipher.suites", supported.getCipherSuites());
            known(problems, own, "ssl.endpoint.identification.algorithm", "https", "HTTPS");
        }
        return problems;
    }

    private static SSLParameters supported() {
        try {
            return SSLContext.getDefault().getSupportedSSLParameters();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has TLS", e);
        }
    }

    private static void known(
            SortedMap<String, String> problems, Map<String, String> own, String name, String... known) {
        String value = own.get(name);
        if (value != null && !List.of(known).containsAll(names(value))) {
            String some = String.join(", ", List.of(known).subList(0, Math.min(3, known.length)));
            problems.put(name, "is '" + value + "'; expected what this Java knows, such as " + some);
        }
    }

    private static List<String> names(String value) {
        return Arrays.stream(value.split(",")).map(String::trim).toList();
    }

    private static @Nullable String problem(String file) {
        try {
            Path path = Path.of(file);
            if (!Files.exists(path)) {
                return "is not there";
            }
            return Files.isRegularFile(path) && Files.isReadable(path) ? null : "cannot be read as a file";
        } catch (InvalidPathException e) {
            return "is no path";
        }
    }
}
