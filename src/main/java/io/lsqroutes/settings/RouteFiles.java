package io.lsqroutes.settings;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/** The route files that the bundle is made of, wherever they are. */
public final class RouteFiles {
    public static final List<String> NAMES = List.of(
            "event-intake.camel.yaml",
            "leadsquared-call.camel.yaml",
            "leadsquared-errors.camel.yaml",
            "leadsquared-keys.camel.yaml",
            "password-change.camel.yaml",
            "password-reset.camel.yaml");

    private RouteFiles() {}

    /**
     * Which of them are not there; all where there is no such place.
     *
     * @param location {@code file:} and a directory, or {@code classpath:} and a path in the jar
     */
    static List<String> missing(String location) {
        return NAMES.stream().filter(name -> !isThere(location, name)).toList();
    }

    private static boolean isThere(String location, String name) {
        if (location.startsWith("file:")) {
            try {
                return Files.isReadable(Path.of(location.substring("file:".length()), name));
            } catch (InvalidPathException e) {
                return false;
            }
        }
        String directory = location.replaceFirst("^classpath:/*", "");
        return RouteFiles.class.getClassLoader().getResource(directory + '/' + name) != null;
    }
}
