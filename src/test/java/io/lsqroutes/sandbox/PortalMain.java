package io.lsqroutes.sandbox;

import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The sandbox portal alone, until it is told to stop. */
public final class PortalMain {
    private PortalMain() {}

    public static void main(String[] args) throws InterruptedException {
        Optional<Portal> started =
                open(setting("portal.host", "127.0.0.1"), setting("portal.port", "8089"), System.err);
        if (started.isEmpty()) {
            System.exit(2);
        }
        CountDownLatch stop = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            stop.countDown();
            try {
                stopped.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
        try (Portal portal = started.get()) {
            System.out.println(describe(portal));
            watch(portal, stop, System.out);
        } finally {
            stopped.countDown();
        }
    }

    /** A system property, or the same in the environment. */
    private static String setting(String name, String otherwise) {
        String variable = name.replace('.', '_').toUpperCase(Locale.ROOT);
        return System.getProperty(name, System.getenv().getOrDefault(variable, otherwise));
    }

    /** Empty, after one line that says why, where the portal cannot listen there. */
    static Optional<Portal> open(String host, String port, PrintStream errors) {
        try {
            return Optional.of(Portal.start(new PortalOptions().host(host).port(Integer.parseInt(port))));
        } catch (UncheckedIOException e) {
            errors.println("portal: " + e.getMessage());
        } catch (IllegalArgumentException e) {
            errors.println("portal: portal.port (PORTAL_PORT) is a number from 0 to 65535, not '" + port + "'");
        }
        return Optional.empty();
    }

    /** What one needs to use the portal: its address, the bundle's settings, the tags. */
    static String describe(Portal portal) {
        String settings = portal.environment().entrySet().stream()
                .map(setting -> setting.getKey() + "=" + setting.getValue())
                .collect(Collectors.joining(" \\\n    ", "export ", ""));
        String tags = Arrays.stream(Quirk.values()).map(Quirk::tag).collect(Collectors.joining(" "));
        return """
                portal: listens on %s

                %s

                portal: an address such as ada+429@example.com misbehaves; tags: %s
                portal: a tag holds for the first call, those of a faulty request always; +500-2: two calls, +500-always: all
                """.formatted(portal.baseUrl(), settings, tags);
    }

    /** Reports what changed, at most every five seconds, and once more at the end. */
    static void watch(Portal portal, CountDownLatch stop, PrintStream out) throws InterruptedException {
        String last = portal.report();
        while (!stop.await(5, TimeUnit.SECONDS)) {
            String report = portal.report();
            if (!report.equals(last)) {
                out.println(report);
                last = report;
            }
        }
        out.println(portal.report());
    }
}
