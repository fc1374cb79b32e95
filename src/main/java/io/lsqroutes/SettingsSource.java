package io.lsqroutes;

import io.lsqroutes.delivery.KafkaConnection;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where settings come from: the environment, over files of secrets, over the defaults in {@code application.properties}. */
final class SettingsSource {
    private final Map<String, String> environment;
    private final Path secrets;
    private final Properties defaults;

    /**
     * @param secrets a directory of files, each named for the key whose value it holds
     */
    SettingsSource(Map<String, String> environment, Path secrets) {
        this.environment = environment;
        this.secrets = secrets;
        this.defaults = defaults();
    }

    private static Properties defaults() {
        Properties properties = new Properties();
        try (InputStream in = SettingsSource.class.getResourceAsStream("/application.properties")) {
            properties.load(Objects.requireNonNull(in, "application.properties is part of the jar"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties;
    }

    private NavigableSet<String> keys() {
        NavigableSet<String> keys = new TreeSet<>();
        defaults.stringPropertyNames().stream()
                .filter(key -> key.startsWith("lsq."))
                .forEach(keys::add);
        KafkaConnection.securitySettings().forEach(name -> keys.add("lsq.kafka." + name));
        return keys;
    }

    /** Every setting that is set, by its key. */
    SortedMap<String, String> settings() {
        SortedMap<String, String> settings = new TreeMap<>();
        for (String key : keys()) {
            String value = inEnvironment(key) ? environment(key) : file(key);
            if (value == null) {
                value = defaults.getProperty(key);
            }
            if (value != null) {
                settings.put(key, value);
            }
        }
        settings.computeIfPresent("lsq.host", (key, value) -> value.replaceAll("/+$", ""));
        settings.computeIfPresent("lsq.routes", (key, value) -> routes(value));
        return settings;
    }

    private static String routes(String value) {
        return Pattern.matches("(classpath|file):.*", value) ? value : "file:" + value;
    }

    /** A variable that is set to nothing is not set: it must not hide a secret's file. */
    boolean inEnvironment(String key) {
        return !environment(key).isEmpty();
    }

    private String environment(String key) {
        return environment.getOrDefault(SettingsReader.variable(key), "").strip();
    }

    /** What the file named for the key says now; null where there is none. */
    @Nullable
    String file(String key) {
        Path file = secrets.resolve(key);
        if (!Files.isRegularFile(file)) {
            return null;
        }
        try {
            // An editor or "echo" ends the file with a line break that is no part of the secret.
            return Files.readString(file).replaceFirst("[\\r\\n]+$", "");
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
    }

    /** Variables that look like settings and are none: mistyped ones, most likely. */
    NavigableSet<String> unknownVariables() {
        NavigableSet<String> unknown = new TreeSet<>(environment.keySet());
        unknown.removeIf(name -> !name.startsWith("LSQ_"));
        keys().forEach(key -> unknown.remove(SettingsReader.variable(key)));
        return unknown;
    }
}
