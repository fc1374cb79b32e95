package io.lsqroutes.settings;

import io.lsqroutes.kafka.KafkaConnection;
import io.lsqroutes.kafka.KafkaNames;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
public final class SettingsSource {
    static final String CLIENT = "lsq.kafka.client.";

    /** What Kubernetes adds for each service of the namespace; a service may be called lsq-something. */
    private static final Pattern OF_KUBERNETES = Pattern.compile(
            "LSQ_(.*_)?(SERVICE_HOST|SERVICE_PORT(_.*)?|PORT_[0-9]+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)");

    private static final Pattern PORT_OF_KUBERNETES = Pattern.compile("(tcp|udp|sctp)://.*");

    private final Map<String, String> environment;
    private final SecretFiles files;
    private final Properties defaults;

    /**
     * @param secrets a directory of files, each named for the key whose value it holds
     */
    public SettingsSource(Map<String, String> environment, Path secrets) {
        this.environment = environment;
        this.files = new SecretFiles(secrets);
        this.defaults = defaults();
    }

    /**
     * With the files of the directory that {@code lsq.secrets-dir} names.
     *
     * @throws InvalidSettings if it names none
     */
    public static SettingsSource of(Map<String, String> environment) throws InvalidSettings {
        String key = "lsq.secrets-dir";
        String variable = SettingsReader.variable(key);
        String given = environment.getOrDefault(variable, "").strip();
        try {
            if (given.isEmpty()) {
                return new SettingsSource(environment, Path.of(defaults().getProperty(key)));
            }
            if (Files.isDirectory(Path.of(given))) {
                return new SettingsSource(environment, Path.of(given));
            }
        } catch (InvalidPathException e) {
            // Told below.
        }
        throw new InvalidSettings(List.of(key + " (" + variable + "): is '" + given.replaceAll("\\p{Cc}", " ")
                + "', which is no directory; expected the directory of the files that are named for keys"));
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
        KafkaNames.all().forEach(name -> keys.add(CLIENT + name));
        return keys;
    }

    /** The keys that an installation may set, for those who mistyped one. */
    private NavigableSet<String> keysToSet() {
        NavigableSet<String> keys = keys();
        keys.removeIf(key -> key.startsWith(CLIENT) && KafkaNames.keptFor(key.substring(CLIENT.length())) != null);
        return keys;
    }

    /** Every setting that is set, by its key. A file that cannot be read sets nothing: see {@link #unreadable}. */
    public SortedMap<String, String> settings() {
        SortedMap<String, String> settings = new TreeMap<>();
        for (String key : keys()) {
            String value = given(key);
            if (value == null) {
                value = defaults.getProperty(key);
            }
            if (value != null) {
                settings.put(key, value);
            }
        }
        settings.computeIfPresent("lsq.host", (key, value) -> value.replaceAll("/+$", ""));
        settings.computeIfPresent("lsq.routes", (key, value) -> routes(value));
        String prefix = settings.getOrDefault(SettingsReader.TOPIC_PREFIX, "").strip();
        if (SettingsReader.isTopicPrefix(prefix)) {
            settings.replaceAll((key, value) -> takesPrefix(key) && given(key) == null ? prefix + value : value);
        }
        return settings;
    }

    private static boolean takesPrefix(String key) {
        return key.equals("lsq.kafka.group")
                || (key.startsWith("lsq.topic.") && !key.equals(SettingsReader.TOPIC_PREFIX));
    }

    private @Nullable String given(String key) {
        try {
            return inEnvironment(key) ? environment(key) : file(key);
        } catch (SecretFiles.Unreadable e) {
            return null;
        }
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

    /**
     * What the file named for the key says now; null where there is none, or where it is empty.
     *
     * @throws SecretFiles.Unreadable if it cannot be read
     */
    @Nullable
    String file(String key) throws SecretFiles.Unreadable {
        return files.value(key);
    }

    /** Why the file of a key cannot be read, by the key. */
    SortedMap<String, String> unreadable() {
        SortedMap<String, String> unreadable = new TreeMap<>();
        for (String key : keys()) {
            try {
                if (!inEnvironment(key)) {
                    file(key);
                }
            } catch (SecretFiles.Unreadable e) {
                unreadable.put(key, Objects.requireNonNull(e.getMessage()));
            }
        }
        return unreadable;
    }

    /** One line for each variable that looks like a setting and is none: a mistyped one, most likely. */
    List<String> unknownVariables() {
        NavigableSet<String> known = new TreeSet<>();
        keys().forEach(key -> known.add(SettingsReader.variable(key)));
        List<String> toSet = keysToSet().stream().map(SettingsReader::variable).toList();
        List<String> unknown = new ArrayList<>();
        new TreeMap<>(environment).forEach((name, value) -> {
            // Of any case and with any marks: some take lsq.host itself for a variable's name.
            boolean ours = SettingsReader.variable(name).startsWith("LSQ_");
            if (ours && !known.contains(name) && !value.isBlank() && !isOfKubernetes(name, value)) {
                unknown.add(
                        name.replaceAll("\\p{Cc}", " ") + ": is no setting of this bundle" + Nearest.hint(name, toSet));
            }
        });
        return unknown;
    }

    private static boolean isOfKubernetes(String name, String value) {
        return OF_KUBERNETES.matcher(name).matches()
                || (name.toUpperCase(Locale.ROOT).endsWith("_PORT")
                        && PORT_OF_KUBERNETES.matcher(value).matches());
    }

    /** One line for each file of secrets whose name is no key. */
    public List<String> unknownFiles() {
        NavigableSet<String> toSet = keysToSet();
        return files.unknown(keys()).stream()
                .map(name -> name + ": this file of secrets is named for no setting" + Nearest.hint(name, toSet))
                .toList();
    }
}
