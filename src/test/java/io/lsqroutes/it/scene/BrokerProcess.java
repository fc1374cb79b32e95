package io.lsqroutes.it.scene;

import io.lsqroutes.sandbox.Broker;
import io.lsqroutes.sandbox.BrokerMain;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A broker that can die: a process of its own, started again on its ports and its data. */
public final class BrokerProcess implements AutoCloseable {
    private final int port = Broker.freePort();
    private final List<String> arguments = new ArrayList<>();
    private JavaProcess process;

    /**
     * @param advertisedByPort its further ways in, as for {@link Broker}
     */
    public BrokerProcess(Path data, Map<Integer, Integer> advertisedByPort) throws IOException {
        arguments.add(Integer.toString(port));
        arguments.add(data.toString());
        advertisedByPort.forEach((own, advertised) -> arguments.add(own + "=" + advertised));
        process = started();
    }

    private JavaProcess started() throws IOException {
        JavaProcess broker = JavaProcess.ofMain(BrokerMain.class, Map.of(), arguments.toArray(String[]::new));
        broker.awaitLine(line -> line.startsWith("broker: listens"));
        return broker;
    }

    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    /** Killed without a word; {@link #restart} brings it back. */
    public void kill() throws InterruptedException {
        process.kill();
        process.awaitExit(Duration.ofSeconds(10));
    }

    /** It goes on listening, and answers nobody. */
    public void freeze() throws IOException, InterruptedException {
        process.signal("STOP");
    }

    public void restart() throws IOException {
        process = started();
    }

    @Override
    public void close() {
        process.close();
    }
}
