package io.lsqroutes.sandbox;

import io.lsqroutes.Application;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.main.Main;

/** The whole job on one machine: a broker, a portal, the bundle, and events that show what it does. */
public final class Sandbox implements AutoCloseable {
    static final String NEXT = "next: README.md has the promises and settings, docs/operations.md each log line,"
            + " routes/ the Camel routes";

    private final Screen screen;
    private final Broker broker;
    private final Portal portal;
    private final Main bundle;
    private final SandboxEvents events;
    private final SandboxResults results;

    private Sandbox(Screen screen) throws Exception {
        this.screen = screen;
        screen.line("sandbox: a Kafka broker, a LeadSquared portal (25 calls in 5 s) and the bundle start …");
        broker = Broker.start();
        portal = Portal.start(new PortalOptions());
        Map<String, String> environment = new HashMap<>(portal.environment());
        environment.put("LSQ_KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers());
        bundle = Application.bundle(environment);
        bundle.start();
        broker.awaitTopics("reset-requested", "reset-campaign", "change-requested", "password-results");
        screen.line("sandbox: kafka %s, portal %s", broker.bootstrapServers(), portal.baseUrl());
        events = new SandboxEvents(broker.bootstrapServers(), portal);
        results = new SandboxResults(broker.bootstrapServers(), events, screen, this::tellWhatIsLeft);
    }

    public static void main(String[] args) throws Exception {
        if (Boolean.parseBoolean(System.getProperty("portal-only", "false"))) {
            PortalMain.main(args);
            return;
        }
        // Whatever encoding the machine has; and what the bundle logs goes above what is being typed.
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        Screen screen = new Screen(out, Screen.isTerminal());
        System.setOut(screen.asStream());
        System.setProperty("log4j2.configurationFile", "classpath:log4j2-sandbox.properties");
        Sandbox sandbox = new Sandbox(screen);
        Runtime.getRuntime().addShutdownHook(new Thread(sandbox::close));
        sandbox.run();
    }

    private void run() throws IOException, InterruptedException {
        events.queueExamples();
        screen.line(
                "sandbox: %d events are queued, %d of them a campaign; the first call waits one window of 5 s",
                events.shown(), SandboxEvents.CAMPAIGN);
        screen.line("sandbox: type an e-mail address to reset its password before the campaign's; or help, or quit");
        int typedAhead = System.in.available();
        screen.openInput();
        results.start();
        Thread typed = new Thread(() -> readLines(typedAhead), "sandbox-stdin");
        typed.setDaemon(true);
        typed.start();
        // The end of stdin does not end the sandbox: in a container there is none.
        new CountDownLatch(1).await();
    }

    /** The first characters were typed ahead, before there was a line for them. */
    private void readLines(int typedAhead) {
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
        try {
            int ahead = typedAhead;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (ahead <= 0) {
                    screen.typed();
                }
                ahead -= line.length() + 1;
                take(new TypedLine(line));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void take(TypedLine typed) {
        if (typed.isQuit()) {
            System.exit(0);
        } else if (typed.isHelp()) {
            TypedLine.help().lines().forEach(screen::line);
        } else if (typed.isAddress()) {
            screen.line("%-28s  reset   queued", typed.text());
            events.queueReset(typed.text());
        } else if (!typed.isEmpty()) {
            screen.line("sandbox: '%s' is no e-mail address; help lists what can be typed", typed.text());
        }
    }

    private void tellWhatIsLeft() {
        screen.line(portal.report());
        screen.line("sandbox: all queued events are answered; try ada+500@example.com, or help, or quit");
    }

    @Override
    public void close() {
        screen.closeInput();
        screen.line("sandbox: stops …");
        bundle.stop();
        results.close();
        events.close();
        portal.close();
        broker.close();
        screen.line(portal.report());
        screen.line(NEXT);
    }
}
