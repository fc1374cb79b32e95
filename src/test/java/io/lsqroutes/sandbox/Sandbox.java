package io.lsqroutes.sandbox;

import io.lsqroutes.Application;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.main.Main;

/** The whole job on one machine: a broker, a portal, the bundle, and events that show what it does. */
public final class Sandbox implements AutoCloseable {
    private final PrintStream out;
    private final Broker broker;
    private final Portal portal;
    private final Main bundle;
    private final SandboxEvents events;
    private final SandboxResults results;

    private Sandbox(PrintStream out) throws Exception {
        this.out = out;
        out.println("sandbox: starts a Kafka broker, a LeadSquared portal (25 calls in 5 s) and the bundle …");
        broker = Broker.start();
        portal = Portal.start(new PortalOptions());
        Map<String, String> environment = new HashMap<>(portal.environment());
        environment.put("LSQ_KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers());
        bundle = Application.bundle(environment);
        bundle.start();
        broker.awaitTopics("reset-requested", "reset-campaign", "change-requested", "password-results");
        out.printf("sandbox: kafka %s, portal %s%n", broker.bootstrapServers(), portal.baseUrl());
        events = new SandboxEvents(broker.bootstrapServers(), portal);
        results = new SandboxResults(broker.bootstrapServers(), portal, events, out);
    }

    public static void main(String[] args) throws Exception {
        if (Boolean.parseBoolean(System.getProperty("portal-only", "false"))) {
            PortalMain.main(args);
            return;
        }
        Sandbox sandbox = new Sandbox(System.out);
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            sandbox.close();
            stopped.countDown();
        }));
        sandbox.run();
        stopped.await();
    }

    private void run() {
        results.start();
        events.queueExamples();
        out.printf(
                "sandbox: %d events are queued, %d of them a campaign; the first call waits one window of 5 s%n",
                events.queued(), SandboxEvents.CAMPAIGN);
        out.println("sandbox: type an e-mail address to queue a reset for it; Ctrl-C ends");
        Thread typed = new Thread(this::readAddresses, "sandbox-stdin");
        typed.setDaemon(true);
        typed.start();
    }

    /** The end of stdin does not end the sandbox: in a container there is none. */
    private void readAddresses() {
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
        try {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isBlank()) {
                    out.println("sandbox: queued " + events.queueReset(line.trim()));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        out.println("sandbox: stops …");
        bundle.stop();
        results.close();
        events.close();
        portal.close();
        broker.close();
        out.println(portal.report());
    }
}
